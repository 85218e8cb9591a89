/** What of a file an edit has changed, found without reading it: the entries of partners whose text is another. */
import type { SourceFile } from '../files/read.ts';
import { type CutSection, cutSection, lineNumbers } from '../yaml/entries.ts';
import { withoutMark } from '../yaml/parse.ts';

/** What of a file must be read again, and what needn't be. */
export type ChangedPart = {
  readonly source: SourceFile;
  /** The lines that entries begin on, in order; null where all of the file is read. */
  readonly entries: readonly number[] | null;
  /** Of the entries that aren't read, the line of each and the line that it was on before. */
  readonly kept: ReadonlyMap<number, number>;
  /** The line in the file of a line of what is read, and of a line of the file before; null where it is gone. */
  readonly fromRead: LineMap;
  readonly fromBefore: LineMap;
};

/** Through an anchor or an alias, text speaks for other entries. Names that only look so are no harm. */
const mayBeShared = /(?:^|[\s[{,:])[&*]\S/;

/** Null where what the file says to all partners may have changed: its catalog, its defaults, its settings. */
export function changedPart(before: string, { path, text: complete }: SourceFile): ChangedPart | null {
  const [old, text] = [withoutMark(before), withoutMark(complete)];
  const [was, is] = [cutSection(old, 'partners'), cutSection(text, 'partners')];
  if (was === null || is === null || mayBeShared.test(text) || mayBeShared.test(old)) {
    const same: LineMap = (line) => line;
    const source = { path, text };
    return old === text ? { source, entries: null, kept: new Map(), fromRead: same, fromBefore: same } : null;
  }
  if (!isSameAround(old, was, text, is)) return null;
  const oldLines = lineNumbers(old, [...was.begins, was.end]);
  const lines = lineNumbers(text, [...is.begins, is.end]);
  const places = new Map(was.entries.map((entry, at) => [entry, at]));
  const kept = new Map<number, number>();
  const [reads, moves]: [Move[], Move[]] = [[], oldLines.map((from) => ({ from, to: null }))];
  let read = text.slice(0, is.begins[0]);
  let [readTo = 1] = lines;
  for (const [at, entry] of is.entries.entries()) {
    const [line = 0, next = 0] = lines.slice(at, at + 2);
    const place = places.get(entry);
    const from = place === undefined ? undefined : oldLines[place];
    if (place === undefined || from === undefined) {
      reads.push({ from: readTo, to: line });
      read += entry;
      readTo += next - line;
    } else {
      moves[place] = { from, to: line };
      kept.set(line, from);
    }
  }
  const [oldEnd = 0, end = 0] = [oldLines.at(-1), lines.at(-1)];
  // A section without entries is no map.
  if (reads.length === 0) read = read.replace(/^partners:/m, '#');
  return {
    source: { path, text: read + text.slice(is.end) },
    entries: lines.slice(0, -1),
    kept,
    fromRead: lineMap([...reads, { from: readTo, to: end }]),
    fromBefore: lineMap([...moves.slice(0, -1), { from: oldEnd, to: end }]),
  };
}

/** Whether what is above and below the entries is the same text. */
function isSameAround(old: string, was: CutSection, text: string, is: CutSection): boolean {
  const [oldFirst, first] = [was.begins[0], is.begins[0]];
  if (oldFirst === undefined || first === undefined) return false;
  return old.slice(0, oldFirst) === text.slice(0, first) && old.slice(was.end) === text.slice(is.end);
}

export type LineMap = (line: number) => number | null;

/** From this line on, the lines are those from `to` on, or gone. */
type Move = { readonly from: number; readonly to: number | null };

/** Lines above the first move stay where they are. The moves ascend. */
function lineMap(moves: readonly Move[]): LineMap {
  return (line) => {
    let [low, high] = [0, moves.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((moves[middle]?.from ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    const move = moves[low - 1];
    if (move === undefined) return line;
    return move.to === null ? null : move.to + line - move.from;
  };
}
