import { amendEach } from '../../edit/amend-each.ts';
import { pinEdits, pinnable, unpinned } from '../../edit/pin.ts';
import { nameAmong } from '../../files/read.ts';
import { isDoubt } from '../../plan/doubts.ts';
import { doubtsText } from '../../render/doubts-text.ts';
import { count } from '../../render/english.ts';
import { refuseUnasked } from '../approval.ts';
import type { Run } from '../command.ts';
import { pinsTarget } from '../edit-targets.ts';
import { readDesired } from '../load-files.ts';
import { linesAnd, offerEdits, type Said } from '../offer-edits.ts';
import { prepare } from '../plan-run.ts';

/** Writes the id of every matched partner that has no pin; nothing that this module can reach writes to Introw. */
export const run: Run = async (args, terminal) => {
  if (!args.check) refuseUnasked(args, terminal);
  const { into, file } = pinsTarget(args);
  const desired = await readDesired(file);
  if (unpinned(desired).length === 0) {
    return offerEdits([], linesAnd({ pinned: {} }, ['Every handle is pinned.']), args, terminal);
  }
  const { plan, connection } = await prepare('drift', { ...args, file }, terminal, desired);
  await connection.close();
  const target = into === null ? null : await nameAmong(desired.files, into);
  const pins = pinnable(desired, plan.changes);
  const { files, refused } = amendEach(desired, pinEdits(desired, pins, target ?? desired.pinsFile));
  const pinned = [...pins].filter(([handle]) => !refused.has(handle));
  const doubts = plan.blocked.filter(isDoubt);
  const left = [...refused].map(([address, why]) => ({ address, why }));
  const lines = left.map(({ address, why }) => `${address} can't be pinned: ${why}`);
  const json = { pinned: Object.fromEntries(pinned), left, doubts, cost: plan.cost };
  const said: Said<{ lines: typeof lines; doubts: typeof doubts }> = {
    document: { lines, doubts },
    text: (clean, style) =>
      [...clean.lines, doubtsText(clean.doubts, style), `Pins ${count(pinned.length, 'handle')}.`]
        .filter((part) => part !== '')
        .map((part) => `${part.trimEnd()}\n`)
        .join(''),
    json,
  };
  return offerEdits(files, said, args, terminal);
};
