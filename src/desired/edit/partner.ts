/** What can be changed of one partner in the file that holds it. */
import { isSeq, type Node } from 'yaml';
import { type Field, fields } from '../../partner.ts';
import {
  contentEnd,
  type Entry,
  entryNamed,
  holderOf,
  insertEntries,
  lineAfter,
  type NewEntry,
  removeEntry,
  replaceEntry,
} from './map.ts';
import { scalarText } from './scalar.ts';
import { lineStart, type Splice } from './splice.ts';

export type PartnerEdit =
  /** States a field: by its catalog name where there is one, else by the value itself. */
  | {
      readonly kind: 'set';
      readonly field: Field;
      readonly value: string | null;
      readonly name: string | null;
    }
  /** Says nothing about a field any more. */
  | { readonly kind: 'drop'; readonly field: Field }
  /** Leaves a field to the CRM. */
  | { readonly kind: 'ignore'; readonly field: Field }
  | { readonly kind: 'pin'; readonly id: string };

/** The keys of a partner in the order in which files have them. */
const keyOrder: readonly string[] = [
  '<<',
  'id',
  'externalId',
  ...new Set(
    fields.flatMap(({ path, idKey }) =>
      path[1] === undefined && idKey !== null ? [path[0], idKey] : [path[0]],
    ),
  ),
  'ignore',
];

/** Where a key belongs among a partner's; one that none knows goes last. */
export function keyRank(key: string): number {
  const at = keyOrder.indexOf(key);
  return at === -1 ? keyOrder.length : at;
}

/** What to change in the source for all edits of one partner, whose entry under `partners:` is given. */
export function partnerSplices(source: string, partner: Entry, edits: readonly PartnerEdit[]): Splice[] {
  const splices: Splice[] = [];
  const added: NewEntry[] = [];
  for (const edit of edits) {
    const [made, entries] = partnerEdit(source, partner, edit);
    splices.push(...made);
    added.push(...entries);
  }
  return added.length === 0
    ? splices
    : [...splices, ...insertEntries(source, holderOf(partner), merged(added), keyRank)];
}

function partnerEdit(source: string, partner: Entry, edit: PartnerEdit): [Splice[], NewEntry[]] {
  if (edit.kind === 'pin') return [[], [{ key: 'id', text: scalarText(edit.id) }]];
  if (edit.kind === 'ignore') return ignoreField(source, partner, edit.field);
  const [section, inner] = edit.field.path;
  const outer = inner === undefined ? partner : entryNamed(partner.value, section);
  const own = outer === undefined ? undefined : ownEntry(outer.value, edit.field);
  if (edit.kind === 'drop')
    return [own === undefined || outer === undefined ? [] : removeEntry(source, outer.value, own), []];
  const { key, text } = stated(edit);
  if (own !== undefined) return [replaceEntry(source, own, key, text), []];
  const entry = { key, text: text === null ? 'null' : scalarText(text) };
  if (inner === undefined) return [[], [entry]];
  if (outer === undefined) return [[], [{ key: section, text: `{ ${key}: ${entry.text} }` }]];
  return [insertEntries(source, holderOf(outer), [entry], () => 0), []];
}

/** The key and the value that state a field. */
function stated({ field, value, name }: { field: Field; value: string | null; name: string | null }) {
  const byName = field.path[1] ?? field.path[0];
  const key = field.catalog === null || name !== null ? byName : (field.idKey ?? byName);
  return { key, text: name ?? value };
}

/** The partner's own entry for a field, in either form. */
function ownEntry(node: Node | null, { path, idKey }: Field): Entry | undefined {
  return entryNamed(node, path[1] ?? path[0]) ?? (idKey === null ? undefined : entryNamed(node, idKey));
}

function ignoreField(source: string, partner: Entry, field: Field): [Splice[], NewEntry[]] {
  const [name] = field.path;
  const list = entryNamed(partner.value, 'ignore');
  if (list === undefined || !isSeq<Node>(list.value)) return [[], [{ key: 'ignore', text: `[${name}]` }]];
  const last = list.value.items.at(-1);
  if (list.value.flow === true || last === undefined) {
    const at = last?.range?.[1] ?? (list.value.range?.[0] ?? 0) + 1;
    return [[{ start: at, end: at, text: last === undefined ? name : `, ${name}` }], []];
  }
  const start = last.range?.[0] ?? 0;
  const indent = source.slice(lineStart(source, start), start);
  return [[lineAfter(source, contentEnd(list), `${indent}${name}`)], []];
}

/** Entries for one key once: two ignored fields are one list. */
function merged(added: readonly NewEntry[]): NewEntry[] {
  const byKey = new Map<string, NewEntry>();
  for (const { key, text } of added) {
    const earlier = byKey.get(key);
    const both = earlier === undefined ? text : `${earlier.text.slice(0, -1)}, ${text.slice(1)}`;
    byKey.set(key, { key, text: key === 'ignore' ? both : text });
  }
  return [...byKey.values()];
}
