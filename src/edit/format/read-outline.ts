/** Reads the outline of a file: goes through its text once, and gives each comment to what it is about. */
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { contentEnd, type Entry, keyName } from '../../yaml/map.ts';
import { giveUp, treeInPieces } from '../../yaml/pieces.ts';
import type { Pairs } from '../../yaml/positioned-data.ts';
import { scalarText } from '../../yaml/scalar.ts';
import type { Tree } from '../../yaml/tree.ts';
import { type Gap, readGap } from '../../yaml/trivia.ts';
import { addAbove, type DraftCollection, type DraftEntry, emptyEntry, emptyMap } from './draft.ts';
import type { Collection } from './outline.ts';
import { propertiesIn, readBlockText, scalarLines } from './scalars.ts';

/** Where an entry is: in which column its map or list has its entries, and whether that is in braces. */
type Place = { readonly column: number; readonly inFlow: boolean; readonly isRoot: boolean };

/** Reads the root of a document: the source from `from` up to `to` holds it, with plain line feeds. */
export function readOutline(source: string, contents: Node | null, from: number, to: number): Collection {
  return new Walk(source, from).root(contents, to);
}

/** The same and the data, from one parse of a large file in pieces; null where it must be read in one piece. */
export function readInPieces(
  file: string,
  source: string,
  from: number,
  to: number,
  length?: number,
): { readonly root: Collection; readonly tree: Tree } | null {
  const walk = new Walk(source, from);
  const root = emptyMap();
  const tree = treeInPieces(file, source, length, (pairs, of) =>
    of === 'root' ? walk.rootPairs(root, pairs) : walk.sectionPairs(root, pairs),
  );
  if (tree === null) return null;
  walk.end(root, to);
  return { root, tree };
}

class Walk {
  private readonly source: string;
  private readonly from: number;
  /** Up to here everything has been taken. */
  private at: number;
  /** Takes a comment on the line that `at` is in. */
  private takeSameLine: (comment: string) => void = () => undefined;
  /** Collections that ended since the last entry: a comment indented like their entries is their tail. */
  private ended: { readonly collection: DraftCollection; readonly column: number }[] = [];
  /** A value on a line of its own that has just ended: comments further in than `column` are about it. */
  private hanging: { readonly entry: DraftEntry; readonly column: number } | null = null;

  constructor(source: string, from: number) {
    this.source = source;
    this.from = from;
    this.at = from;
  }

  root(contents: Node | null, to: number): Collection {
    const holder = emptyEntry(null, '');
    const root = this.collection(contents, holder, { column: -1, inFlow: false, isRoot: true }, true);
    const first = root.entries[0];
    first?.lead.unshift(
      ...holder.lead,
      ...[holder.aside].filter((comment) => comment !== ''),
      ...holder.over,
    );
    this.takeGap(to, root.tail, -1);
    return root;
  }

  *rootPairs(root: DraftCollection, pairs: Pairs): Pairs {
    for (const pair of pairs) {
      root.entries.push(this.entry(pair, { column: 0, inFlow: false, isRoot: true }));
      yield pair;
    }
  }

  /** The pairs of the section whose key has just been read. */
  *sectionPairs(root: DraftCollection, pairs: Pairs): Pairs {
    const section = root.entries.at(-1)?.value;
    if (section?.kind !== 'map') return giveUp();
    const column = this.ended[0]?.column ?? 0;
    this.ended = [];
    for (const pair of pairs) {
      if (!isNamed(pair) || !this.isModelled(pair.value)) giveUp();
      section.entries.push(this.entry(pair, { column, inFlow: false, isRoot: false }));
      yield pair;
    }
    this.ended.push({ collection: section, column });
  }

  /** Takes what is below the last pair of the root. */
  end(root: DraftCollection, to: number): void {
    this.ended.push({ collection: root, column: 0 });
    this.takeGap(to, root.tail, -1);
  }

