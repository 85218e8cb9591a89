/** When the next request may go, by what is known of the minute. Times in milliseconds; a window has 1,000. */
import { describe, expect, test } from 'vitest';
import {
  answered,
  freshPace,
  lost,
  mostAtOnce,
  type Pace,
  refused,
  sent,
  waitFor,
} from '../../src/introw/rate-window.ts';

const windowMs = 1000;
const pace = (more: Partial<Pace>): Pace => ({ ...freshPace, ...more });
const open = { windowStart: 0, remaining: 5 };

describe('how long to wait', () => {
  test.each<[string, Partial<Pace>, number, number | null]>([
    ['the first request', {}, 0, 0],
    ['the second, before the first is answered', { windowStart: 0, underWay: 1 }, 10, null],
    ['one that the window has room for', open, 10, 0],
    ['one that the window has room for next to those under way', { ...open, underWay: 4 }, 10, 0],
    ['one that the window may have no room for', { ...open, underWay: 5 }, 10, null],
    ['one in a full window', { ...open, remaining: 0 }, 10, 990],
    ['one in a full window, while others are under way', { ...open, remaining: 0, underWay: 1 }, 10, null],
    ['one at the end of a full window', { ...open, remaining: 0 }, 999, 1],
    ['one in a new window', { ...open, remaining: 0 }, 1000, 0],
    ['one in a new window, while others are under way', { ...open, underWay: 1 }, 1000, null],
    ['one after a refusal', { ...open, blockedUntil: 700 }, 600, 100],
    ['one after a refusal, when its time has come', { ...open, blockedUntil: 700 }, 700, 0],
    ['one after a refusal, alone', { windowStart: 0, blockedUntil: 700 }, 700, 0],
    [
      'one after a refusal, while others are under way',
      { windowStart: 0, blockedUntil: 700, underWay: 1 },
      700,
      null,
    ],
    ['one of a window that never began', { remaining: 0 }, 10, 0],
  ])('%s: %j at %i: %s', (_, known, now, wait) => {
    expect(waitFor(pace(known), now, windowMs)).toBe(wait);
  });
});

describe('a request that is sent', () => {
  test.each<[string, Partial<Pace>, number, Partial<Pace>]>([
    ['begins the first window', {}, 10, { windowStart: 10, remaining: null, underWay: 1 }],
    ['belongs to the window', { ...open, underWay: 1 }, 999, { ...open, underWay: 2 }],
    [
      'begins the next window',
      { ...open, underWay: 1 },
      1000,
      { windowStart: 1000, remaining: null, underWay: 2 },
    ],
  ])('%s: %j at %i: %j', (_, known, now, then) => {
    expect(sent(pace(known), now, windowMs)).toEqual(pace(then));
  });
});

describe('an answer', () => {
  const busy = { ...open, underWay: 3, reportedAt: 50, refusals: 2 };
  const calm = { underWay: 2, refusals: 0 };
  test.each<[string, Partial<Pace>, number | null, number, Partial<Pace>]>([
    ['says what is left', busy, 4, 60, { ...open, ...calm, remaining: 4, reportedAt: 100 }],
    [
      'says that more is left: a new window',
      busy,
      6,
      60,
      { ...calm, remaining: 6, windowStart: 100, reportedAt: 100 },
    ],
    ['says that as much is left', busy, 5, 60, { ...open, ...calm, reportedAt: 100 }],
    [
      'sent when the last one came',
      busy,
      6,
      50,
      { ...calm, remaining: 6, windowStart: 100, reportedAt: 100 },
    ],
    ['that was overtaken says nothing new', busy, 6, 49, { ...open, ...calm, reportedAt: 100 }],
    [
      'that was overtaken by as many as can be',
      busy,
      5 + mostAtOnce,
      49,
      { ...open, ...calm, reportedAt: 100 },
    ],
    [
      'that can not have been overtaken: a new window',
      busy,
      6 + mostAtOnce,
      49,
      { ...calm, remaining: 6 + mostAtOnce, windowStart: 100, reportedAt: 100 },
    ],
    [
      'the first of a window begins it',
      { ...busy, remaining: null },
      9,
      10,
      { ...calm, remaining: 9, windowStart: 100, reportedAt: 100 },
    ],
    [
      'the first of a window, with nothing left',
      { ...busy, remaining: null },
      0,
      10,
      { ...calm, remaining: 0, windowStart: 100, reportedAt: 100 },
    ],
    ['that says nothing changes nothing', busy, null, 60, { ...open, ...calm, reportedAt: 50 }],
    [
      'of a server without a limit',
      { ...busy, remaining: null },
      null,
      60,
      { windowStart: 0, ...calm, reportedAt: 50, remaining: Number.POSITIVE_INFINITY },
    ],
  ])('%s: %j, %s left, sent at %i: %j', (_, known, remaining, sentAt, then) => {
    expect(answered(pace(known), remaining, sentAt, 100)).toEqual(pace(then));
  });
});

test.each<[Partial<Pace>, Partial<Pace>]>([
  [
    { underWay: 2, remaining: 3 },
    { underWay: 1, remaining: 2 },
  ],
  [
    { underWay: 1, remaining: 0 },
    { underWay: 0, remaining: 0 },
  ],
  [{ underWay: 1 }, { underWay: 0 }],
])('a request without an answer may have been counted: %j, %j', (known, then) => {
  expect(lost(pace(known))).toEqual(pace(then));
});

describe('a refusal', () => {
  test.each<[string, Partial<Pace>, number | null, number, number]>([
    ['waits for the end of the window', open, null, 100, 1000],
    ['of a window that nobody saw begin', {}, null, 100, 1100],
    ['of a window that should be over', open, null, 2000, 2001],
    ['waits as long as it says', open, 300, 100, 400],
    ['waits no longer than for the window, and a little', open, 5000, 100, 1050],
    ['waits a little where it says nothing', open, 0, 100, 100 + 1000 / 128],
    ['waits twice as long each time', { ...open, refusals: 3 }, 0, 100, 100 + 8 * (1000 / 128)],
    ['shortens no wait', { ...open, blockedUntil: 900 }, 300, 100, 900],
  ])('%s: %j, Retry-After %s, at %i: until %d', (_, known, retryAfterMs, now, blockedUntil) => {
    const before = pace({ ...known, underWay: 2 });
    expect(refused(before, now, retryAfterMs, windowMs)).toEqual({
      ...before,
      remaining: null,
      underWay: 1,
      blockedUntil,
      refusals: before.refusals + 1,
      windowEnd: Math.max((before.windowStart ?? now) + windowMs, now + 1),
    });
  });
});
