/** A section of a text as maps of its entries: all of it, or only pieces that hold some of them, which are parsed sooner. */
import type { Node } from 'yaml';
import { cutSection, joinToPieces, lineNumbers, type Span, spansOf } from './entries.ts';
import { entryNamed } from './map.ts';
import { parseYaml } from './parse.ts';

/** The section as one node; null where the text has none. */
export function wholeSection(text: string, section: string): Node | null {
  return entryNamed(parseYaml(text).document.contents, section)?.value ?? null;
}

/** The pieces with the entries that begin on these lines; none where the section can't be cut. */
export function* sectionPieces(text: string, section: string, lines: ReadonlySet<number>): Generator<Node> {
  const cut = cutSection(text, section);
  if (cut === null) return;
  const numbers = lineNumbers(text, cut.begins);
  const chosen = spansOf(cut).filter((_, at) => lines.has(numbers[at] ?? 0));
  for (const piece of joinToPieces(chosen)) yield* parsed(text, piece);
}

/** The offsets of the nodes are those in the text. */
function* parsed(text: string, { from, to }: Span): Generator<Node> {
  const { contents, errors } = parseYaml(text.slice(from, to), from).document;
  if (contents !== null && errors.length === 0) yield contents;
}