  private collection(node: Node | null, holder: DraftEntry, place: Place, isRoot = false): DraftCollection {
    const isList = isSeq<Node>(node);
    const items = isList || isMap<Node, Node | null>(node) ? node.items : [];
    const [start = this.at, end = this.at] = node?.range ?? [];
    const isFlow = (isMap(node) || isList) && node.flow === true;
    const between = this.source.slice(this.at, start);
    const { text: properties } = propertiesIn(between);
    const below = isFlow || properties !== '' ? this.beforeValue(start, holder, place.inFlow) : [];
    const collection: DraftCollection = {
      kind: isList ? 'list' : 'map',
      properties,
      below,
      style: 'block',
      entries: [],
      tail: [],
    };
    if (!isFlow && properties !== '') {
      // Prettier puts all comments above the first entry after the anchor.
      collection.below = [holder.aside, ...holder.over.splice(0), ...below].filter(
        (each, at) => at > 0 || each !== '',
      );
      holder.aside = '';
    }
    if (isFlow) {
      const isOnKeyLine = holder.key === null || !between.includes('\n');
      collection.style = isOnKeyLine && !this.source.slice(start, end).includes('\n') ? 'line' : 'lines';
      this.at = start + 1;
      this.takeSameLine = (comment) => addAbove(holder, [comment], place.inFlow);
    }
    const inside = { column: this.columnOf(start), inFlow: isFlow || place.inFlow, isRoot };
    for (const item of items)
      collection.entries.push(isList ? this.item(item as Node, inside) : this.entry(item as Entry, inside));
    if (isFlow) {
      this.takeGap(end - 1, collection.tail, Number.POSITIVE_INFINITY);
      this.at = end;
      if (collection.entries.length === 0) holder.lead.push(...collection.tail.splice(0));
      this.afterValue(holder);
    } else this.ended.push({ collection, column: inside.column });
    return collection;
  }

  private entry(pair: Entry, place: Place): DraftEntry {
    const [start = 0, end = 0] = pair.key.range ?? [];
    const entry = emptyEntry(this.keyText(pair), keyName(pair) ?? '');
    this.takeGap(this.tokenBefore(start), entry.lead, place.inFlow ? Number.POSITIVE_INFINITY : place.column);
    this.at = end;
    this.takeSameLine = (comment) => addAbove(entry, [comment], place.inFlow);
    if (place.isRoot && !this.isModelled(pair.value)) {
      const whole = contentEnd(pair);
      const raw = this.source.slice(this.source.indexOf(':', end) + 1, whole);
      const [header = '', ...lines] = raw.split('\n');
      entry.value = { kind: 'text', header: header.trim(), indent: null, lines };
      this.at = whole;
      this.afterValue(entry);
    } else this.value(pair.value, entry, place);
    return entry;
  }

  private item(node: Node, place: Place): DraftEntry {
    const entry = emptyEntry(null, '');
    const start = this.tokenBefore(node.range?.[0] ?? this.at);
    this.takeGap(start, entry.lead, place.inFlow ? Number.POSITIVE_INFINITY : place.column);
    // In a block list, the entry begins with its dash.
    this.at = place.inFlow ? start : start + 1;
    this.takeSameLine = (comment) => addAbove(entry, [comment], place.inFlow);
    this.value(node, entry, place);
    return entry;
  }

  private value(node: Node | null, entry: DraftEntry, place: Place): void {
    const keyEnd = this.at;
    const [start = this.at, end = this.at] = node?.range ?? [];
    const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
    if (isMap(node) || isSeq(node)) {
      entry.value = this.collection(node, entry, place);
      if (!isFlow) return;
    } else if (isScalar(node) && node.type?.startsWith('BLOCK')) {
      const { text: properties } = propertiesIn(this.source.slice(this.at, start));
      this.beforeValue(start, entry, true);
      // Its first line has no place for them.
      if (entry.aside !== '') entry.lead.push(entry.aside);
      entry.aside = '';
      const { text, length } = readBlockText(this.source.slice(start, end), place.column);
      entry.value = { ...text, header: `${properties}${text.header}` };
      this.at = start + length;
      return;
    } else {
      const { text: properties } = propertiesIn(this.source.slice(this.at, start));
      const isEmpty = start === end;
      const below = isEmpty && properties === '' ? [] : this.beforeValue(start, entry, place.inFlow);
      const lines = scalarLines(node, this.source.slice(start, end), place.inFlow);
      entry.value = { kind: 'leaf', properties, below: isEmpty ? [] : below, lines };
      this.at = isEmpty ? keyEnd + this.source.slice(keyEnd, start).trimEnd().length : end;
      this.afterValue(entry);
      if (isEmpty) {
        entry.sameLine = below.shift() ?? '';
        this.hanging = place.inFlow ? null : { entry, column: place.column };
      }
    }
    const isEmptyFlow = (isMap(node) || isSeq(node)) && node.items.length === 0;
    const isApart = entry.key === null || isEmptyFlow || this.source.slice(keyEnd, start).includes('\n');
    if (isApart && !place.inFlow) this.hanging = { entry, column: place.column };
  }

