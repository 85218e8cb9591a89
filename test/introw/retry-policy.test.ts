import { expect, test } from 'vitest';
import type { Attempt } from '../../src/introw/exchange.ts';
import { isPage, type Method, nextWait, policyOf, retryDefaults } from '../../src/introw/retry-policy.ts';
import { failure } from '../../src/problem.ts';

const timing = { ...retryDefaults, baseMs: 1 };

function answered(status: number, took = 10, headers: Record<string, string> = {}, sentAt = 0): Attempt {
  return {
    kind: 'answered',
    answer: { status, headers, body: '{}', flaw: null },
    sentAt,
    endedAt: sentAt + took,
  };
}

function lost(why: 'timed out' | 'connection broke' | 'not HTTP' | 'left', took = 10, sentAt = 0): Attempt {
  return { kind: 'lost', why, failure: failure('TIMED_OUT', why), sentAt, endedAt: sentAt + took };
}

const unsent = (passing: boolean, timedOut = false): Attempt => ({
  kind: 'unsent',
  passing,
  timedOut,
  failure: failure('TIMED_OUT', 'unsent'),
  sentAt: 0,
  endedAt: 10,
});

const late = (status: number) => answered(status, 10, {}, 60_000);

/** The wait rounded to whole seconds; null where the request isn't sent again. */
function wait(method: Method, attempts: readonly Attempt[], rollover: number | null = null): number | null {
  const next = nextWait(method, attempts, rollover, timing);
  return next === null ? null : Math.round(next.milliseconds / 1000);
}

const times = (count: number, attempt: Attempt) => Array.from({ length: count }, () => attempt);

test.each<[name: string, method: Method, attempts: readonly Attempt[], seconds: number | null]>([
  ['a failing server, four times', 'POST', times(4, answered(503)), 0],
  ['and not a fifth time', 'POST', times(5, answered(503)), null],
  ['a time-out, once', 'GET', [lost('timed out', 60_000)], 0],
  ['and not twice', 'GET', times(2, lost('timed out', 60_000)), null],
  ['a write that timed out soon: not before 10 s have passed', 'POST', [lost('timed out', 3_000)], 7],
  ['a write that timed out late: at once', 'PATCH', [lost('timed out', 60_000)], 0],
  ['a write whose gateway timed out: not before 10 s have passed', 'PATCH', [answered(504, 1_000)], 9],
  ['a reading whose gateway timed out: at once', 'GET', [answered(504, 1_000)], 0],
  ['a write whose connection broke: at once', 'POST', [lost('connection broke')], 0],
  ['Retry-After of a failing server', 'GET', [answered(503, 10, { 'retry-after': '7' })], 7],
  ['no request at all', 'GET', [], null],
  ['connecting that timed out, once', 'POST', [unsent(true, true)], 0],
  ['and not twice', 'POST', times(2, unsent(true, true)), null],
  ['no connection, four times', 'POST', times(4, unsent(true)), 0],
  ['no connection that can never be', 'POST', [unsent(false)], null],
  ['a time-out after other failures, once', 'GET', [...times(3, answered(503)), lost('timed out')], 0],
  [
    'no request that failed five times, each time differently',
    'GET',
    [answered(503), lost('connection broke'), answered(408), answered(502), answered(425)],
    null,
  ],
  ['what fails after a 429, as if it were the first time', 'GET', [answered(429), late(503)], 0],
  ['but no more than 15 s of it', 'GET', [answered(503, 10, { 'retry-after': '86400' })], 15],
  [
    'and no more than 45 s in all',
    'GET',
    [answered(503), answered(503, 10, { 'retry-after': '15' }, 31_000)],
    null,
  ],
  ['and up to 45 s', 'GET', [answered(503), answered(503, 0, { 'retry-after': '15' }, 30_000)], 15],
  ['a time-out, however late', 'GET', [answered(503), lost('timed out', 60_000)], 0],
  ['a gateway that timed out, however late', 'GET', [answered(504, 60_000)], 0],
  ['no refusal', 'POST', [answered(422)], null],
  ['no success', 'POST', [answered(201)], null],
  ['no redirect', 'POST', [answered(302)], null],
  ['not when credits are spent', 'GET', [answered(402, 10, { 'retry-after': '1' })], null],
])('what is sent again, and after how many seconds: %s', (_, method, attempts, seconds) => {
  expect(wait(method, attempts)).toBe(seconds);
});

test('a 429 is tried again until the window has rolled over', () => {
  expect(wait('POST', [answered(429)], 60_000)).toBe(0);
  expect(wait('POST', times(9, answered(429, 59_000)), 60_000)).toBe(0);
  expect(wait('POST', [answered(429, 60_000)], 60_000)).toBeNull();
  expect(wait('POST', [answered(429)])).toBe(0);
});

