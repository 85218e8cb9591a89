import { withBlame } from '../../git-history/who-set.ts';
import { isDoubt } from '../../plan/doubts.ts';
import type { FieldChange } from '../../plan/plan.ts';
import type { Run } from '../command.ts';
import { checkPlaces, showPlan } from '../output.ts';
import { noteSearch, prepare } from '../plan-run.ts';
import { reportBlocked } from '../report.ts';

export const run: Run<'plan'> = async (args, terminal) => {
  await checkPlaces(args, terminal.env);
  const { plan: planned, connection } = await prepare('plan', args, terminal);
  await connection.close();
  // Who made this change is known; who set a value that has drifted is not.
  const hasMoved = ({ origin }: FieldChange) => origin === 'drift';
  const changes = await withBlame(args.file, planned.changes, hasMoved, () => noteSearch(terminal));
  terminal.endProgress();
  const plan = { ...planned, changes };
  await showPlan(plan, args, terminal);
  if (args['fail-when-blocked'] && reportBlocked(plan, terminal)) return 1;
  // What a handle in doubt comes to isn't known, so "no differences" would be a guess.
  const differs = plan.summary.create + plan.summary.update > 0 || plan.blocked.some(isDoubt);
  return args['detailed-exitcode'] && differs ? 2 : 0;
};
