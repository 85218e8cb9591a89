/** The plan document: what planning found out, with where and when that was, and what it cost. */
import { count } from '../english.ts';
import type { Budget } from '../introw/api.ts';
import type { LiveState } from '../partner.ts';
import { type Warning, warning } from '../problem.ts';
import type { Planned } from './make-plan.ts';
import { type Cost, type Plan, type PlanCost, planFormatVersion } from './plan.ts';
import { listCost, recheck, requestsFor } from './read-strategy.ts';

/** What a plan document says about its making. */
export type PlanOrigin = {
  readonly files: readonly string[];
  /** Over the files' names and texts. */
  readonly sha256: string;
  readonly base: Plan['source']['base'];
  readonly api: string;
  readonly commit: string | null;
  readonly budget: Budget;
  /** What was read: it says what reading it again costs. */
  readonly live: LiveState;
  /** Whether the document is saved to be applied later. */
  readonly saved: boolean;
  /** Warnings from before the planning: about the base. */
  readonly warnings: readonly Warning[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** introwctl's own version. */
  readonly version: string;
};

/** The document that is shown, saved and applied. */
export function planDocument(planned: Planned, origin: PlanOrigin): Plan {
  const { kind, organisation, complete, summary, ...findings } = planned;
  const { files, sha256, base, api, commit, live, saved, version, createdAt } = origin;
  const listPages = live.complete ? listCost(live) : null;
  const changes = summary.create + summary.update;
  const readAgain = requestsFor(recheck(planned, listPages), listPages);
  const cost = { ...costOf(origin.budget, changes), requestsToApplySaved: readAgain + changes };
  return {
    formatVersion: planFormatVersion,
    kind,
    tool: { name: 'introwctl', version },
    createdAt,
    organisation,
    source: { files, sha256, base, api, commit, witness: live.partners[0]?.id ?? null },
    complete,
    summary,
    ...findings,
    cost,
    warnings: [...origin.warnings, ...findings.warnings, ...shortOfCredits(cost, saved)],
  };
}

/** What the requests so far have cost, and what so many more would. */
export function costOf(
  { requestsSpent, creditsRemaining, creditsLimit }: Omit<Budget, 'firstAnswerAt'>,
  requestsToApply: number,
): Cost {
  return { requestsSpent, requestsToApply, creditsRemaining, creditsLimit };
}

function shortOfCredits(cost: PlanCost, saved: boolean): Warning[] {
  const { creditsRemaining } = cost;
  const needed = saved ? cost.requestsToApplySaved : cost.requestsToApply;
  if (creditsRemaining === null || creditsRemaining >= needed) return [];
  const message = `Applying ${saved ? 'the saved plan ' : ''}takes ${count(needed, 'credit')}, and ${creditsRemaining} of this month's are left.`;
  return [warning('CREDITS_SHORT', message)];
}
