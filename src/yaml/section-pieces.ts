/** A section of a text as maps of its entries: all of it, or only the pieces that hold some of them, which is faster to parse. */
import type { Node } from 'yaml';
import { cutSection, lineNumbers } from './entries.ts';
import { entryNamed } from './map.ts';
import { parseYaml } from './parse.ts';

/** A map of entries in a piece of the text, which begins at `offset`: the offsets of its nodes are those in the piece. */
export type SectionPiece = { readonly map: Node | null; readonly piece: string; readonly offset: number };

/** In characters: some twenty partners. What is parsed of a piece is garbage before the next is parsed. */
const usualLength = 2000;

export function wholeSection(text: string, section: string): SectionPiece {
  const map = entryNamed(parseYaml(text).document.contents, section)?.value ?? null;
  return { map, piece: text, offset: 0 };
}

/** The pieces with the entries that begin on these lines; none where the section can't be cut. */
export function* sectionPieces(
  text: string,
  section: string,
  lines: ReadonlySet<number>,
): Generator<SectionPiece> {
  const cut = cutSection(text, section);
  if (cut === null) return;
  const numbers = lineNumbers(text, cut.begins);
  let piece = { from: 0, to: 0 };
  for (const [at, from] of cut.begins.entries()) {
    if (!lines.has(numbers[at] ?? 0)) continue;
    const to = cut.begins[at + 1] ?? cut.end;
    if (from === piece.to && to - piece.from < usualLength) piece.to = to;
    else {
      yield* parsed(text, piece);
      piece = { from, to };
    }
  }
  yield* parsed(text, piece);
}

function* parsed(text: string, { from, to }: { from: number; to: number }): Generator<SectionPiece> {
  const piece = text.slice(from, to);
  const { contents, errors } = parseYaml(piece).document;
  if (contents !== null && errors.length === 0) yield { map: contents, piece, offset: from };
}
