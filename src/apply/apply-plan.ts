/** Plan → what became of it: send the changes, look up what is unknown, say what is known of each. */
import type { Writer } from '../introw/api.ts';
import type { Outcome, Result, ResultStatus } from '../plan/outcome.ts';
import type { Change } from '../plan/plan.ts';
import { type Problem, problem } from '../problem.ts';
import { type Fate, resultOf, withoutPosition } from './fate.ts';
import { type LookUp, lookUpLost } from './look-up.ts';
import { interruption, sendChanges } from './sending.ts';

export type ApplyOptions = {
  /** How many requests may be under way at once; one, where it isn't given. */
  readonly concurrency?: number;
  /** How many of the changes may be tried: what the credits pay for. */
  readonly limit?: number;
  /** When this run began, by the server's clock (ISO 8601): a partner made earlier wasn't made by us. */
  readonly began?: string;
  /** Aborted when nothing new is to be sent; what is under way is finished. */
  readonly stop?: AbortSignal;
  /** How to look up changes whose answers were lost; without it they stay unknown. */
  readonly lookUp?: LookUp;
  /** Called with every result as it comes; one that is unknown may still be looked up. */
  readonly onResult?: (result: Result) => void;
};

export type Applied = Pick<Outcome, 'summary' | 'results' | 'stopped'>;

/** Sends the changes that have something to send. Never throws for what Introw answers: that is in the results. */
export async function applyPlan(
  changes: readonly Change[],
  writer: Writer,
  options: ApplyOptions = {},
): Promise<Applied> {
  const todo = changes.filter((change) => change.action !== 'none');
  const { concurrency = 1, limit = todo.length, began = new Date().toISOString() } = options;
  const stop = options.stop ?? new AbortController().signal;
  const onFate = (change: Change, fate: Fate) => options.onResult?.(resultOf(change, fate));
  const sent = await sendChanges(todo.slice(0, limit), writer, { concurrency, began, stop, onFate });
  const found =
    options.lookUp === undefined || stop.aborted
      ? new Map<Change, Fate>()
      : await lookUpLost(sent.fates, options.lookUp, began, stop);
  const results = todo.map((change) =>
    resultOf(change, found.get(change) ?? sent.fates.get(change) ?? { known: 'never sent' }),
  );
  const stopped = sent.stopped ?? whyUnfinished(results, todo.length - limit, stop);
  return {
    summary: summaryOf(results),
    results,
    stopped: stopped === null ? null : withoutPosition(stopped),
  };
}

function whyUnfinished(results: readonly Result[], left: number, stop: AbortSignal): Problem | null {
  if (left > 0)
    return problem('CREDITS_SHORT', `The remaining credits didn't pay for ${left} of the changes.`);
  const isOpen = results.some(({ status }) => status === 'unknown');
  return stop.aborted && isOpen ? interruption() : null;
}

function summaryOf(results: readonly Result[]): Record<ResultStatus, number> {
  const summary = { applied: 0, failed: 0, unknown: 0, skipped: 0 };
  for (const { status } of results) summary[status]++;
  return summary;
}
