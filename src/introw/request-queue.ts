import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../problem.ts';
import type { WireEvent } from './api.ts';
import { answered, freshPace, lost, refused, sent, waitFor } from './rate-window.ts';

/** Where requests queue for their turn. One pacer belongs to one key. */
export type Pacer = {
  /** Waits until a request may be sent and counts it as sent; resolves to the time. Fails with NOT_SENT once stopped. */
  readonly enter: () => Promise<number>;
  readonly answered: (remaining: number | null, sentAt: number) => void;
  readonly lost: () => void;
  readonly refused: (retryAfterMs: number | null) => void;
};

/** How often the time left is told, in milliseconds. */
const watchStep = 1000;

export function createPacer(options: {
  readonly windowMs: number;
  readonly concurrency: number;
  /** Aborted when nothing new is to be sent. */
  readonly stop: AbortSignal;
  readonly onEvent: (event: WireEvent) => void;
}): Pacer {
  const { windowMs, concurrency, stop, onEvent } = options;
  let pace = freshPace;
  let wake: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();
  stop.addEventListener('abort', () => wake(), { once: true });

  const settle = (next: typeof pace) => {
    pace = next;
    wake();
  };

  async function takeTurn(): Promise<number> {
    for (;;) {
      if (stop.aborted) throw failure('NOT_SENT', 'The run was interrupted before this was sent.');
      const now = performance.now();
      const wait = pace.underWay >= concurrency ? null : waitFor(pace, now, windowMs);
      if (wait === 0) {
        pace = sent(pace, now, windowMs);
        return now;
      }
      if (wait === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else {
        onEvent({
          kind: 'waiting',
          reason: 'rate limit',
          milliseconds: wait,
          because: 'the rate limit of this minute is used up',
        });
        // In steps, so that whoever watches sees the time go down.
        await pause(Math.min(wait, watchStep), stop).catch(() => undefined);
      }
    }
  }

  return {
    // First come, first served: the head of the queue waits for the window, everyone else only for the head.
    enter() {
      const turn = last.then(takeTurn);
      last = turn.catch(() => undefined);
      return turn;
    },
    answered: (remaining, sentAt) => settle(answered(pace, remaining, sentAt, performance.now())),
    lost: () => settle(lost(pace)),
    refused: (retryAfterMs) => settle(refused(pace, performance.now(), retryAfterMs, windowMs)),
  };
}

/** Sleeps, unless the run is left meanwhile. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Math.ceil(milliseconds), undefined, { signal });
  } catch {
    throw interrupted();
  }
}

export function interrupted() {
  return failure('INTERRUPTED', 'The run was interrupted.');
}
