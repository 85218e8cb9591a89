import { readPlan } from '../../apply/saved-document.ts';
import type { LivePartner } from '../../partner.ts';
import { isDoubt } from '../../plan/doubts.ts';
import { compareWithKnown } from '../../plan/mark-known.ts';
import type { Change, Plan } from '../../plan/plan.ts';
import { raisesAlarm } from '../../plan/summary.ts';
import type { Run } from '../command.ts';
import { checkPlaces, showPlan } from '../output.ts';
import { prepare } from '../plan-run.ts';
import type { Terminal } from '../terminal.ts';
import { withBlame } from '../who-set.ts';

/** Reads and compares; nothing that this module can reach writes to Introw. */
export const run: Run<'drift'> = async (args, terminal) => {
  await checkPlaces(args, terminal.env);
  const earlier = args.known === undefined ? null : await readPlan(args.known);
  const { plan, live, connection } = await prepare('drift', args, terminal);
  await connection.close();
  const marked = earlier === null ? plan : compareWithKnown(plan, earlier);
  const drift = { ...marked, changes: await explained(marked, live.partners, args.file, terminal) };
  await showPlan(drift, args, terminal);
  // Nobody knows whether a handle in doubt has drifted: that is a failure, not drift.
  if (drift.blocked.some(isDoubt)) return 1;
  return raisesAlarm(drift) ? 2 : 0;
};

/** Adds since when Introw differs, and who last set what the files say. */
async function explained(
  plan: Plan,
  live: readonly LivePartner[],
  files: readonly string[],
  terminal: Terminal,
): Promise<readonly Change[]> {
  const updated = new Map(live.map((partner) => [partner.id, partner.updatedAt]));
  const blamed = await withBlame(files, plan.changes, () => true, terminal);
  return blamed.map((change) => {
    if (change.action !== 'update') return change;
    const since = change.partner === null ? null : (updated.get(change.partner.id) ?? null);
    return { ...change, fields: change.fields.map((row) => ({ ...row, since })) };
  });
}
