import { count } from '../english.ts';
import type { Budget } from '../introw/api.ts';
import type { Change } from '../plan/plan.ts';
import { failure } from '../problem.ts';

/**
 * How many of the changes the remaining credits pay for. Without `partial` it throws CREDITS_SHORT unless they pay for
 * all: a run that must stop halfway is better not begun.
 */
export function affordable(changes: readonly Change[], budget: Budget, partial: boolean): number {
  const { creditsRemaining } = budget;
  if (creditsRemaining === null || creditsRemaining >= changes.length) return changes.length;
  if (partial) return creditsRemaining;
  const message = `Not enough credits for ${count(changes.length, 'change')}: ${creditsRemaining} ${creditsRemaining === 1 ? 'is' : 'are'} left this month.`;
  throw failure('CREDITS_SHORT', message);
}
