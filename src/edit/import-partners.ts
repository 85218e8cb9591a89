/** Live partners as entries of a file: pinned, and with all that Introw returned. */

import { canPin, refusalOf } from '../desired/can-state.ts';
import { catalogName, type Names } from '../desired/catalog-names.ts';
import type { DesiredState } from '../desired/state.ts';
import { type CatalogKind, fields, identities, sameValue } from '../fields.ts';
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

function entryLines(partner: LivePartner, defaults: DesiredState['defaults'], names: Names): Line[] {
  const lines: Line[] = [{ key: 'id', text: scalarText(partner.id) }];
  const ignore = new Set<string>();
  const sections = new Map<string, NewEntry[]>();
  for (const field of fields) {
    const isName = field === identities.name;
    if (defaults.ignore.has(field.name) && !isName) continue;
    const [section, inner] = field.path;
    const live = partner.values[field.name];
    const value = live === undefined || live === null ? null : live;
    const byDefault = defaults.values.get(field.name);
    const why = value === null || isNone(value) ? null : refusalOf(field, value);
    if (why !== null) lines.push({ comment: `Introw's ${field.name} can't be managed here: it ${why}.` });
    if (value !== null && why === null) {
      if (byDefault === undefined ? isNone(value) : sameValue(field, value, byDefault.value)) continue;
      const entry = newEntry({ field, value, name: catalogName(names, field, value) });
      if (inner === undefined) lines.push(entry);
      else sections.set(section, [...(sections.get(section) ?? []), entry]);
    } else if (isName) {
      if (value === null) lines.push({ comment: "Introw returned no name, so it can't be managed here." });
      lines.push({ key: section, text: scalarText(standIn(partner)) });
      ignore.add(section);
    } else if (byDefault !== undefined) ignore.add(section);
  }
  for (const [key, entries] of sections)
    if (!ignore.has(key)) lines.push({ key, text: `{ ${entries.map(entryText).join(', ')} }` });
  if (ignore.size > 0) lines.push({ key: 'ignore', text: `[${[...ignore].join(', ')}]` });
  return lines;
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
