/** What can be changed of one partner in the file that holds it. */

import { isSeq, type Node } from 'yaml';
import type { Field } from '../fields.ts';
import type { NewEntry } from '../yaml/item.ts';
import {
  contentEnd,
  type Entry,
  entriesOf,
  entryNamed,
  entryText,
  holderOf,
  insertEntries,
  intoEmpty,
  lineAfter,
  removeEntries,
  replaceEntry,
} from '../yaml/map.ts';
import { scalarText } from '../yaml/scalar.ts';
import { lineStart, type Splice } from '../yaml/splice.ts';
import { partnerRank } from './key-order.ts';
import type { PartnerEdit } from './partner-edit.ts';
import { newEntry, stated } from './statement.ts';

/**
 * What to change in the source for all edits of one partner, whose entry under `partners:` is given. `ignoring` is all
 * that it is to ignore in the end, for where its list isn't its own to be added to.
 */
export function partnerSplices(
  source: string,
  partner: Entry,
  edits: readonly PartnerEdit[],
  ignoring: readonly string[],
): Splice[] {
  const splices: Splice[] = [];
  const added = new Map<string, NewEntry>();
  const gone = new Set<Entry>();
  const ignored = new Set<string>();
  const unset = edits.flatMap((edit) => (edit.kind === 'unset' ? [edit.field] : []));
  const add = (entry: NewEntry) => added.set(entry.key, entry);
  for (const edit of edits) {
    if (edit.kind === 'pin') splices.push(...pin(source, partner, edit.id, add));
    else if (edit.kind === 'unpin') for (const entry of pinEntries(partner)) gone.add(entry);
    else if (edit.kind === 'set') splices.push(...setField(source, partner, edit, add));
    else if (edit.kind === 'ignore') ignored.add(edit.field.path[0]);
    else if (edit.kind === 'drop') for (const entry of statedEntries(partner, edit.field)) gone.add(entry);
  }
  if (ignored.size > 0) splices.push(...ignoreFields(source, partner, [...ignored], ignoring, add));
  splices.push(...unsetSplices(source, partner, unset, gone));
  splices.push(...removeEntries(source, partner.value, gone));
  if (added.size > 0)
    splices.push(...insertEntries(source, holderOf(partner), [...added.values()], partnerRank()));
  return splices;
}

function pin(source: string, partner: Entry, id: string, add: (entry: NewEntry) => void): Splice[] {
  const own = entryNamed(partner.value, 'id') ?? entryNamed(partner.value, 'externalId');
  if (own !== undefined) return replaceEntry(source, own, 'id', id);
  add({ key: 'id', text: scalarText(id) });
  return [];
}

function setField(
  source: string,
  partner: Entry,
  edit: Extract<PartnerEdit, { kind: 'set' }>,
  add: (entry: NewEntry) => void,
): Splice[] {
  const [section, inner] = edit.field.path;
  const outer = inner === undefined ? partner : entryNamed(partner.value, section);
  const own = outer === undefined ? undefined : ownEntry(outer.value, edit.field);
  if (own !== undefined) {
    const { key, value } = stated(edit);
    return replaceEntry(source, own, key, value);
  }
  const entry = newEntry(edit);
  if (outer !== undefined && outer !== partner)
    return insertEntries(source, holderOf(outer), [entry], () => 0);
  add(inner === undefined ? entry : { key: section, text: `{ ${entryText(entry)} }` });
  return [];
}

function pinEntries(partner: Entry): Entry[] {
  const own = entryNamed(partner.value, 'id');
  return own === undefined ? [] : [own];
}

/** The partner's own entries that say something about a field; of the portal, all. */
function statedEntries(partner: Entry, field: Field): Entry[] {
  const [section, inner] = field.path;
  const own = inner === undefined ? ownEntry(partner.value, field) : entryNamed(partner.value, section);
  return own === undefined ? [] : [own];
}

/** Takes fields out of their sections; a section that would be empty is added to `gone`. */
function unsetSplices(source: string, partner: Entry, unset: readonly Field[], gone: Set<Entry>): Splice[] {
  const inner = new Map<Entry, Set<Entry>>();
  for (const field of unset) {
    const [section, key] = field.path;
    const outer = key === undefined ? partner : entryNamed(partner.value, section);
    const own = outer === undefined ? undefined : ownEntry(outer.value, field);
    if (outer === undefined || own === undefined) continue;
    if (outer === partner) gone.add(own);
    else inner.set(outer, (inner.get(outer) ?? new Set<Entry>()).add(own));
  }
  return [...inner].flatMap(([outer, entries]) => {
    if (entries.size < entriesOf(outer.value).length) return removeEntries(source, outer.value, entries);
    gone.add(outer);
    return [];
  });
}

/** The partner's own entry for a field, in either form. */
function ownEntry(node: Node | null, { path, idKey }: Field): Entry | undefined {
  return entryNamed(node, path[1] ?? path[0]) ?? (idKey === null ? undefined : entryNamed(node, idKey));
}

/** Adds to the partner's own list; one that it shares with others, or hasn't, becomes a list of its own. */
function ignoreFields(
  source: string,
  partner: Entry,
  names: readonly string[],
  ignoring: readonly string[],
  add: (entry: NewEntry) => void,
): Splice[] {
  const whole = `[${ignoring.join(', ')}]`;
  const list = entryNamed(partner.value, 'ignore');
  if (list === undefined) {
    add({ key: 'ignore', text: whole });
    return [];
  }
  const [start = 0, end = 0] = list.value?.range ?? [];
  if (!isSeq<Node>(list.value)) return [{ start, end, text: whole }];
  const last = list.value.items.at(-1);
  if (last === undefined) return [intoEmpty(source, list.value, names.join(', '))];
  const lastStart = last.range?.[0] ?? 0;
  if (list.value.flow === true) {
    const at = last.range?.[1] ?? 0;
    return [{ start: at, end: at, text: `, ${names.join(', ')}` }];
  }
  const indent = source.slice(lineStart(source, lastStart), lastStart);
  return names.map((name) => lineAfter(source, contentEnd(list), `${indent}${name}`));
}
