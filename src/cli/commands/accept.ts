import { accept, without, withoutUncommitted } from '../../edit/accept.ts';
import { amendEach } from '../../edit/amend-each.ts';
import { costOf } from '../../plan/document.ts';
import { isDoubt } from '../../plan/doubts.ts';
import { acceptText } from '../../render/accept-text.ts';
import type { AcceptDocument } from '../../render/documents.ts';
import { doubtsText } from '../../render/doubts-text.ts';
import { askable } from '../approval.ts';
import type { Run } from '../command.ts';
import { connect } from '../connect.ts';
import { offerEdits, type Said } from '../offer-edits.ts';
import { prepareWith } from '../plan-run.ts';
import { uncommittedEdits } from '../uncommitted.ts';

/** Takes over into the files what has drifted in Introw; nothing that this module can reach writes to Introw. */
export const run: Run<'accept'> = async (args, terminal) => {
  const target = [...(args.target ?? []), ...args.positionals];
  const named = target.flatMap((handles) => handles.split(',').map((handle) => handle.trim()));
  const all = { ...args, target: target.length === 0 ? undefined : target };
  const { plan, desired, connection } = await prepareWith(
    args.check ? connect : askable(connect, args),
    'drift',
    all,
    terminal,
  );
  await connection.close();
  const only = args.field === undefined ? null : new Set(args.field);
  const everything = accept(plan, desired, only, await uncommittedEdits(args.file, desired));
  const wanted = args['auto-approve'] ? withoutUncommitted(everything, new Set(named)) : everything;
  const { files, refused } = amendEach(desired, { edits: wanted.edits, additions: [] });
  const acceptance = { ...without(wanted, refused), missing: plan.missing };
  const { taken, left, missing } = acceptance;
  const doubts = plan.blocked.filter(isDoubt);
  const said: Said<{ acceptance: typeof acceptance; doubts: typeof doubts }> = {
    document: { acceptance, doubts },
    text: (clean, style) =>
      [acceptText(clean.acceptance, style), doubtsText(clean.doubts, style)]
        .filter((part) => part !== '')
        .map((part) => `${part.trimEnd()}\n`)
        .join('\n'),
    json: { taken, left, missing, doubts, cost: costOf(plan.cost, 0) } satisfies AcceptDocument,
  };
  const exit = await offerEdits(files, said, args, terminal);
  // Who named a handle wanted it accepted.
  return target.length > 0 && doubts.length + missing.length > 0 ? 1 : exit;
};
