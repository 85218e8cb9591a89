/** Pins: Introw's id of the partner that a handle is, written down so that names and domains may change. */

import type { DesiredState } from '../desired/state.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Change } from '../plan/plan.ts';
import type { Amendment } from './amendment.ts';
import type { PartnerEdit } from './partner-edit.ts';

/** The live partner of each handle that has no pin of any kind yet. */
export function pinnable(desired: DesiredState, changes: readonly Change[]): Map<Handle, PartnerId> {
  const pins = new Map<Handle, PartnerId>();
  for (const { address, partner } of changes)
    if (partner !== null && isUnpinned(desired, address)) pins.set(address, partner.id);
  return pins;
}

/** Handles that match nothing in Introw, which apply would create. */
export function notLive(changes: readonly Change[]): Handle[] {
  return changes.filter(({ action }) => action === 'create').map(({ address }) => address);
}

/** Handles that a pin could be found for. */
export function unpinned(desired: DesiredState): Handle[] {
  return [...desired.partners.keys()].filter((handle) => isUnpinned(desired, handle));
}

/** Writes pins as `id` of each partner, or as rows under `pins` of the file `into`. */
export function pinEdits(
  desired: DesiredState,
  pins: ReadonlyMap<Handle, PartnerId>,
  into: string | null,
): Amendment {
  const wanted = new Map([...pins].filter(([handle]) => isUnpinned(desired, handle)));
  if (into !== null && wanted.size > 0)
    return { edits: new Map(), additions: [{ file: into, section: 'pins', pins: wanted }] };
  const edits = [...wanted].map(([handle, id]): [Handle, PartnerEdit[]] => [handle, [{ kind: 'pin', id }]]);
  return { edits: new Map(edits), additions: [] };
}

/** The same for pins that somebody chose: a pin that is there already is replaced where it is written. */
export function chosenPinEdits(
  desired: DesiredState,
  pins: ReadonlyMap<Handle, PartnerId>,
  into: string | null,
): Amendment {
  const edits = new Map<Handle, PartnerEdit[]>();
  const rows = new Map<string, Map<Handle, PartnerId>>();
  for (const [handle, id] of pins) {
    const partner = desired.partners.get(handle);
    const file = partner?.hasPinRow === true ? (partner.pinPosition?.file ?? null) : into;
    const isInEntry = partner !== undefined && !partner.hasPinRow && !isUnpinned(desired, handle);
    if (isInEntry || file === null) edits.set(handle, [{ kind: 'pin', id }]);
    else rows.set(file, (rows.get(file) ?? new Map<Handle, PartnerId>()).set(handle, id));
  }
  return { edits, additions: [...rows].map(([file, each]) => ({ file, section: 'pins', pins: each })) };
}

/** The handles that a file pins with an `id` of their own, each with it. `named` restricts them; null takes all. */
export function inlinePins(
  { partners }: DesiredState,
  named: ReadonlySet<string> | null,
): Map<Handle, PartnerId> {
  const pins = new Map<Handle, PartnerId>();
  for (const [handle, { id, hasPinRow }] of partners)
    if (id !== null && !hasPinRow && (named?.has(handle) ?? true)) pins.set(handle, id);
  return pins;
}

/** Moves inline pins to rows under `pins` of the file `into`, so that the partners can serve another organisation too. */
export function movePins(pins: ReadonlyMap<Handle, PartnerId>, into: string): Amendment {
  if (pins.size === 0) return { edits: new Map(), additions: [] };
  return {
    edits: new Map([...pins.keys()].map((handle): [Handle, PartnerEdit[]] => [handle, [{ kind: 'unpin' }]])),
    additions: [{ file: into, section: 'pins', pins }],
  };
}

/** Both amendments at once; what both add to one section of a file becomes one addition. */
export function joinPins(one: Amendment, other: Amendment): Amendment {
  const additions = new Map<string, Map<Handle, PartnerId>>();
  const rest: Amendment['additions'][number][] = [];
  for (const addition of [...one.additions, ...other.additions]) {
    if (addition.section !== 'pins') rest.push(addition);
    else additions.set(addition.file, new Map([...(additions.get(addition.file) ?? []), ...addition.pins]));
  }
  return {
    edits: new Map([...one.edits, ...other.edits]),
    additions: [...rest, ...[...additions].map(([file, pins]) => ({ file, section: 'pins' as const, pins }))],
  };
}

function isUnpinned({ partners }: DesiredState, handle: Handle): boolean {
  const partner = partners.get(handle);
  return partner !== undefined && partner.id === null && partner.externalId === null;
}
