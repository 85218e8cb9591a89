/** Pins: which live partner a handle is, by its id. */

import { isObject } from '../json.ts';
import type { Handle, PartnerId } from '../partner.ts';
import { type Problem, problem } from '../problem.ts';
import { type Entry, keyPosition, type Merged, placeText, type Section, valuePosition } from './merge.ts';
import { didYouMean, nearest } from './nearest.ts';
import { mayHave } from './sound-part.ts';
import type { DesiredPartner } from './state.ts';

type Note = (found: Problem) => void;

/** The pins of one partner: its own, or its row under `pins`. */
export function pinsOf(
  handle: string,
  data: Readonly<Record<string, unknown>>,
  entry: Entry,
  merged: Merged,
  note: Note,
) {
  const row = merged.pins.get(handle);
  const pinned = row?.value as PartnerId | undefined;
  const id = data.id as PartnerId | undefined;
  const externalId = data.externalId as string | undefined;
  if (Object.hasOwn(data, 'id') && Object.hasOwn(data, 'externalId')) {
    note(
      problem('TWO_FORMS', `${handle} has both id and externalId; one pin is enough.`, {
        position: entry.tree.valueAt(data, 'externalId'),
        hint: 'Keep the id.',
      }),
    );
  } else if (row !== undefined && (externalId !== undefined || differ(id, pinned))) {
    const message = `${handle} is pinned here and, to another partner, at ${placeText(keyPosition(entry))}.`;
    note(problem('TWO_FORMS', message, { position: valuePosition(row), hint: 'Keep one of the two pins.' }));
  }
  const key = id === undefined ? 'externalId' : 'id';
  const ownPosition = (id ?? externalId) === undefined ? null : entry.tree.valueAt(data, key);
  return {
    id: id ?? pinned ?? null,
    externalId: externalId ?? null,
    hasPinRow: ownPosition === null && row !== undefined,
    pinPosition: ownPosition ?? (row === undefined ? null : valuePosition(row)),
  };
}

function differ(one: PartnerId | undefined, other: PartnerId | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether a partner's pin can't be told, since what seems to give it was refused. */
export function mayBePinned({ tree, value, key }: Entry, { pins }: Merged): boolean {
  if (!isObject(value)) return true;
  const isRefused = ['id', 'externalId'].some(
    (pin) => (Object.hasOwn(value, pin) && value[pin] === undefined) || mayHave(tree, value, pin),
  );
  const row = pins.get(key);
  return isRefused || (row !== undefined && row.value === undefined);
}

/** Every pin belongs to one handle, and every row of pins to a handle that exists. */
export function checkPins(
  partners: ReadonlyMap<Handle, DesiredPartner>,
  merged: Merged,
  open: ReadonlySet<Section>,
  note: Note,
): void {
  checkOwners(partners, note);
  if (open.has('partners')) return;
  const unknown = [...merged.pins].filter(([handle]) => !merged.partners.has(handle));
  for (const [index, [handle, row]] of unknown.entries()) {
    // Looking for the nearest of all handles takes long, and where so many are unknown, a file was forgotten.
    const meant = index < 20 ? nearest(handle, merged.partners.keys()) : null;
    const message = `pins names ${handle}, which is not a handle in these files.${didYouMean(meant)}`;
    note(problem('UNKNOWN_HANDLE', message, { position: keyPosition(row) }));
  }
}

/** No two handles have one pin. */
export function checkOwners(partners: ReadonlyMap<Handle, DesiredPartner>, note: Note): void {
  const owners = new Map<string, DesiredPartner>();
  for (const partner of partners.values()) {
    const pin = partner.id ?? partner.externalId;
    if (pin === null) continue;
    // The CRM may use an id that is another partner's in Introw: the two kinds of pins have nothing to do with each other.
    const key = `${partner.id === null ? 'externalId' : 'id'} ${pin}`;
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, partner);
    else {
      const message = `${partner.handle} is pinned to ${pin}, and so is ${owner.handle} (${placeText(owner.pinPosition ?? owner.position)}).`;
      note(problem('SAME_PIN', message, { position: partner.pinPosition }));
    }
  }
}
