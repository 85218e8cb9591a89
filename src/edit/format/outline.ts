/** A file's YAML as what is to be laid out: entries, and the comments and blank lines that belong to each. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { contentEnd, type Entry, keyName } from '../../yaml/map.ts';
import { scalarText } from '../../yaml/scalar.ts';
import { readGap } from '../../yaml/trivia.ts';
import { keyRanks, type Ranks } from '../key-order.ts';

export type Outline = Collection;

export type Collection = {
  readonly kind: 'map' | 'list';
  /** `&name ` or nothing. */
  readonly anchor: string;
  readonly flow: boolean;
  readonly entries: readonly OutlineEntry[];
  /** Comments below the last entry. */
  readonly tail: readonly string[];
};

export type OutlineEntry = {
  /** As it is written; null in a list. */
  readonly key: string | null;
  /** What it is called. */
  readonly name: string;
  /** The comments above; an empty one is a blank line. */
  readonly lead: readonly string[];
  /** The comment on the line. */
  readonly beside: string;
  /** A scalar or alias as it is written, or what lies below. */
  readonly value: string | Collection;
};

type Draft<T> = { -readonly [K in keyof T]: T[K] };
type DraftEntry = Omit<Draft<OutlineEntry>, 'lead' | 'value'> & {
  lead: string[];
  value: string | DraftCollection;
};
type DraftCollection = Omit<Draft<Collection>, 'entries' | 'tail'> & {
  entries: DraftEntry[];
  tail: string[];
  /** The column of its entries in the source. */
  column: number;
};

/** Reads a document's outline. `source` is the text that it was parsed from, with plain line feeds. */
export function outline(source: string, document: Document.Parsed): Outline {
  const walk = new Walk(source);
  const root = walk.collection(document.contents, 0);
  walk.gapBefore(source.length, null, -1, root.flow ? root : null);
  return root;
}

/** The outline with each map's entries in the schema's order; entries that have none there keep theirs. */
export function sorted(root: Outline, ranks: Ranks = keyRanks()): Outline {
  const [first, ...rest] = root.entries;
  if (first === undefined) return root;
  // The head of the file stays its head, whichever key it stood above.
  const bare = { ...root, entries: [{ ...first, lead: [] }, ...rest] };
  const inOrder = sortedMap(bare, ranks);
  const [top, ...others] = inOrder.entries;
  if (top === undefined) return root;
  return { ...inOrder, entries: [{ ...top, lead: [...first.lead, ...top.lead] }, ...others] };
}

function sortedMap(map: Collection, ranks: Ranks): Collection {
  const entries = map.entries.map((entry) =>
    typeof entry.value === 'string' || entry.value.kind === 'list'
      ? entry
      : { ...entry, value: sortedMap(entry.value, ranks.below(entry.name)) },
  );
  const ranked = entries.map((entry, index) => ({ entry, index, rank: ranks.rank(entry.name) }));
  ranked.sort((one, other) => one.rank - other.rank || one.index - other.index);
  return { ...map, entries: ranked.map(({ entry }) => entry) };
}

/** Goes through the source from top to bottom, and gives each comment to whom it is about. */
class Walk {
  private readonly source: string;
  /** Up to here everything has been taken. */
  private at = 0;
  /** Who gets a comment on the same line. */
  private last: DraftEntry | null = null;
  /** Collections that ended since the last entry: a comment indented like theirs is their tail. */
  private ended: DraftCollection[] = [];

  constructor(source: string) {
    this.source = source;
  }

  collection(node: Node | null, depth: number): DraftCollection {
    const isList = isSeq<Node>(node);
    const items = isList ? node.items : isMap<Node, Node | null>(node) ? node.items : [];
    const drafted: DraftCollection = {
      kind: isList ? 'list' : 'map',
      anchor: anchorOf(node),
      flow: (isMap(node) || isList) && node.flow === true,
      entries: [],
      tail: [],
      column: this.columnOf(node?.range?.[0] ?? 0),
    };
    for (const item of items) {
      drafted.entries.push(
        isList ? this.item(item as Node, drafted, depth) : this.entry(item as Entry, drafted, depth),
      );
    }
    if (drafted.flow) {
      const end = (node?.range?.[1] ?? 1) - 1;
      this.gapBefore(end, null, -1, drafted);
      this.at = end + 1;
    } else this.ended.push(drafted);
    return drafted;
  }

