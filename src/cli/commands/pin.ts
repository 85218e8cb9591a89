import type { DesiredState } from '../../desired/state.ts';
import { amendEach } from '../../edit/amend-each.ts';
import type { Amendment } from '../../edit/amendment.ts';
import {
  chosenPinEdits,
  inlinePins,
  joinPins,
  movePins,
  notLive,
  pinEdits,
  pinnable,
  unpinned,
} from '../../edit/pin.ts';
import { count, firstOf } from '../../english.ts';
import { nameAmong } from '../../files/read.ts';
import type { Handle, PartnerId } from '../../partner.ts';
import { costOf } from '../../plan/document.ts';
import { isDoubt } from '../../plan/doubts.ts';
import type { Blocked, Cost } from '../../plan/plan.ts';
import type { PinDocument } from '../../render/documents.ts';
import { doubtsText } from '../../render/doubts-text.ts';
import { askable, refuseUnasked } from '../approval.ts';
import { chosenPins } from '../chosen-pins.ts';
import type { Args, Run } from '../command.ts';
import { connect } from '../connect.ts';
import { pinsTarget } from '../edit-targets.ts';
import { readDesired } from '../load-files.ts';
import { linesAnd, offerEdits, type Said } from '../offer-edits.ts';
import { prepareWith } from '../plan-run.ts';
import type { Terminal } from '../terminal.ts';

/** Pins found or chosen, and what of the files they change. */
type Found = {
  readonly pins: ReadonlyMap<Handle, PartnerId>;
  readonly amendment: Amendment;
  /** Handles without a pin that match nothing in Introw. */
  readonly notLive: readonly Handle[];
  readonly doubts: readonly Blocked[];
  readonly cost: Cost;
};

/**
 * Writes the given pins, or else the id of every matched partner that has no pin. With --into, pins that partners have
 * in their own entries move there too. Nothing that this module can reach writes to Introw.
 */
export const run: Run<'pin'> = async (args, terminal) => {
  const { into, file } = pinsTarget(args);
  const desired = await readDesired(file);
  const target = into === null ? desired.pinsFile : await nameAmong(desired.files, into);
  const isChosen = args.positionals.length > 0;
  const toMove =
    isChosen || into === null ? new Map<Handle, PartnerId>() : inlinePins(desired, namedIn(args));
  const isAllPinned = !isChosen && unpinned(desired).length === 0;
  if (isAllPinned && toMove.size === 0)
    return offerEdits([], linesAnd(nothingPinned, ['Every handle is pinned.']), args, terminal);
  if (isAllPinned && !args.check) refuseUnasked(args, terminal);
  const find = isChosen ? choose : match;
  const found = isAllPinned ? nothingFound : await find(desired, target, { ...args, file }, terminal);

  const moves = target === null ? noEdits : movePins(toMove, target);
  const { files, refused } = amendEach(desired, joinPins(found.amendment, moves));
  const moved = [...toMove.keys()].filter((handle) => !refused.has(handle));
  const pinned = [...found.pins].filter(([handle]) => !refused.has(handle));
  const { doubts, cost, notLive: absent } = found;
  const cannot = [...refused].map(([address, why]) => ({ address, why }));
  const left = [...cannot, ...absent.map((address) => ({ address, why: "it isn't in Introw yet." }))];
  const lines = [
    ...cannot.map(({ address, why }) => `${address} can't be pinned: ${why}`),
    ...(absent.length === 0 ? [] : [`Not in Introw yet, so without an id: ${firstOf(absent, mostNamed)}.`]),
  ];
  const totals = [
    ...(isAllPinned ? [] : [`Pins ${count(pinned.length, 'handle')}.`]),
    ...(moved.length === 0 ? [] : [`Moves ${count(moved.length, 'pin')} to ${target}.`]),
  ];
  const said: Said<{ lines: typeof lines; doubts: typeof doubts; totals: typeof totals }> = {
    document: { lines, doubts, totals },
    text: (clean, style) =>
      [...clean.lines, doubtsText(clean.doubts, style), ...clean.totals]
        .filter((part) => part !== '')
        .map((part) => `${part.trimEnd()}\n`)
        .join(''),
    json: { pinned: Object.fromEntries(pinned), moved, left, doubts, cost } satisfies PinDocument,
  };
  const exit = await offerEdits(files, said, args, terminal);
  // Who named a handle wanted it pinned.
  return namedIn(args) !== null && doubts.length + left.length > 0 ? 1 : exit;
};

const noEdits: Amendment = { edits: new Map(), additions: [] };

/** What is known without asking Introw. */
const nothingFound: Found = {
  pins: new Map(),
  amendment: noEdits,
  notLive: [],
  doubts: [],
  cost: { requestsSpent: 0, requestsToApply: 0, creditsRemaining: null, creditsLimit: null },
};

const nothingPinned: PinDocument = {
  pinned: {},
  moved: [],
  left: [],
  doubts: [],
  cost: nothingFound.cost,
};

/** The handles that --target names; null where it names none, and so means all. */
function namedIn({ target }: Args<'pin'>): ReadonlySet<string> | null {
  if (target === undefined) return null;
  return new Set(target.flatMap((handles) => handles.split(',').map((handle) => handle.trim())));
}

const mostNamed = 5;

/** Refuses where nobody could approve, after what is wrong locally and before the first request. */
function connectFor(args: Args<'pin'>): typeof connect {
  return args.check ? connect : askable(connect, args);
}

async function choose(
  desired: DesiredState,
  target: string | null,
  args: Args<'pin'>,
  terminal: Terminal,
): Promise<Found> {
  const { pins, cost } = await chosenPins(connectFor(args), desired, args, terminal);
  return { pins, amendment: chosenPinEdits(desired, pins, target), notLive: [], doubts: [], cost };
}

async function match(
  desired: DesiredState,
  target: string | null,
  args: Args<'pin'>,
  terminal: Terminal,
): Promise<Found> {
  const { plan, connection } = await prepareWith(connectFor(args), 'drift', args, terminal, desired);
  await connection.close();
  const pins = pinnable(desired, plan.changes);
  const amendment = pinEdits(desired, pins, target);
  const doubts = plan.blocked.filter(isDoubt);
  return { pins, amendment, notLive: notLive(plan.changes), doubts, cost: costOf(plan.cost, 0) };
}
