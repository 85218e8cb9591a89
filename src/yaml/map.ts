/** Changes of one YAML map in its source text: everything around what changes stays as it is, to the byte. */

import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Json } from '../json.ts';
import type { NewEntry } from './item.ts';
import { inlineText, quotingOf, scalarText } from './scalar.ts';
import { lineStart, nextLine, type Splice } from './splice.ts';
import { commentsIn } from './trivia.ts';

export type Entry = Pair<Node, Node | null>;

/** Where a map is: under a key that ends at `keyEnd`. */
export type Holder = { readonly value: Node | null; readonly keyEnd: number };

export function holderOf({ key, value }: Entry): Holder {
  return { value, keyEnd: key.range?.[1] ?? 0 };
}

/** What a key is called; aliases and collections as keys have no name. */
export function keyName({ key }: Entry): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? null);
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
  if (items.length === 0) return [intoEmpty(source, value, ` ${listed.join(', ')} `)];
  return inOrder.map((entry): Splice => {
    const before = items.filter((item) => rank(keyName(item) ?? '') <= rank(entry.key)).at(-1);
    return value.flow === true
      ? insertInFlow(items, before, entry)
      : insertInBlock(source, holder, items, before, entry);
  });
}

/** Fills `{}` or `[]`; a comment in it stays after what is new. */
export function intoEmpty(source: string, { range }: Node, text: string): Splice {
  const [start = 0, end = 0] = range ?? [];
  const isBare = source.slice(start + 1, end - 1).trim() === '';
  return { start: start + 1, end: isBare ? end - 1 : start + 1, text: isBare ? text : text.trimEnd() };
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
  const margin = source.slice(lineStart(source, firstKey), firstKey);
  const indent = ' '.repeat(margin.length);
  if (before !== undefined) return lineAfter(source, contentEnd(before), `${indent}${entryText(entry)}`);
  // `: name: Acme` after an explicit key begins on the line of the map's first key.
  if (margin.trim() !== '') {
    const text = `${entryText(entry)}\n${indent}`;
    return { start: firstKey, end: firstKey, text };
  }
  // Above the comments of the first key: they are about that key.
  return lineAfter(source, holder.keyEnd, `${indent}${entryText(entry)}`);
}

/** Whole lines below the one that holds `offset`. */
export function lineAfter(source: string, offset: number, lines: string): Splice {
  const at = nextLine(source, offset);
  const complete = at > 0 && source[at - 1] === '\n';
  return { start: at, end: at, text: complete ? `${lines}\n` : `\n${lines}` };
}

/** Gives an entry another value, and another key where `key` differs; text keeps its quotes, a list its style and comments. */
export function replaceEntry(source: string, entry: Entry, key: string, value: Json): Splice[] {
  const [keyStart = 0, keyEnd = 0] = entry.key.range ?? [];
  const oldKey = source.slice(keyStart, keyEnd);
  const newKey = { start: keyStart, end: keyEnd, text: scalarText(key, quotingOf(oldKey)) };
  const renamed = keyName(entry) === key ? [] : [newKey];
  return [...renamed, ...replaceValue(source, entry, value)];
}

function replaceValue(source: string, entry: Entry, value: Json): Splice[] {
  const [, keyEnd = 0] = entry.key.range ?? [];
  const [start = keyEnd, end = keyEnd] = entry.value?.range ?? [];
  const old = source.slice(start, end);
  if (old === '') {
    const at = emptyValueAt(source, entry);
    return [{ start: at, end: at, text: ` ${inlineText(value)}` }];
  }
  if (isSeq<Node>(entry.value)) {
    if (entry.value.flow !== true) return replaceItems(source, entry, entry.value.items, value);
    const kept = commentsIn(old).map((comment) => ` ${comment}\n`);
    return [{ start, end, text: `${inlineText(value)}${kept.join('')}` }];
  }
  // A block scalar reaches over its line break, and may have a comment in its first line.
  const isBlock = isScalar(entry.value) && entry.value.type?.startsWith('BLOCK');
  const comment = isBlock ? (/^[|>][^\n]*?(\s#[^\n]*?)\r?\n/.exec(old)?.[1] ?? '') : '';
  const lineBreak = isBlock && old.endsWith('\n') ? '\n' : '';
  return [{ start, end, text: `${inlineText(value, quotingOf(old))}${comment}${lineBreak}` }];
}

/** A list in block style: what goes loses its line, what comes gets one at the end. */
function replaceItems(source: string, entry: Entry, items: readonly Node[], value: Json): Splice[] {
  const wanted = (Array.isArray(value) ? value : []).map((each: Json) => inlineText(each));
  const had = items.map((item) => (isScalar(item) ? inlineText(String(item.value)) : ''));
  const removed = items.flatMap((item, index): Splice[] => {
    if (wanted.includes(had[index] ?? '')) return [];
    const [start = 0, end = 0] = item.range ?? [];
    const [from, to] = [lineStart(source, start), nextLine(source, end)];
    const indent = /^ */.exec(source.slice(from, start))?.[0] ?? '';
    const kept = commentsIn(source.slice(from, to)).map((each) => `${indent}${each}\n`);
    return [{ start: from, end: to, text: kept.join('') }];
  });
  if (wanted.length === 0) {
    const at = emptyValueAt(source, entry);
    return [{ start: at, end: at, text: ` ${inlineText(value)}` }, ...removed];
  }
  const [first = 0] = items[0]?.range ?? [];
  const margin = source.slice(lineStart(source, first), first);
  const added = wanted.filter((each) => !had.includes(each)).map((each) => `${margin}${each}`);
  if (added.length === 0) return removed;
  return [...removed, lineAfter(source, contentEnd(entry), added.join('\n'))];
}

/** Where a value goes that isn't there yet: after the colon, and after an anchor that is there. */
function emptyValueAt(source: string, { key, value }: Entry): number {
  const colon = source.indexOf(':', key.range?.[1] ?? 0) + 1;
  const anchor = (isScalar(value) || isSeq(value)) && value.anchor !== undefined ? `&${value.anchor}` : '';
  return anchor === '' ? colon : source.indexOf(anchor, colon) + anchor.length;
}

/** Takes entries out, in block style their lines, in flow style their text and a comma each; comments stay. */
export function removeEntries(source: string, node: Node | null, gone: ReadonlySet<Entry>): Splice[] {
  const items = entriesOf(node);
  const isFlow = isMap(node) && node.flow === true;
  return items.flatMap((entry, index): Splice[] => {
    if (!gone.has(entry)) return [];
    const start = entry.key.range?.[0] ?? 0;
    const end = contentEnd(entry);
    if (!isFlow) {
      const [from, to] = [lineStart(source, start), nextLine(source, end)];
      const indent = /^ */.exec(source.slice(from, start))?.[0] ?? '';
      const kept = commentsIn(source.slice(from, to)).map((comment) => `${indent}${comment}\n`);
      return [{ start: from, end: to, text: kept.join('') }];
    }
    const [previous, next] = [items[index - 1], items[index + 1]];
    const leads = items.slice(0, index).every((each) => gone.has(each));
    const [from, to] =
      !leads && previous !== undefined ? [contentEnd(previous), end] : [start, next?.key.range?.[0] ?? end];
    const kept = commentsIn(source.slice(from, to)).map((comment) => ` ${comment}\n`);
    return [{ start: from, end: to, text: kept.join('') }];
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
