import { refusalOf } from '../../desired/can-state.ts';
import { accept, without } from '../../edit/accept.ts';
import { amendEach } from '../../edit/amend-each.ts';
import { isDoubt } from '../../plan/doubts.ts';
import { acceptText } from '../../render/accept-text.ts';
import { doubtsText } from '../../render/doubts-text.ts';
import { refuseUnasked } from '../approval.ts';
import type { Run } from '../command.ts';
import { offerEdits, type Said } from '../offer-edits.ts';
import { prepare } from '../plan-run.ts';

/** Takes over into the files what has drifted in Introw; nothing that this module can reach writes to Introw. */
export const run: Run = async (args, terminal) => {
  if (!args.check) refuseUnasked(args, terminal);
  const target = [...(args.target ?? []), ...args.positionals];
  const all = { ...args, target: target.length === 0 ? undefined : target };
  const { plan, desired, connection } = await prepare('drift', all, terminal);
  await connection.close();
  const only = args.field === undefined ? null : new Set(args.field);
  const wanted = accept(plan, desired, only, refusalOf);
  const { files, refused } = amendEach(desired, { edits: wanted.edits, additions: [] });
  const acceptance = without(wanted, refused);
  const { taken, left } = acceptance;
  const doubts = plan.blocked.filter(isDoubt);
  const said: Said<{ acceptance: typeof acceptance; doubts: typeof doubts }> = {
    document: { acceptance, doubts },
    text: (clean, style) =>
      [acceptText(clean.acceptance, style), doubtsText(clean.doubts, style)]
        .filter((part) => part !== '')
        .join('\n'),
    json: { taken, left, doubts, cost: plan.cost },
  };
  const exit = await offerEdits(files, said, args, terminal);
  // Who named a handle wanted it accepted.
  return target.length > 0 && doubts.length > 0 ? 1 : exit;
};
