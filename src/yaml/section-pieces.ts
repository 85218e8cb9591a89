/** A section of a text as maps of its entries: all of it, or only pieces that hold some of them, which are parsed sooner. */
import type { Node } from 'yaml';
import { cutSection, lineNumbers } from './entries.ts';
import { entryNamed } from './map.ts';
import { parseYaml } from './parse.ts';

/** In characters: some twenty partners. Of larger pieces, more of what is parsed outlives the first collection of garbage. */
export const pieceLength = 2000;

export function wholeSection(text: string, section: string): Node | null {
  return entryNamed(parseYaml(text).document.contents, section)?.value ?? null;
}

/** The pieces with the entries that begin on these lines; none where the section can't be cut. */
export function* sectionPieces(text: string, section: string, lines: ReadonlySet<number>): Generator<Node> {
  const cut = cutSection(text, section);
  if (cut === null) return;
  const numbers = lineNumbers(text, cut.begins);
  let piece = { from: 0, to: 0 };
  for (const [at, from] of cut.begins.entries()) {
    if (!lines.has(numbers[at] ?? 0)) continue;
    const to = cut.begins[at + 1] ?? cut.end;
    if (from === piece.to && to - piece.from < pieceLength) piece.to = to;
    else {
      yield* parsed(text, piece);
      piece = { from, to };
    }
  }
  yield* parsed(text, piece);
}

/** The offsets of the nodes are those in the text. */
function* parsed(text: string, { from, to }: { from: number; to: number }): Generator<Node> {
  const { contents, errors } = parseYaml(text.slice(from, to), from).document;
  if (contents !== null && errors.length === 0) yield contents;
}
