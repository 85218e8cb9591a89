import type { Change, Plan } from '../plan/plan.ts';
import type { Problem, Warning } from '../problem.ts';
import { visible } from './sanitise.ts';
import { partsOf } from './sections.ts';

/** What GitLab's merge-request widget reads as a plan report: what this change does, and no drift. There is no delete. */
export function planGitlab(plan: Plan): object {
  const [{ changes }] = partsOf(plan);
  const count = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  return { create: count('create'), update: count('update'), delete: 0 };
}

/** GitLab's code quality report, which a merge request shows at the lines: one entry for each that is in a file. */
export function problemsGitlab(
  problems: readonly Problem[],
  warnings: readonly Warning[] = [],
): readonly object[] {
  return [
    ...problems.flatMap((each) => entryOf(each, `${each.message} ${each.hint}`, 'major')),
    ...warnings.flatMap((each) => entryOf(each, each.message, 'info')),
  ];
}

function entryOf(
  { code, position }: Pick<Warning, 'code' | 'position'>,
  text: string,
  severity: string,
): object[] {
  if (position === null) return [];
  const { file, line, column } = position;
  return [
    {
      description: visible(text),
      check_name: code,
      // What makes two entries the same: GitLab compares it with that of the target branch.
      fingerprint: `${code}:${file}:${line}:${column}`,
      severity,
      location: { path: file.replace(/^\.\//, ''), lines: { begin: line } },
    },
  ];
}
