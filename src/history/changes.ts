/** What differs in meaning between two states: handles that came, went or were renamed, and values that changed. */
import type { DesiredPartner } from '../desired/state.ts';
import { fieldNamed, sameValue } from '../fields.ts';
import { foldDomain, foldName } from '../folding.ts';
import { type Json, sameJson } from '../json.ts';
import type { Handle } from '../partner.ts';
import { historyFields, isBeyond } from './history-fields.ts';
import type { State } from './states.ts';

/** A value that the files gave, with its catalog name; null where they gave none. */
export type Stated = { readonly value: Json; readonly name: string | null } | null;

/** What a change of a value was a change of: the partner's own entry, the defaults for all, or a catalog's id. */
export type Source = 'partner' | 'defaults' | 'catalog';

export type FieldStep = {
  readonly field: string;
  readonly before: Stated;
  readonly after: Stated;
  readonly source: Source;
};

/** `from` is the handle before, where it had another. */
export type Change = {
  readonly handle: Handle;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly from: Handle | null;
  readonly fields: readonly FieldStep[];
};

/** Handles in the order of the later state, then what was removed. */
export function changesBetween(before: State | null, after: State): Change[] {
  const earlier: State['partners'] = before?.partners ?? new Map();
  const renamed = renamedHandles(earlier, after.partners);
  const taken = new Set(renamed.values());
  const changes: Change[] = [];
  for (const [handle, partner] of after.partners) {
    const from = renamed.get(handle) ?? null;
    const was = earlier.get(from ?? handle);
    if (was === partner) continue;
    const steps = stepsBetween(was, partner);
    if (was === undefined) changes.push({ handle, kind: 'added', from, fields: steps });
    else if (steps.length > 0 || from !== null)
      changes.push({ handle, kind: 'changed', from, fields: steps });
  }
  for (const [handle, was] of earlier)
    if (!after.partners.has(handle) && !taken.has(handle))
      changes.push({ handle, kind: 'removed', from: null, fields: stepsBetween(was, undefined) });
  return changes;
}

function stepsBetween(was: DesiredPartner | undefined, is: DesiredPartner | undefined): FieldStep[] {
  return historyFields.flatMap((field): FieldStep[] => {
    const [before, after] = [factOf(was, field), factOf(is, field)];
    if (same(field, before, after)) return [];
    const isRenumbered = before != null && before.name !== null && before.name === after?.name;
    const stater = (after ?? before)?.isDefault === true ? 'defaults' : 'partner';
    const source = isRenumbered ? 'catalog' : stater;
    return [{ field, before: stated(before), after: stated(after), source }];
  });
}

type Fact = { readonly value: Json; readonly name: string | null; readonly isDefault: boolean };

/** What the files say of a partner about a field, a pin, or what is left to the CRM; null where they say nothing. */
export function factOf(partner: DesiredPartner | undefined, field: string): Fact | null {
  const own = (value: Json) => ({ value, name: null, isDefault: false });
  if (partner === undefined) return null;
  if (field === 'id' || field === 'externalId') return partner[field] === null ? null : own(partner[field]);
  if (field === 'ignore') return partner.ignore.size === 0 ? null : own([...partner.ignore].sort());
  const given = partner.values.get(field);
  return given === undefined
    ? null
    : { value: given.value, name: given.name, isDefault: given.from === 'defaults' };
}

function same(field: string, one: Fact | null, other: Fact | null): boolean {
  if (one === null || other === null) return one === other;
  return isBeyond(field)
    ? sameJson(one.value, other.value)
    : sameValue(fieldNamed(field), one.value, other.value);
}

function stated(fact: Fact | null): Stated {
  return fact === null ? null : { value: fact.value, name: fact.name };
}

type Partners = State['partners'];

/** New handles whose partner had another: by the pin, then by name and domain, wherever that is clear on both sides. */
function renamedHandles(earlier: Partners, later: Partners): Map<Handle, Handle> {
  const gone = [...earlier.values()].filter(({ handle }) => !later.has(handle));
  const come = gone.length === 0 ? [] : [...later.values()].filter(({ handle }) => !earlier.has(handle));
  const renamed = new Map<Handle, Handle>();
  for (const keyOf of [pinOf, identityOf]) {
    const taken = new Set(renamed.values());
    const isOpen = ({ handle }: DesiredPartner) => !renamed.has(handle) && !taken.has(handle);
    const before = onlyBy(gone.filter(isOpen), keyOf);
    for (const [key, partner] of onlyBy(come.filter(isOpen), keyOf)) {
      const was = before.get(key);
      if (was !== undefined) renamed.set(partner.handle, was.handle);
    }
  }
  return renamed;
}

function pinOf({ id, externalId }: DesiredPartner): string | null {
  if (id !== null) return `id ${id}`;
  return externalId === null ? null : `externalId ${externalId}`;
}

function identityOf({ name, domain }: DesiredPartner): string | null {
  return JSON.stringify([foldName(name), domain === null ? null : foldDomain(domain)]);
}

/** Partners by a key that no other of them has. */
function onlyBy(
  partners: readonly DesiredPartner[],
  keyOf: (partner: DesiredPartner) => string | null,
): Map<string, DesiredPartner> {
  const found = new Map<string, DesiredPartner | null>();
  for (const partner of partners) {
    const key = keyOf(partner);
    if (key !== null) found.set(key, found.has(key) ? null : partner);
  }
  return new Map([...found].flatMap(([key, partner]) => (partner === null ? [] : [[key, partner]])));
}