  private entry(pair: Entry, map: DraftCollection, depth: number): DraftEntry {
    const name = keyName(pair) ?? '';
    const [start = 0, end = 0] = pair.key.range ?? [];
    const entry: DraftEntry = {
      key: name === '<<' ? name : scalarText(name),
      name,
      lead: [],
      beside: '',
      value: '',
    };
    this.gapBefore(start, entry, map.column);
    this.at = end;
    this.last = entry;
    // What is free is nobody's to format.
    if (depth === 0 && name.startsWith('x-')) {
      const whole = contentEnd(pair);
      entry.value = this.source.slice(this.source.indexOf(':', end) + 1, whole).replace(/^ +/, '');
      this.at = whole;
    } else this.value(pair.value, entry, depth);
    return entry;
  }

  private item(node: Node, list: DraftCollection, depth: number): DraftEntry {
    const entry: DraftEntry = { key: null, name: '', lead: [], beside: '', value: '' };
    this.gapBefore(node.range?.[0] ?? this.at, entry, list.column);
    this.last = entry;
    this.value(node, entry, depth);
    return entry;
  }

  private value(node: Node | null, entry: DraftEntry, depth: number): void {
    if (isMap(node) || isSeq(node)) {
      if (node.flow === true) {
        this.gapBefore(node.range?.[0] ?? this.at, entry, Number.POSITIVE_INFINITY);
        this.at = (node.range?.[0] ?? this.at) + 1;
      }
      const below = this.collection(node, depth + 1);
      // In braces that hold nothing else, comments have no place once they are on one line.
      if (below.entries.length === 0) entry.lead.push(...below.tail.splice(0));
      entry.value = below;
      if (node.flow === true) this.last = entry;
      return;
    }
    const [start = this.at, end = this.at] = node?.range ?? [];
    this.gapBefore(start, entry, Number.POSITIVE_INFINITY);
    const written = this.source.slice(start, end);
    entry.value = leafText(node, written);
    if (!isScalar(node) || !node.type?.startsWith('BLOCK')) {
      this.at = end;
      return;
    }
    // A block scalar may have a comment in its first line, and reaches over its last line break.
    const header = readGap(written.slice(1, written.indexOf('\n')), false).beside;
    if (header !== '') entry.beside = `${entry.beside} ${header}`.trim();
    this.at = end - 1;
  }

  /**
   * Takes the text up to `end`, which holds nothing but indicators, blank lines and comments. The comments go to the
   * line they stand on, to the collection `inside` or one that has just ended, or above `next`, whose column is given.
   */
  gapBefore(
    end: number,
    next: DraftEntry | null,
    column: number,
    inside: DraftCollection | null = null,
  ): void {
    const { beside, comments, blankBelow } = readGap(this.source.slice(this.at, end), this.at === 0);
    if (this.last !== null && beside !== '') this.last.beside = `${this.last.beside} ${beside}`.trim();
    for (const { text, indent, apart } of comments) {
      const taker = (inside ?? this.endedAt(indent, column))?.tail ?? next?.lead ?? [];
      taker.push(...(apart ? ['', text] : [text]));
    }
    if (blankBelow) next?.lead.push('');
    this.ended = [];
    this.at = end;
  }

  /** The innermost collection that has just ended and is indented no further than a comment which stands deeper than what follows. */
  private endedAt(indent: number, column: number): DraftCollection | null {
    const at = indent > column ? this.ended.findIndex((each) => each.column <= indent) : -1;
    // Once a comment stands further out, those below it aren't about what is further in.
    this.ended = at === -1 ? [] : this.ended.slice(at);
    return this.ended[0] ?? null;
  }

  private columnOf(offset: number): number {
    return offset - (this.source.lastIndexOf('\n', offset - 1) + 1);
  }
}

function leafText(node: Node | null, written: string): string {
  if (isAlias(node)) return written;
  const value = isScalar(node) ? node.value : null;
  const text = value === null ? 'null' : typeof value === 'string' ? scalarText(value) : written;
  return `${anchorOf(node)}${text}`;
}

function anchorOf(node: Node | null): string {
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  return anchor === undefined ? '' : `&${anchor} `;
}
