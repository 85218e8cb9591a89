/** Changes of one YAML map in its source text: everything around what changes stays as it is, to the byte. */
import { isAlias, isCollection, isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { quotingOf, scalarText } from './scalar.ts';
import { lineEnding, lineStart, nextLine, type Splice } from './splice.ts';

export type Entry = Pair<Node, Node | null>;

/** A new entry of a map. `text` is its value as YAML on one line; of two entries the one with the lower `rank` stands first. */
export type NewEntry = { readonly key: string; readonly text: string };

/** Where a map is: under a key that ends at `keyEnd`. */
export type Holder = { readonly value: Node | null; readonly keyEnd: number };

export function holderOf({ key, value }: Entry): Holder {
  return { value, keyEnd: key.range?.[1] ?? 0 };
}

/** What a key is called; aliases and collections as keys have no name. */
export function keyName({ key }: Entry): string | null {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? null)) : null;
}

/** The entries that a map has itself; an alias of a map has none of its own. */
export function entriesOf(node: Node | null): readonly Entry[] {
  return isMap<Node, Node | null>(node) ? node.items : [];
}

export function entryNamed(node: Node | null, name: string): Entry | undefined {
  return entriesOf(node).find((entry) => keyName(entry) === name);
}

/**
 * Adds entries: each after the last one that belongs before it by `rank`, indented like its neighbours. An alias is
 * turned into a map that merges it in.
 */
export function insertEntries(
  source: string,
  holder: Holder,
  added: readonly NewEntry[],
  rank: (key: string) => number,
): Splice[] {
  const { value } = holder;
  const inOrder = [...added].sort((one, other) => rank(one.key) - rank(other.key));
  const listed = inOrder.map(entryText);
  if (isAlias(value) && value.range) {
    const [start, end] = value.range;
    return [{ start, end, text: `{ ${[`<<: ${source.slice(start, end)}`, ...listed].join(', ')} }` }];
  }
  if (!isMap<Node, Node | null>(value) || !value.range) return [];
  const { items } = value;
  if (items.length === 0) {
    const [start, end] = value.range;
    return [{ start, end, text: `{ ${listed.join(', ')} }` }];
  }
  return inOrder.map((entry): Splice => {
    const before = items.filter((item) => rank(keyName(item) ?? '') <= rank(entry.key)).at(-1);
    return value.flow === true
      ? insertInFlow(items, before, entry)
      : insertInBlock(source, holder, items, before, entry);
  });
}

function insertInFlow(items: readonly Entry[], before: Entry | undefined, entry: NewEntry): Splice {
  if (before !== undefined) {
    const at = contentEnd(before);
    return { start: at, end: at, text: `, ${entryText(entry)}` };
  }
  const at = items[0]?.key.range?.[0] ?? 0;
  return { start: at, end: at, text: `${entryText(entry)}, ` };
}

function insertInBlock(
  source: string,
  holder: Holder,
  items: readonly Entry[],
  before: Entry | undefined,
  entry: NewEntry,
): Splice {
  const firstKey = items[0]?.key.range?.[0] ?? 0;
  const column = source.slice(lineStart(source, firstKey), firstKey);
  // Above the comments of the first key: they are about that key.
  const after = before === undefined ? holder.keyEnd : contentEnd(before);
  return lineAfter(source, after, `${/^ *$/.test(column) ? column : ''}${entryText(entry)}`);
}

/** Whole lines below the one that holds `offset`. */
export function lineAfter(source: string, offset: number, lines: string): Splice {
  const eol = lineEnding(source);
  const at = nextLine(source, offset);
  const complete = at > 0 && source[at - 1] === '\n';
  return { start: at, end: at, text: complete ? `${lines}${eol}` : `${eol}${lines}` };
}

/** Gives an entry another value, and another key where `key` differs; the value keeps its quotes. */
export function replaceEntry(source: string, entry: Entry, key: string, text: string | null): Splice[] {
  const [keyStart = 0, keyEnd = 0] = entry.key.range ?? [];
  const oldKey = source.slice(keyStart, keyEnd);
  const newKey = { start: keyStart, end: keyEnd, text: scalarText(key, quotingOf(oldKey)) };
  const renamed = keyName(entry) === key ? [] : [newKey];
  const [start = keyEnd, end = keyEnd] = entry.value?.range ?? [];
  const old = source.slice(start, end);
  if (old === '') {
    const colon = source.indexOf(':', keyEnd) + 1;
    return [...renamed, { start: colon, end: colon, text: ` ${text === null ? 'null' : scalarText(text)}` }];
  }
  // A block scalar reaches over its line break.
  const lineBreak = isScalar(entry.value) ? (/\r?\n$/.exec(old)?.[0] ?? '') : '';
  const fresh = text === null ? 'null' : scalarText(text, quotingOf(old));
  return [...renamed, { start, end, text: `${fresh}${lineBreak}` }];
}

/** Takes entries out: in block style their lines, in flow style their text and a comma each. */
export function removeEntries(source: string, node: Node | null, gone: ReadonlySet<Entry>): Splice[] {
  const items = entriesOf(node);
  const isFlow = isMap(node) && node.flow === true;
  return items.flatMap((entry, index): Splice[] => {
    if (!gone.has(entry)) return [];
    const start = entry.key.range?.[0] ?? 0;
    const end = contentEnd(entry);
    if (!isFlow) return [{ start: lineStart(source, start), end: nextLine(source, end), text: '' }];
    const [previous, next] = [items[index - 1], items[index + 1]];
    const leads = items.slice(0, index).every((each) => gone.has(each));
    if (!leads && previous !== undefined) return [{ start: contentEnd(previous), end, text: '' }];
    return [{ start, end: next?.key.range?.[0] ?? end, text: '' }];
  });
}

/** Where an entry's content ends: before the comment and the line break that follow it. */
export function contentEnd({ key, value }: Entry): number {
  return value === null || value.range === undefined || value.range === null
    ? (key.range?.[1] ?? 0)
    : Math.max(key.range?.[1] ?? 0, nodeEnd(value));
}

function nodeEnd(node: Node): number {
  const end = node.range?.[1] ?? 0;
  if (isScalar(node)) return node.type?.startsWith('BLOCK') ? end - 1 : end;
  if (!isCollection(node) || node.flow === true) return end;
  const last = (node as YAMLMap<Node, Node | null>).items.at(-1) as Entry | Node | undefined;
  if (last === undefined) return end;
  return 'key' in last ? contentEnd(last) : nodeEnd(last);
}

export function entryText({ key, text }: NewEntry): string {
  return `${scalarText(key)}: ${text}`;
}