  /** Takes what is between a key and its value, which begins at `start`; gives the comments below its properties. */
  private beforeValue(start: number, entry: DraftEntry, inFlow: boolean): string[] {
    const gap = this.source.slice(this.at, start);
    const properties = propertiesIn(gap);
    const above = readGap(gap.slice(0, properties.start), this.at === this.from);
    if (above.sameLine !== '') this.takeSameLine(above.sameLine);
    addAbove(entry, commentLines(above), inFlow, true);
    this.at = start;
    if (properties.text === '') return [];
    const below = readGap(gap.slice(properties.end), false);
    const comments = [below.sameLine, ...commentLines(below)].filter((each, at) => at > 0 || each !== '');
    if (below.blankBelow && below.sameLine !== '' && comments.length === 1) comments.push('');
    if (!inFlow) return comments;
    entry.lead.push(...comments);
    return [];
  }

  private afterValue(entry: DraftEntry): void {
    this.takeSameLine = (comment) => {
      entry.sameLine = `${entry.sameLine} ${comment}`.trim();
    };
  }

  /**
   * Takes the text up to `end`, which holds nothing but indicators, blank lines and comments. The comments go to the
   * line they are on, to a value or a collection that has just ended, or to `next`, what is in `column` from there on.
   */
  private takeGap(end: number, next: string[], column: number): void {
    const gap = readGap(this.source.slice(this.at, end), this.at === this.from);
    if (gap.sameLine !== '') this.takeSameLine(gap.sameLine);
    let item: { readonly list: string[]; readonly dash: number } | null = null;
    for (const { text, indent, apart } of gap.comments) {
      if (apart || (item !== null && textColumn(text, indent) <= item.dash)) item = null;
      const taker: string[] = item?.list ?? this.takerOf(text, indent, column) ?? next;
      const dash = dashColumn(text, indent);
      if (dash !== null && taker !== next) item = { list: taker, dash };
      taker.push(...(apart ? ['', text] : [text]));
    }
    if (gap.blankBelow) next.push('');
    this.ended = [];
    this.hanging = null;
    this.at = end;
  }

  /** What has just ended and is indented no further than a comment which is further in than what follows in `column`. */
  private takerOf(text: string, indent: number, column: number): string[] | null {
    if (this.hanging !== null && indent > this.hanging.column) return this.hanging.entry.under;
    this.hanging = null;
    const at = this.ended.findIndex(
      (each) =>
        each.column <= indent &&
        // A list may be indented no further than what follows: there, a comment that is an item tells it.
        (indent > column || (each.collection.kind === 'list' && dashColumn(text, indent) !== null)),
    );
    // Once a comment is further out, those below it aren't about what is further in.
    this.ended = at === -1 ? [] : this.ended.slice(at);
    return this.ended[0]?.collection.tail ?? null;
  }

  /** Where the first thing begins that is neither blank, comment, colon nor comma, up to `end`. */
  private tokenBefore(end: number): number {
    const token = /^(?:[\s:,]+|#[^\n]*)*/.exec(this.source.slice(this.at, end))?.[0].length ?? 0;
    return this.at + token;
  }

  private columnOf(offset: number): number {
    return offset - (this.source.lastIndexOf('\n', offset - 1) + 1);
  }

  /** Whether an outline can hold it: each key is a scalar, and each pair of a list has braces. */
  private isModelled(node: Node | null): boolean {
    if (isSeq<Node>(node)) return node.items.every((item) => this.isModelled(item));
    if (!isMap<Node, Node | null>(node)) return true;
    const opensAsFlow = node.flow !== true || this.source[node.range?.[0] ?? 0] === '{';
    return opensAsFlow && node.items.every((pair) => isNamed(pair) && this.isModelled(pair.value));
  }

  private keyText(pair: Entry): string {
    const { key } = pair;
    const name = keyName(pair) ?? '';
    const anchor = isScalar(key) && key.anchor !== undefined ? `&${key.anchor} ` : '';
    const isText = isScalar(key) && typeof key.value === 'string' && name !== '<<';
    const [start = 0, end = 0] = key.range ?? [];
    return isText ? `${anchor}${scalarText(name)}` : `${anchor}${this.source.slice(start, end)}`;
  }
}

function commentLines({ comments, blankBelow }: Gap): string[] {
  const lines = comments.flatMap(({ text, apart }) => (apart ? ['', text] : [text]));
  return blankBelow && lines.length > 0 ? [...lines, ''] : lines;
}

/** Where the dash is in a list item that is commented out. */
function dashColumn(comment: string, indent: number): number | null {
  const before = /^#+\s*(?=-(\s|$))/.exec(comment)?.[0];
  return before === undefined ? null : indent + before.length;
}

function textColumn(comment: string, indent: number): number {
  return indent + (/^#+\s*/.exec(comment)?.[0].length ?? 0);
}

/** Whether a key is written, and on one line. */
function isNamed({ key }: Entry): boolean {
  const [start = 0, end = 0] = key?.range ?? [];
  return !isMap(key) && !isSeq(key) && end > start;
}
