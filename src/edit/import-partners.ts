/** Live partners as entries of a file: pinned, and with all that Introw returned. */

import { canPin, refusalOf } from '../desired/can-state.ts';
import { catalogName, type Names } from '../desired/catalog-names.ts';
import type { DesiredState } from '../desired/state.ts';
import { type CatalogKind, type Field, fields, identities, sameValue, sections } from '../fields.ts';
import { isNone } from '../json.ts';
import type { LivePartner } from '../partner.ts';
import { entryText, type NewEntry } from '../yaml/map.ts';
import { scalarText } from '../yaml/scalar.ts';
import type { Comment, Item } from '../yaml/section.ts';
import { newHandle } from './new-handle.ts';
import { newEntry } from './statement.ts';

/** What is written for live partners, and what could not be. */
export type Takeover = {
  readonly items: readonly Item[];
  /** Partners whose id no file can hold, so that nothing can pin them. */
  readonly unpinnable: readonly LivePartner[];
};

/**
 * Entries for partners, in the order of their handles. Planning on them right after finds no difference: what a
 * default would change is stated or ignored, and what no file can state is ignored, with a comment that says why.
 */
export function takeOver(
  partners: readonly LivePartner[],
  { defaults }: Pick<DesiredState, 'defaults'>,
  names: Names,
  handles: Iterable<string>,
): Takeover {
  const taken = new Set(handles);
  const pinnable = ({ id }: LivePartner) => canPin(id);
  const items = [...partners]
    .filter(pinnable)
    .sort(byAge)
    .map((partner) => ({
      key: newHandle(partner.name, partner.domain, taken),
      value: entryLines(partner, defaults, names),
    }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return { items, unpinnable: partners.filter((partner) => !pinnable(partner)) };
}

/** The oldest first, so that of two with one name each keeps its handle when younger ones come. */
function byAge(one: LivePartner, other: LivePartner): number {
  return compareText(one.createdAt ?? '', other.createdAt ?? '') || compareText(one.id, other.id);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

type Line = NewEntry | Comment;

/** The lines of one partner, in the order of the table of fields; a section of several fields is one line. */
function entryLines(partner: LivePartner, defaults: DesiredState['defaults'], names: Names): Line[] {
  const lines: Line[] = [{ key: 'id', text: scalarText(partner.id) }];
  const ignored: string[] = [];
  for (const section of new Set(fields.map(({ path }) => path[0]))) {
    const stated: NewEntry[] = [];
    let isIgnored = false;
    for (const field of fields.filter(({ path }) => path[0] === section)) {
      const found = entryOf(field, partner, defaults, names);
      lines.push(...found.comments);
      stated.push(...found.entries);
      isIgnored ||= found.isIgnored;
    }
    if (isIgnored) ignored.push(section);
    const entry = stated[0];
    if (entry === undefined) continue;
    if (sections[section] === undefined) lines.push(entry);
    else if (!isIgnored) lines.push({ key: section, text: `{ ${stated.map(entryText).join(', ')} }` });
  }
  if (ignored.length > 0) lines.push({ key: 'ignore', text: `[${ignored.join(', ')}]` });
  return lines;
}

type FieldLines = {
  readonly comments: readonly Comment[];
  readonly entries: readonly NewEntry[];
  readonly isIgnored: boolean;
};

function entryOf(
  field: Field,
  partner: LivePartner,
  defaults: DesiredState['defaults'],
  names: Names,
): FieldLines {
  const isName = field === identities.name;
  const nothing: FieldLines = { comments: [], entries: [], isIgnored: false };
  if (defaults.ignore.has(field.name) && !isName) return nothing;
  const value = partner.values[field.name] ?? null;
  const byDefault = defaults.values.get(field.name);
  const why = isNone(value) ? null : refusalOf(field, value);
  if (value !== null && why === null) {
    const isSaid = byDefault === undefined ? isNone(value) : sameValue(field, value, byDefault.value);
    const entry = newEntry({ field, value, name: catalogName(names, field, value) });
    return isSaid ? nothing : { ...nothing, entries: [entry] };
  }
  const comments =
    why === null ? [] : [{ comment: `Introw's ${field.name} can't be managed here: it ${why}.` }];
  if (!isName) return { ...nothing, comments, isIgnored: byDefault !== undefined };
  if (value === null) comments.push({ comment: "Introw returned no name, so it can't be managed here." });
  const entries = [{ key: field.path[0], text: scalarText(standIn(partner)) }];
  return { comments, entries, isIgnored: true };
}

/** A name that a file may give, for a partner whose own it may not. */
function standIn({ name, domain, id }: LivePartner): string {
  const cleaned = [...(name ?? '').replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()].slice(0, 200).join('');
  return cleaned || domain?.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').slice(0, 200) || id.slice(0, 200);
}

/** The ids that have no name, by catalog, with how many partners have them. */
export function unnamedIds(
  partners: readonly LivePartner[],
  names: Names,
): Map<CatalogKind, Map<string, number>> {
  const found = new Map<CatalogKind, Map<string, number>>();
  for (const { name, catalog } of fields) {
    if (catalog === null) continue;
    const counts = new Map<string, number>();
    for (const { values } of partners) {
      const id = values[name];
      if (typeof id === 'string' && id !== '' && !names[catalog].has(id))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    if (counts.size > 0) found.set(catalog, counts);
  }
  return found;
}
