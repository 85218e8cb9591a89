import type { ApplyRecord, RecordedResult } from '../history/records.ts';
import type { Outcome, Result } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';

/** What is recorded of an outcome. */
export type Recorded = Pick<Outcome, 'startedAt' | 'finishedAt' | 'stopped' | 'results'>;

/** What history keeps of an outcome: who and which fields, and no values. */
export function recordOf(outcome: Recorded, plan: Plan, url: string | null): ApplyRecord {
  const { startedAt, finishedAt, stopped, results } = outcome;
  const isAll = plan.complete && (plan.leftAlone ?? []).length === 0;
  return {
    startedAt,
    finishedAt,
    url,
    complete: isAll && stopped === null,
    stopped: stopped?.code ?? null,
    results: results.map(recordedResult),
  };
}

function recordedResult(result: Result): RecordedResult {
  const { address, partnerId, fields, keptByServer } = result;
  const status = result.adopted ? 'adopted' : result.status;
  return { handle: address, partnerId, status, fields, kept: keptByServer };
}
