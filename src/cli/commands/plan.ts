import type { Run } from '../command.ts';
import { checkPlaces, showPlan } from '../output.ts';
import { prepare } from '../plan-run.ts';
import { reportBlocked } from '../report.ts';

export const run: Run = async (args, terminal) => {
  await checkPlaces(args, terminal.env);
  const { plan, connection } = await prepare('plan', args, terminal);
  await connection.close();
  await showPlan(plan, args, terminal);
  if (args['fail-when-blocked'] && reportBlocked(plan, terminal)) return 1;
  return args['detailed-exitcode'] && plan.summary.create + plan.summary.update > 0 ? 2 : 0;
};
