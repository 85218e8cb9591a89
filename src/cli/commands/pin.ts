import type { DesiredState } from '../../desired/state.ts';
import { amendEach } from '../../edit/amend-each.ts';
import type { Amendment } from '../../edit/amendment.ts';
import { chosenPinEdits, pinEdits, pinnable, unpinned } from '../../edit/pin.ts';
import { nameAmong } from '../../files/read.ts';
import type { Handle, PartnerId } from '../../partner.ts';
import { isDoubt } from '../../plan/doubts.ts';
import type { Blocked, Cost } from '../../plan/plan.ts';
import { doubtsText } from '../../render/doubts-text.ts';
import { count } from '../../render/english.ts';
import { refuseUnasked } from '../approval.ts';
import { chosenPins } from '../chosen-pins.ts';
import type { Run } from '../command.ts';
import { pinsTarget } from '../edit-targets.ts';
import { readDesired } from '../load-files.ts';
import { linesAnd, offerEdits, type Said } from '../offer-edits.ts';
import type { Args } from '../options.ts';
import { prepare } from '../plan-run.ts';
import type { Terminal } from '../terminal.ts';

/** Pins found or chosen, and what of the files they change. */
type Found = {
  readonly pins: ReadonlyMap<Handle, PartnerId>;
  readonly amendment: Amendment;
  readonly doubts: readonly Blocked[];
  readonly cost: Cost;
};

/**
 * Writes the given pins, or else the id of every matched partner that has no pin; nothing that this module can reach
 * writes to Introw.
 */
export const run: Run = async (args, terminal) => {
  if (!args.check) refuseUnasked(args, terminal);
  const { into, file } = pinsTarget(args);
  const desired = await readDesired(file);
  const target = into === null ? desired.pinsFile : await nameAmong(desired.files, into);
  const isChosen = args.positionals.length > 0;
  if (!isChosen && unpinned(desired).length === 0)
    return offerEdits([], linesAnd({ pinned: {} }, ['Every handle is pinned.']), args, terminal);
  const found = isChosen
    ? await choose(desired, target, args, terminal)
    : await match(desired, target, { ...args, file }, terminal);

  const { files, refused } = amendEach(desired, found.amendment);
  const pinned = [...found.pins].filter(([handle]) => !refused.has(handle));
  const left = [...refused].map(([address, why]) => ({ address, why }));
  const { doubts, cost } = found;
  const lines = left.map(({ address, why }) => `${address} can't be pinned: ${why}`);
  const said: Said<{ lines: typeof lines; doubts: typeof doubts }> = {
    document: { lines, doubts },
    text: (clean, style) =>
      [...clean.lines, doubtsText(clean.doubts, style), `Pins ${count(pinned.length, 'handle')}.`]
        .filter((part) => part !== '')
        .map((part) => `${part.trimEnd()}\n`)
        .join(''),
    json: { pinned: Object.fromEntries(pinned), left, doubts, cost },
  };
  return offerEdits(files, said, args, terminal);
};

async function choose(
  desired: DesiredState,
  target: string | null,
  args: Args,
  terminal: Terminal,
): Promise<Found> {
  const { pins, cost } = await chosenPins(desired, args, terminal);
  return { pins, amendment: chosenPinEdits(desired, pins, target), doubts: [], cost };
}

async function match(
  desired: DesiredState,
  target: string | null,
  args: Args,
  terminal: Terminal,
): Promise<Found> {
  const { plan, connection } = await prepare('drift', args, terminal, desired);
  await connection.close();
  const pins = pinnable(desired, plan.changes);
  const amendment = pinEdits(desired, pins, target);
  return { pins, amendment, doubts: plan.blocked.filter(isDoubt), cost: plan.cost };
}
