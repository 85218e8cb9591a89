/** An outline while it is read: its comments come one by one, and to whichever part they are about. */
import type { BlockText, Collection, Leaf, OutlineEntry } from './outline.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly string[] ? string[] : T[K] };
export type DraftCollection = Omit<Draft<Collection>, 'entries'> & { entries: DraftEntry[] };
export type DraftEntry = Omit<Draft<OutlineEntry>, 'value'> & {
  value: Draft<Leaf> | BlockText | DraftCollection;
};

/** A map in block style that has no entries yet. */
export function emptyMap(): DraftCollection {
  return { kind: 'map', properties: '', below: [], style: 'block', entries: [], tail: [] };
}

/** An entry that has no value and no comments yet; an item of a list has no key. */
export function emptyEntry(key: string | null, name: string): DraftEntry {
  const value: Draft<Leaf> = { kind: 'leaf', properties: '', below: [], lines: [] };
  return { key, name, lead: [], aside: '', over: [], value, sameLine: '', under: [] };
}

/** Comments between a key and its value; in braces there is no place for them but above the entry. */
export function addAbove(
  entry: DraftEntry,
  comments: readonly string[],
  inFlow: boolean,
  onOwnLines = false,
): void {
  if (inFlow) entry.lead.push(...comments.filter((each) => each !== ''));
  else if (onOwnLines || entry.aside !== '') entry.over.push(...comments);
  else entry.aside = comments.join(' ');
}
