import { expect, test } from 'vitest';
import type { Attempt } from '../../src/introw/exchange.ts';
import { type Method, nextWait, retryDefaults } from '../../src/introw/retry-policy.ts';
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

function lost(why: 'timed out' | 'connection broke', took = 10, sentAt = 0): Attempt {
  return { kind: 'lost', why, failure: failure('TIMED_OUT', why), sentAt, endedAt: sentAt + took };
}

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
  ['but no more than 15 s of it', 'GET', [answered(503, 10, { 'retry-after': '86400' })], 15],
  [
    'and no more than 45 s in all',
    'GET',
    [answered(503), answered(503, 10, { 'retry-after': '15' }, 31_000)],
    null,
  ],
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
});
