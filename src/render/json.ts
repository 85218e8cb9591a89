import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import type { ErrorDocument } from './documents.ts';

/** The plan document. Unchanged partners are in it only when asked for, or when there is something to say about them. */
export function planJson(plan: Plan, { verbose }: { readonly verbose: boolean }): Plan {
  const changes = plan.changes.filter(
    (change) => change.action !== 'none' || verbose || change.warnings.length > 0,
  );
  return { ...plan, changes };
}

/** What stdout holds after a failure: the first problem's code for programs, all problems for people. */
export function problemsJson(problems: readonly [Problem, ...Problem[]]): ErrorDocument {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return { error: { code: first.code, message: `${first.message}${more}`, hint: first.hint, problems } };
}
