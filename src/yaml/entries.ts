/**
 * A large section of a YAML text, cut into the texts of its entries without parsing it: so that what two versions of a
 * file have in common is parsed once. Only block style as people and this tool write it is cut; whatever looks unusual
 * isn't, and the caller parses the complete text. A cut through a value that spans lines gives pieces that don't parse,
 * so that a wrong cut is noticed.
 */

export type CutSection = {
  /** The text without the section. */
  readonly rest: string;
  /** The text of each entry: its lines from its key on, indented as they were. */
  readonly entries: readonly string[];
  /** The offset of the line with which each entry begins. */
  readonly begins: readonly number[];
  /** The offset of the first line below the section. */
  readonly end: number;
};

/** Cuts the top-level section of that name; null where that can't be done safely. */
export function cutSection(text: string, section: string): CutSection | null {
  // Documents and directives change what the lines after them are; a byte order mark is dropped where a text begins.
  const body = text.slice(documentStart.exec(text)?.[0].length ?? 0);
  if (/^(?:---|\.\.\.|%)/m.test(body) || /\r(?!\n)|\uFEFF/.test(text)) return null;
  const start = sectionStart(text, section);
  if (start === null) return null;
  const begins: number[] = [];
  let indent = 0;
  let at = nextLine(text, start);
  for (; at < text.length; at = nextLine(text, at)) {
    let first = at;
    while (text.charCodeAt(first) === space) first++;
    const code = text.charCodeAt(first);
    if (code === lineFeed || code === carriageReturn || code === hash || first >= text.length) continue;
    if (code === tab) return null;
    const column = first - at;
    if (column === 0) break;
    if (indent === 0) indent = column;
    if (column < indent) return null;
    if (column > indent) continue;
    if (!beginsKey(code)) return null;
    begins.push(at);
  }
  const entries = begins.map((begin, index) => text.slice(begin, begins[index + 1] ?? at));
  return { rest: text.slice(0, start) + text.slice(at), entries, begins, end: at };
}

/** From one offset up to another. */
export type Span = { readonly from: number; readonly to: number };

/** In characters: some twenty partners. Of larger pieces, more of what is parsed outlives the first collection of garbage. */
export const pieceLength = 2000;

/** Joins entries that follow one another to pieces, each complete as soon as it has that length. The entries ascend. */
export function* joinToPieces(entries: Iterable<Span>, length = pieceLength): Generator<Span> {
  let piece: Span | null = null;
  for (const { from, to } of entries) {
    if (piece !== null && piece.to === from && piece.to - piece.from < length)
      piece = { from: piece.from, to };
    else {
      if (piece !== null) yield piece;
      piece = { from, to };
    }
  }
  if (piece !== null) yield piece;
}

/** Where each entry is, the comments below it included. */
export function spansOf({ begins, end }: CutSection): Span[] {
  return begins.map((from, at) => ({ from, to: begins[at + 1] ?? end }));
}

/** The number of the line that begins at each offset; the offsets ascend. */
export function lineNumbers(text: string, offsets: readonly number[]): number[] {
  let [line, at] = [1, 0];
  return offsets.map((offset) => {
    for (; at < offset; line++) at = text.indexOf('\n', at) + 1 || offset;
    return line;
  });
}

/** The dashes that many files begin with. */
const documentStart = /^(?: *(?:#.*)?\r?\n)*--- *\r?\n/;

const space = 32;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const hash = 35;

/** Where the line `section:` begins, which must be there once and hold nothing else. */
function sectionStart(text: string, section: string): number | null {
  const heads = [...text.matchAll(new RegExp(`^${section}:.*$`, 'gm'))];
  const [head] = heads;
  if (head === undefined || heads.length > 1 || !/^\w+: *(?:#.*)?\r?$/.test(head[0])) return null;
  return head.index;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** A letter, a digit or a quote; everything else may begin something other than a key with a plain value. */
function beginsKey(code: number): boolean {
  const isDigit = code >= 48 && code <= 57;
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return isDigit || isLetter || code === 34 || code === 39;
}