test.each([1, 2, 3, 4])(
  'the wait after failure %i is twice the one before, or up to half of it less',
  (count) => {
    for (let many = 0; many < 100; many++) {
      const next = nextWait('GET', times(count, answered(503)), null, retryDefaults);
      const longest = 500 * 2 ** (count - 1);
      expect(next?.milliseconds).toBeGreaterThanOrEqual(longest / 2);
      expect(next?.milliseconds).toBeLessThanOrEqual(longest);
    }
  },
);

test.each<[string, Attempt]>([
  ['Introw answered 503', answered(503)],
  ['Introw answered 504', answered(504)],
  ['Introw asked to try again', answered(408)],
  ['the rate limit', answered(429)],
  ['no connection', unsent(true)],
  ['connecting timed out', unsent(true, true)],
  ['timed out', lost('timed out')],
  ['the connection broke', lost('connection broke')],
])('while it waits, it says why: %s', (because, attempt) => {
  expect(nextWait('GET', [attempt], null, timing)?.because).toBe(because);
});

const page = (status: number): Attempt => answered(status, 10, { 'content-type': 'text/html' });
const flawed = (flaw: 'timed out' | 'broke off'): Attempt => ({
  kind: 'answered',
  answer: { status: 200, headers: {}, body: '{"da', flaw },
  sentAt: 0,
  endedAt: 10,
});

/** `sent again` as often as that where every try ends so. */
test.each<[name: string, attempt: Attempt, method: Method, write: string, usable: boolean, again: number]>([
  ['200', answered(200), 'POST', 'done', true, 0],
  ['299', answered(299), 'PATCH', 'done', true, 0],
  ['a page that says 200', page(200), 'POST', 'unclear', false, 0],
  ['200 that broke off, for a write', flawed('broke off'), 'POST', 'done', true, 0],
  ['200 that broke off, for a reading', flawed('broke off'), 'GET', 'unclear', false, 4],
  ['200 that took too long, for a write', flawed('timed out'), 'POST', 'done', true, 0],
  ['200 that took too long, for a reading', flawed('timed out'), 'GET', 'under way', false, 1],
  ['300', answered(300), 'POST', 'unclear', false, 0],
  ['399', answered(399), 'POST', 'unclear', false, 0],
  ['400', answered(400), 'POST', 'not done', true, 0],
  ['499', answered(499), 'POST', 'not done', true, 0],
  ['a page that says 403', page(403), 'POST', 'not done', false, 0],
  ['408', answered(408), 'POST', 'not done', false, 4],
  ['425', answered(425), 'POST', 'not done', false, 4],
  ['500', answered(500), 'POST', 'unclear', false, 4],
  ['501', answered(501), 'POST', 'not done', true, 0],
  ['507', answered(507), 'POST', 'unclear', false, 4],
  ['511', answered(511), 'POST', 'not done', false, 0],
  ['502', answered(502), 'POST', 'unclear', false, 4],
  ['503', answered(503), 'POST', 'not done', false, 4],
  ['504', answered(504), 'POST', 'under way', false, 1],
  ['520', answered(520), 'POST', 'unclear', false, 4],
  ['524', answered(524), 'POST', 'under way', false, 1],
  ['no connection', unsent(true), 'POST', 'not done', false, 4],
  ['no connection, for good', unsent(false), 'POST', 'not done', false, 0],
  ['connecting timed out', unsent(true, true), 'POST', 'not done', false, 1],
  ['timed out', lost('timed out'), 'POST', 'under way', false, 1],
  ['the connection broke', lost('connection broke'), 'POST', 'unclear', false, 4],
  ['what is not HTTP', lost('not HTTP'), 'POST', 'unclear', false, 0],
  ['a status below 200', answered(0), 'POST', 'unclear', false, 0],
  ['left', lost('left'), 'POST', 'unclear', false, 0],
])(
  'what became of a write, whether Introw works, and how often to try again: %s',
  (_, attempt, method, ...is) => {
    const { write, usable } = policyOf(method, attempt);
    const again = [1, 2, 3, 4, 5].findIndex((tried) => wait(method, times(tried, attempt)) === null);
    expect([write, usable, again]).toEqual(is);
  },
);

test.each<[boolean, string, string | undefined]>([
  [true, '<html>', undefined],
  [true, ' \n<!doctype html>', undefined],
  [true, '', 'text/html'],
  [true, 'Forbidden', 'Text/HTML; charset=utf-8'],
  [false, '{"html":"<p>"}', undefined],
  [false, '{}', 'application/json; was=text/html'],
  [false, '', undefined],
])('that an answer is a web page is %s of %j as %s', (is, body, type) => {
  expect(isPage({ body, headers: type === undefined ? {} : { 'content-type': type } })).toBe(is);
});
