/** Live partners as entries of a file: pinned, and with all that Introw returned. */

import { canPin, stateable } from '../desired/can-state.ts';
import { catalogName, type Names } from '../desired/catalog-names.ts';
import type { DesiredState } from '../desired/state.ts';
import { type CatalogKind, type Field, fields, identities, sameValue, sections } from '../fields.ts';
import { append } from '../grouped.ts';
import { isNone } from '../json.ts';
import type { Handle, LivePartner, PartnerId } from '../partner.ts';
import type { Comment, Item, NewEntry } from '../yaml/item.ts';
import { entryText } from '../yaml/map.ts';
import { scalarText } from '../yaml/scalar.ts';
import { newHandle } from './new-handle.ts';
import { newEntry } from './statement.ts';

/** What is written for live partners, and what could not be. */
export type Takeover = {
  readonly items: readonly Item[];
  /** Who each of the handles is. */
  readonly pins: ReadonlyMap<Handle, PartnerId>;
  /** Partners whose id no file can hold, so that nothing can pin them. */
  readonly unpinnable: readonly LivePartner[];
};

/** How the entries pin their partners: by Introw's id, by the CRM's where there is one, or in another file. */
export type PinBy = 'id' | 'externalId' | 'elsewhere';

/**
 * Entries for partners, in the order of their handles. Planning on them right after finds no difference: what a
 * default would change is stated or ignored, and what no file can state is ignored, with a comment that says why.
 */
export function takeOver(
  partners: readonly LivePartner[],
  { defaults }: Pick<DesiredState, 'defaults'>,
  names: Names,
  handles: Iterable<string>,
  pinBy: PinBy,
): Takeover {
  // Handles become names of files, and some file systems don't tell upper from lower case.
  const taken = new Set([...handles].map((handle) => handle.toLowerCase()));
  const pins = new Map<Handle, PartnerId>();
  const externalIds = countsOf(partners.map(({ externalId }) => externalId));
  const pinnable = ({ id }: LivePartner) => canPin(id);
  const items = [...partners]
    .filter(pinnable)
    .sort(byAge)
    .map((partner) => {
      const key = newHandle(partner.name, partner.domain, taken);
      const isOnlyOne = partner.externalId !== null && externalIds.get(partner.externalId) === 1;
      const by = pinBy === 'externalId' && !(isOnlyOne && canPin(partner.externalId ?? '')) ? 'id' : pinBy;
      pins.set(key, partner.id);
      return { key, value: [...pinLines(partner, by), ...entryLines(partner, defaults, names)] };
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return { items, pins, unpinnable: partners.filter((partner) => !pinnable(partner)) };
}

function pinLines({ id, externalId }: LivePartner, by: PinBy): NewEntry[] {
  if (by === 'elsewhere') return [];
  if (by === 'externalId') return [{ key: 'externalId', text: scalarText(externalId ?? '') }];
  return [{ key: 'id', text: scalarText(id) }];
}

function countsOf(texts: readonly (string | null)[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** The oldest first, so that of two with one name each keeps its handle when younger ones come. */
function byAge(one: LivePartner, other: LivePartner): number {
  return compareText(one.createdAt ?? '', other.createdAt ?? '') || compareText(one.id, other.id);
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

type Line = NewEntry | Comment;

/** The lines of one partner, in the order of the table of fields; a section of several fields is one line. */
function entryLines(partner: LivePartner, defaults: DesiredState['defaults'], names: Names): Line[] {
  const lines: Line[] = [];
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
  const live = partner.values[field.name] ?? null;
  const byDefault = defaults.values.get(field.name);
  const stated = isNone(live) ? { value: live } : stateable(field, live);
  if ('value' in stated && stated.value !== null) {
    const { value } = stated;
    const isSaid = byDefault === undefined ? isNone(value) : sameValue(field, value, byDefault.value);
    const entry = newEntry({ field, value, name: catalogName(names, field, value) });
    return isSaid ? nothing : { ...nothing, entries: [entry] };
  }
  const comments =
    'why' in stated ? [{ comment: `Introw's ${field.name} can't be managed here: it ${stated.why}.` }] : [];
  if (!isName) return { ...nothing, comments, isIgnored: byDefault !== undefined };
  if (live === null) comments.push({ comment: "Introw returned no name, so it can't be managed here." });
  const entries = [{ key: field.path[0], text: scalarText(standIn(partner)) }];
  return { comments, entries, isIgnored: true };
}

/** A name that a file may give, for a partner whose own it may not. */
function standIn({ name, domain, id }: LivePartner): string {
  const cleaned = [name ?? '', domain ?? '', id].map((text) =>
    [...text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()].slice(0, 200).join('').trim(),
  );
  return cleaned.find((text) => text !== '') ?? 'unnamed';
}

/** The ids that have no name, by catalog, each with the partners that have it. */
export function unnamedIds(
  partners: readonly LivePartner[],
  names: Names,
): Map<CatalogKind, Map<string, readonly LivePartner[]>> {
  const found = new Map<CatalogKind, Map<string, readonly LivePartner[]>>();
  for (const { name, catalog } of fields) {
    if (catalog === null) continue;
    const users = new Map<string, LivePartner[]>();
    for (const partner of partners) {
      const id = partner.values[name];
      if (typeof id === 'string' && id !== '' && !names[catalog].has(id)) append(users, id, partner);
    }
    if (users.size > 0) found.set(catalog, users);
  }
  return found;
}
