/** The plan document: what planning found out, with where and when that was, and what it cost. */
import type { Budget } from '../introw/api.ts';
import { type Warning, warning } from '../problem.ts';
import type { Planned } from './make-plan.ts';
import { type Cost, type Plan, planFormatVersion } from './plan.ts';

/** What a plan document says about its making. */
export type PlanOrigin = {
  readonly files: readonly string[];
  /** Over the files' names and texts. */
  readonly sha256: string;
  readonly base: Plan['source']['base'];
  readonly budget: Budget;
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
  const { files, sha256, base, version, createdAt } = origin;
  const cost = costOf(origin.budget, summary.create + summary.update);
  return {
    formatVersion: planFormatVersion,
    kind,
    tool: { name: 'introwctl', version },
    createdAt,
    organisation,
    source: { files, sha256, base },
    complete,
    summary,
    ...findings,
    cost,
    warnings: [...origin.warnings, ...findings.warnings, ...shortOfCredits(cost)],
  };
}

/** What the requests so far have cost, and what so many more would. */
export function costOf(
  { requestsSpent, creditsRemaining, creditsLimit }: Budget,
  requestsToApply: number,
): Cost {
  return { requestsSpent, requestsToApply, creditsRemaining, creditsLimit };
}

function shortOfCredits({ requestsToApply, creditsRemaining }: Cost): Warning[] {
  if (creditsRemaining === null || creditsRemaining >= requestsToApply) return [];
  const message = `Applying takes ${requestsToApply} credits, and ${creditsRemaining} of this month's are left.`;
  return [warning('CREDITS_SHORT', message)];
}
