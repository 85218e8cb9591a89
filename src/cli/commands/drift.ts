import { readPlan } from '../../apply/saved-document.ts';
import { explainDrift } from '../../git-history/who-set.ts';
import { isDoubt } from '../../plan/doubts.ts';
import { compareWithKnown } from '../../plan/mark-known.ts';
import { raisesAlarm } from '../../plan/summary.ts';
import type { Run } from '../command.ts';
import { checkPlaces, showPlan } from '../output.ts';
import { noteSearch, prepare } from '../plan-run.ts';

/** Reads and compares; nothing that this module can reach writes to Introw. */
export const run: Run<'drift'> = async (args, terminal) => {
  await checkPlaces(args, terminal.env);
  const earlier = args.known === undefined ? null : await readPlan(args.known);
  const { plan, live, connection } = await prepare('drift', args, terminal);
  await connection.close();
  const marked = earlier === null ? plan : compareWithKnown(plan, earlier);
  const search = () => noteSearch(terminal);
  const changes = await explainDrift(marked.changes, live.partners, args.file, search);
  terminal.endProgress();
  const drift = { ...marked, changes };
  await showPlan(drift, args, terminal);
  // Nobody knows whether a handle in doubt has drifted: that is a failure, not drift.
  if (drift.blocked.some(isDoubt)) return 1;
  return raisesAlarm(drift) ? 2 : 0;
};
