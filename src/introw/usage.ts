import type { Budget } from './api.ts';
import type { RawAnswer } from './exchange.ts';
import { figure, header } from './headers.ts';

/** Counts what was sent and keeps what the answers showed about credits. */
export function newTally() {
  let requestsSpent = 0;
  let creditsRemaining: number | null = null;
  let creditsLimit: number | null = null;
  let firstAnswerAt: string | null = null;
  /** Requests without an answer since the last figure: each may have cost a credit. */
  let lostSince = 0;
  return {
    sent: () => {
      requestsSpent++;
    },
    lost: () => {
      lostSince++;
    },
    answered: (answer: Pick<RawAnswer, 'headers' | 'status'>) => {
      // Answers may overtake each other: within a run the lowest figure is the newest.
      const remaining = answer.status === 402 ? 0 : figure(answer, 'x-introw-credits-remaining-month');
      if (remaining !== null) {
        creditsRemaining = Math.min(remaining, creditsRemaining ?? remaining);
        lostSince = 0;
      }
      creditsLimit = figure(answer, 'x-introw-credits-limit-month') ?? creditsLimit;
      const date = Date.parse(header(answer, 'date') ?? '');
      if (firstAnswerAt === null && !Number.isNaN(date)) firstAnswerAt = new Date(date).toISOString();
    },
    budget: (): Budget => ({
      requestsSpent,
      creditsRemaining: creditsRemaining === null ? null : Math.max(0, creditsRemaining - lostSince),
      creditsLimit,
      firstAnswerAt,
    }),
  };
}
