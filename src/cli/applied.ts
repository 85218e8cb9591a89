/** --applied: the ref that a pipeline moves after every complete apply, and what follows from it. */
import { commitAt } from '../git/base.ts';
import type { Plan } from '../plan/plan.ts';
import { failure, type Warning, warning } from '../problem.ts';
import type { MaybeGiven } from './options.ts';

/**
 * The options with --applied carried out: the ref is the base if it exists. Before the first apply it doesn't; then
 * there is no base and everything that differs is planned, which a warning says.
 */
export async function resolveApplied<Args extends MaybeGiven<'applied' | 'base' | 'changed' | 'only'>>(
  args: Args,
): Promise<{ args: Args; warnings: readonly Warning[] }> {
  const { applied } = args;
  if (applied === undefined) return { args, warnings: [] };
  if (args.base !== undefined) throw failure('USAGE', '--applied and --base both name a base: keep one.');
  if ((await commitAt(applied)) !== null) return { args: { ...args, base: applied }, warnings: [] };
  if (args.changed)
    throw failure(
      'UNKNOWN_REF',
      `${applied} doesn't exist, so there is nothing for --changed to compare with.`,
    );
  const push = pushOf(applied);
  const way = push === null ? '' : ` If Introw matches the files of a commit, begin there: ${push}`;
  const message = `${applied} doesn't exist, so what the files changed can't be told from drift, and everything that differs counts.${way}`;
  return {
    args: { ...args, only: 'all' },
    warnings: [warning('NOTHING_APPLIED_YET', message)],
  };
}

/** The command that makes a branch of a remote; null for any other ref. */
function pushOf(ref: string): string | null {
  const [, remote, branch] = /^([^/]+)\/(.+)$/.exec(ref) ?? [];
  return branch === undefined ? null : `git push ${remote} COMMIT:refs/heads/${branch}`;
}

/**
 * Refuses a saved plan where the ref isn't at the commit that the plan was compared with: something was applied since,
 * and this plan would set an older state.
 */
export async function refuseOvertaken(plan: Plan, applied: string | undefined): Promise<void> {
  if (applied === undefined) return;
  const now = await commitAt(applied);
  const then = plan.source.base?.commit ?? null;
  if (now === then) return;
  const where = now === null ? "doesn't exist any more" : `is at ${now.slice(0, 8)} now`;
  const was = then === null ? 'before anything was applied' : `when it was at ${then.slice(0, 8)}`;
  throw failure('PLAN_STALE', `The plan was made ${was}, and ${applied} ${where}.`, {
    hint: 'Something else has been applied since: plan the newest commit again.',
  });
}
