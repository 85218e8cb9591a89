/** The outcome document: what became of each change, with when that was and what it cost. */
import type { Budget } from '../introw/api.ts';
import { costOf } from '../plan/document.ts';
import { type Outcome, outcomeFormatVersion } from '../plan/outcome.ts';
import type { Applied } from './apply-plan.ts';

/** What an outcome says about its run; times in ISO 8601. */
export type RunFacts = {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly budget: Budget;
  /** introwctl's own version. */
  readonly version: string;
};

/** The document that apply prints: what became of the changes, when, and what it cost. */
export function outcomeDocument(
  applied: Applied,
  { startedAt, finishedAt, budget, version }: RunFacts,
): Outcome {
  return {
    formatVersion: outcomeFormatVersion,
    kind: 'outcome',
    tool: { name: 'introwctl', version },
    startedAt,
    finishedAt,
    ...applied,
    cost: costOf(budget, applied.results.length - applied.summary.applied),
  };
}
