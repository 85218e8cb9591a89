import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';

/** The plan document. Unchanged partners are in it only when asked for, or when there is something to say about them. */
export function planJson(plan: Plan, { verbose }: { readonly verbose: boolean }): string {
  const changes = plan.changes.filter(
    (change) => change.action !== 'none' || verbose || change.warnings.length > 0,
  );
  return json({ ...plan, changes });
}

export function outcomeJson(outcome: Outcome): string {
  return json(outcome);
}

/** What stdout holds after a failure: the first problem's code for programs, all problems for people. */
export function problemsJson(problems: readonly Problem[]): string {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return json({
    error: { code: first?.code, message: `${first?.message}${more}`, hint: first?.hint, problems },
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
