import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../problem.ts';
import type { WireEvent } from './api.ts';
import { answered, freshPace, lost, refused, sent, waitFor } from './rate-window.ts';

/** Where requests queue for their turn. One pacer belongs to one key. */
export type Pacer = {
  /** Waits until a request may be sent and counts it as sent; false once `quit` is aborted: it isn't to be sent any more. */
  readonly enter: (quit: AbortSignal) => Promise<boolean>;
  readonly answered: (remaining: number | null, sentAt: number) => void;
  readonly lost: () => void;
  readonly refused: (retryAfterMs: number | null) => void;
  /** When the window that the last answer refused for ends (by `performance.now()`); null where it didn't refuse. */
  readonly refusedUntil: () => number | null;
};

/** How often the time left is reported, in milliseconds. */
const watchStep = 1000;

export function createPacer(options: {
  readonly windowMs: number;
  readonly concurrency: number;
  readonly onEvent: (event: WireEvent) => void;
}): Pacer {
  const { windowMs, concurrency, onEvent } = options;
  let pace = freshPace;
  let wake: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();

  const settle = (next: typeof pace) => {
    pace = next;
    wake();
  };

  async function takeTurn(quit: AbortSignal): Promise<boolean> {
    for (;;) {
      if (quit.aborted) return false;
      const now = performance.now();
      const wait = pace.underWay >= concurrency ? null : waitFor(pace, now, windowMs);
      if (wait === 0) {
        pace = sent(pace, now, windowMs);
        return true;
      }
      if (wait === null) {
        await nextEvent(quit);
      } else {
        onEvent({
          kind: 'waiting',
          reason: 'rate limit',
          milliseconds: wait,
          because: 'the rate limit of this minute is used up',
        });
        // In steps, so that whoever watches sees the time go down.
        await pause(Math.min(wait, watchStep), quit);
      }
    }
  }

  /** Waits for an answer, a lost request, or the end. */
  async function nextEvent(quit: AbortSignal): Promise<void> {
    let end: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      end = resolve;
      wake = resolve;
      quit.addEventListener('abort', end);
    });
    quit.removeEventListener('abort', end);
  }

  return {
    // First come, first served: the head of the queue waits for the window, everyone else only for the head.
    enter(quit) {
      const turn = last.then(() => takeTurn(quit));
      last = turn;
      return turn;
    },
    answered: (remaining, sentAt) => settle(answered(pace, remaining, sentAt, performance.now())),
    lost: () => settle(lost(pace)),
    refused: (retryAfterMs) => settle(refused(pace, performance.now(), retryAfterMs, windowMs)),
    refusedUntil: () => (pace.refusals === 0 ? null : pace.windowEnd),
  };
}

/** Sleeps; false where `quit` was aborted meanwhile. */
export async function pause(milliseconds: number, quit: AbortSignal): Promise<boolean> {
  if (milliseconds <= 0) return !quit.aborted;
  try {
    await sleep(Math.ceil(milliseconds), undefined, { signal: quit });
    return true;
  } catch {
    return false;
  }
}

export function interrupted() {
  return failure('INTERRUPTED', 'The run was interrupted.');
}
