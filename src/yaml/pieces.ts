/**
 * Reads a large file in pieces, each with the library and into plain data before the next: of a file in one piece, every
 * token and node is in memory at once, and half of the time goes into collecting them. Whatever is unusual or wrong in a
 * file makes this give up, so that such a file is read in one piece.
 */
import { isMap, isScalar, type LineCounter, type Node, type YAMLMap } from 'yaml';
import { cutSection, joinToPieces, pieceLength, type Span, spansOf } from './entries.ts';
import { firstLine, parseYaml } from './parse.ts';
import { buildTree, MapInPieces, type Pairs } from './positioned-data.ts';
import type { Tree } from './tree.ts';

/** The one section that grows with the number of partners. */
const section = 'partners';

/** Sees the pairs of the root, and in their turn those of the section, before they become data. */
export type Watch = (pairs: Pairs, of: 'root' | 'section') => Pairs;

/** The tree that the complete text gives; null where it must be read in one piece. */
export function treeInPieces(
  file: string,
  text: string,
  length = pieceLength,
  watch: Watch = (pairs) => pairs,
): Tree | null {
  const cut = text.length < 2 * length ? null : cutSection(text, section);
  const [first] = cut?.begins ?? [];
  if (cut === null || first === undefined) return null;
  const lines = firstLine();
  try {
    const head = mapIn(text, 0, first, lines);
    const last = head?.items.at(-1);
    if (head === null || last === undefined || !isScalar(last.key) || last.key.value !== section) return null;
    const start = first + text.slice(first).search(/[^ ]/);
    const entries = entriesIn(text, joinToPieces(spansOf(cut), length), lines);
    last.value = new MapInPieces(start, watch(entries, 'section'));
    const all = watch(pairsOf(head.items, text, cut.end, lines), 'root');
    return buildTree(file, new MapInPieces(head.range?.[0] ?? 0, all), lines, giveUp);
  } catch (error) {
    if (error === inOnePiece) return null;
    throw error;
  }
}

/** The entries of the pieces, each parsed when the one before has been used. */
function* entriesIn(text: string, pieces: Iterable<Span>, lines: LineCounter): Pairs {
  for (const { from, to } of pieces) yield* mapIn(text, from, to, lines)?.items ?? [];
}

/** Everything, in the order of the text: lines are counted as they are parsed. */
function* pairsOf(head: Pairs, text: string, end: number, lines: LineCounter): Pairs {
  yield* head;
  yield* mapIn(text, end, text.length, lines)?.items ?? [];
}

/** The map in block style that a piece of the text holds; null where it holds nothing. */
function mapIn(
  text: string,
  from: number,
  to: number,
  lines: LineCounter,
): YAMLMap<Node, Node | null> | null {
  const { contents, errors } = parseYaml(text.slice(from, to), from, lines).document;
  if (errors.length > 0) giveUp();
  if (contents === null || (isMap<Node, Node | null>(contents) && contents.flow !== true)) return contents;
  return giveUp();
}

const inOnePiece = new Error('This file must be read in one piece.');

/** Ends the reading in pieces. */
export function giveUp(): never {
  throw inOnePiece;
}
