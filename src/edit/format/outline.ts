/** A file's YAML as what is to be laid out: entries, and the comments and blank lines that belong to each. */
import { keyRanks, type Ranks } from '../key-order.ts';

/** What a file consists of, from top to bottom. */
export type Outline = {
  /** Directives and comments up to the line `---`; empty where a file has no such line. */
  readonly start: readonly string[];
  readonly root: Collection;
  /** The line `...`, where a file ends with one. */
  readonly end: readonly string[];
};

export type Collection = {
  readonly kind: 'map' | 'list';
  /** Its anchor and tag as written, with a space after each. */
  readonly properties: string;
  /** Comments between the properties and the first entry. */
  readonly below: readonly string[];
  /** How it is written: with indentation, in braces on the line of its key, or in braces over several lines. */
  readonly style: 'block' | 'line' | 'lines';
  readonly entries: readonly OutlineEntry[];
  /** Comments below the last entry. */
  readonly tail: readonly string[];
};

/** A scalar or an alias. */
export type Leaf = {
  readonly kind: 'leaf';
  readonly properties: string;
  readonly below: readonly string[];
  /** As it is to be written, line by line; no line where there is no value. */
  readonly lines: readonly string[];
};

/** A literal or folded text. */
export type BlockText = {
  readonly kind: 'text';
  /** The properties, the indicators and the comment of its first line. */
  readonly header: string;
  /**
   * How many spaces its lines are indented below its key: 2, or what its header says. Null where they are as they were:
   * what has no place in an outline is left as it is.
   */
  readonly indent: number | null;
  readonly lines: readonly string[];
};

export type OutlineEntry = {
  /** As it is written; null in a list. */
  readonly key: string | null;
  /** What it is called. */
  readonly name: string;
  /** The comments above; an empty one is a blank line. */
  readonly lead: readonly string[];
  /** The comment after the colon of a value that begins on a later line. */
  readonly aside: string;
  /** Comments between the key and a value that begins on a later line. */
  readonly over: readonly string[];
  readonly value: Leaf | BlockText | Collection;
  /** The comment after the value. */
  readonly sameLine: string;
  /** Comments below a value on a line of its own, indented like it. */
  readonly under: readonly string[];
};

/** The outline with each map's entries in the schema's order; entries that have none there keep theirs. */
export function sorted(outline: Outline, ranks: Ranks = keyRanks()): Outline {
  const { root } = outline;
  const [first, ...rest] = root.entries;
  if (first === undefined) return outline;
  // The head of the file stays its head, whichever key it is above.
  const { head, own } = splitLead(first.lead);
  const bare = { ...root, entries: [{ ...first, lead: own }, ...rest] };
  const inOrder = sortedMap(bare, ranks);
  const [top, ...others] = inOrder.entries;
  if (top === undefined) return outline;
  return { ...outline, root: { ...inOrder, entries: [{ ...top, lead: [...head, ...top.lead] }, ...others] } };
}

/** Comments that a blank line parts from those above the first key are about the file; without one, all are. */
function splitLead(lead: readonly string[]): { head: readonly string[]; own: readonly string[] } {
  const blank = lead.lastIndexOf('');
  return blank <= 0
    ? { head: lead, own: [] }
    : { head: lead.slice(0, blank + 1), own: lead.slice(blank + 1) };
}

function sortedMap(map: Collection, ranks: Ranks): Collection {
  const entries = map.entries.map((entry) =>
    entry.value.kind === 'map' && ranks.isKnown(entry.name)
      ? { ...entry, value: sortedMap(entry.value, ranks.below(entry.name)) }
      : entry,
  );
  const ranked = entries.map((entry, index) => ({ entry, index, rank: ranks.rank(entry.name) }));
  ranked.sort((one, other) => one.rank - other.rank || one.index - other.index);
  return { ...map, entries: ranked.map(({ entry }) => entry) };
}
