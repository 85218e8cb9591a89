import type { Run } from './command.ts';
import { checkPlaces } from './places.ts';
import { prepare } from './prepare.ts';
import { showPlan } from './result.ts';

export const run: Run = async (args, terminal) => {
  await checkPlaces(args, terminal.env);
  const { plan, connection } = await prepare('plan', args, terminal);
  await connection.close();
  await showPlan(plan, args, terminal);
  return args['detailed-exitcode'] && plan.summary.create + plan.summary.update > 0 ? 2 : 0;
};
