/** Requests take turns: first come, first served, so many at once, and none after the run has ended. */
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { WireEvent } from '../../src/introw/api.ts';
import { createPacer, interrupted, pause } from '../../src/introw/request-queue.ts';

const never = () => new AbortController().signal;

function queue(concurrency: number, windowMs = 60_000) {
  const events: WireEvent[] = [];
  const pacer = createPacer({ windowMs, concurrency, onEvent: (event) => events.push(event) });
  const turns: string[] = [];
  const enter = (name: string, quit = never()) =>
    pacer.enter(quit).then((may) => {
      turns.push(may ? name : `not ${name}`);
      return may;
    });
  /** Lets everything happen that waits for no time to pass. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { pacer, events, turns, enter, settle };
}

describe('turns', () => {
  test('the first request goes alone, until its answer says how many are left', async () => {
    const { pacer, turns, enter, settle } = queue(8);
    for (const name of ['a', 'b', 'c', 'd']) void enter(name);
    await settle();
    expect(turns).toEqual(['a']);
    pacer.answered(2, performance.now());
    await settle();
    expect(turns).toEqual(['a', 'b', 'c']);
    pacer.answered(5, performance.now() + 1);
    await settle();
    expect(turns).toEqual(['a', 'b', 'c', 'd']);
  });

  test('so many are under way at once, and an answer or a lost request lets the next one go', async () => {
    const { pacer, turns, enter, settle } = queue(2);
    void enter('a');
    await settle();
    pacer.answered(100, performance.now());
    for (const name of ['b', 'c', 'd', 'e']) void enter(name);
    await settle();
    expect(turns).toEqual(['a', 'b', 'c']);
    pacer.answered(98, performance.now());
    await settle();
    expect(turns).toEqual(['a', 'b', 'c', 'd']);
    pacer.lost();
    await settle();
    expect(turns).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('whoever gives up is not sent, and holds up nobody', async () => {
    const { pacer, turns, enter, settle } = queue(1);
    const quit = new AbortController();
    void enter('a');
    void enter('b', quit.signal);
    void enter('c');
    void enter('d', AbortSignal.abort());
    await settle();
    quit.abort();
    await settle();
    expect(turns).toEqual(['a', 'not b']);
    pacer.answered(10, performance.now());
    await settle();
    expect(turns).toEqual(['a', 'not b', 'c', 'not d']);
  });
});

test('however many wait for an answer, none keeps listening for the end of the run', async () => {
  const { pacer, turns, enter, settle } = queue(1);
  const quit = new AbortController();
  for (let many = 0; many < 20; many++) void enter('a', quit.signal);
  for (let many = 0; many < 20; many++) {
    await settle();
    expect(getEventListeners(quit.signal, 'abort').length).toBeLessThanOrEqual(1);
    pacer.answered(10, performance.now());
  }
  await settle();
  expect(turns).toHaveLength(20);
  expect(getEventListeners(quit.signal, 'abort')).toEqual([]);
});

describe('a full window', () => {
  test('is waited out, and the wait is reported', async () => {
    const { pacer, events, turns, enter } = queue(1, 50);
    await enter('a');
    const began = performance.now();
    pacer.answered(0, began);
    await enter('b');
    expect(performance.now() - began).toBeGreaterThanOrEqual(49);
    expect(turns).toEqual(['a', 'b']);
    expect(events[0]).toMatchObject({
      kind: 'waiting',
      reason: 'rate limit',
      because: 'the rate limit of this minute is used up',
    });
  });

  test('is waited for in steps of a second, so that the time left is seen to go down', async () => {
    const { pacer, events, enter } = queue(1, 1050);
    await enter('a');
    pacer.answered(0, performance.now());
    await enter('b');
    const waits = events.flatMap((event) => (event.kind === 'waiting' ? [event.milliseconds] : []));
    const [first = Infinity, second = Infinity] = waits;
    expect(second).toBeLessThanOrEqual(first - 999);
  });

  test('is waited for no longer than the run lasts', async () => {
    const { pacer, turns, enter, settle } = queue(1);
    await enter('a');
    pacer.answered(0, performance.now());
    const quit = new AbortController();
    const waiting = enter('b', quit.signal);
    await settle();
    quit.abort();
    expect(await waiting).toBe(false);
    expect(turns).toEqual(['a', 'not b']);
  });

  test('that refused ends at a known time, until something else is answered', async () => {
    const { pacer, enter } = queue(1);
    expect(pacer.refusedUntil()).toBeNull();
    await enter('a');
    const before = performance.now();
    pacer.refused(0);
    expect(pacer.refusedUntil()).toBeGreaterThan(before);
    expect(pacer.refusedUntil()).toBeLessThanOrEqual(before + 60_000);
    pacer.answered(5, performance.now());
    expect(pacer.refusedUntil()).toBeNull();
  });
});

test.each([-1, 0, 1])('a pause of %i ms ends, unless the run has ended before', async (milliseconds) => {
  expect(await pause(milliseconds, never())).toBe(true);
  expect(await pause(milliseconds, AbortSignal.abort())).toBe(false);
});

test('an interruption is reported as one', () => {
  expect(interrupted().problems[0]).toMatchObject({
    code: 'INTERRUPTED',
    message: 'The run was interrupted.',
  });
});
