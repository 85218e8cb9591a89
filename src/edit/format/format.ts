/**
 * The canonical form of a file: keys in the schema's order, quotes only where they are needed, and the layout that
 * Prettier gives, so that teams can run both. What the file means stays the same: the result is read again and compared.
 */
import { isDeepStrictEqual } from 'node:util';
import { validatePartners } from '../../desired/schema.ts';
import type { SourceFile } from '../../files/read.ts';
import { failure } from '../../problem.ts';
import { parseYaml, withoutMark } from '../../yaml/parse.ts';
import { dataOf } from '../../yaml/parse-file.ts';
import { buildTree } from '../../yaml/positioned-data.ts';
import { lineEnding } from '../../yaml/splice.ts';
import type { Tree } from '../../yaml/tree.ts';
import { commentsIn, holdsOnlyComments } from '../../yaml/trivia.ts';
import { type Outline, sorted } from './outline.ts';
import { printOutline } from './print.ts';
import { readInPieces, readOutline } from './read-outline.ts';
import { saysTheSame } from './says-the-same.ts';

/** Formats a file that is known to be valid. Throws FORMAT_UNSAFE where that would change what it means. */
export function formatFile(file: SourceFile): string {
  const text = formatted(file, () => true);
  if (text !== null) return text;
  throw failure('FORMAT_UNSAFE', `${file.path} can't be formatted without changing what it means.`);
}

/** Checks and formats a file from one parse; null where `checkFiles` or `formatFile` must say what is wrong with it. */
export function formatIfValid(file: SourceFile): string | null {
  return formatted(file, (data) => validatePartners(data).length === 0);
}

function formatted(file: SourceFile, fits: (data: unknown) => boolean): string | null {
  const text = withoutMark(file.text);
  const mark = file.text.slice(0, file.text.length - text.length);
  const source = text.replaceAll('\r\n', '\n');
  const read = readOnce(file.path, source);
  if (read === null) return null;
  const { outline, tree } = read;
  const isBare = tree.data === null;
  if (isBare ? !holdsOnlyComments(text) : !fits(tree.data)) return null;
  if (source !== text && !isBare && !isDeepStrictEqual(dataOf(file), tree.data)) return null;
  const comments = sortedComments(source);
  // An alias must come after its anchor: where the canonical order would turn them around, the file's order stays.
  for (const ordered of [sorted(outline), outline]) {
    const printed = printOutline(ordered);
    const after = mark + printed.replaceAll('\n', lineEnding(file.text));
    if (after === file.text) return after;
    if (!isDeepStrictEqual(sortedComments(printed), comments)) continue;
    if (saysTheSame(printed, source, tree)) return after;
  }
  return null;
}

/** The layout and the data from one parse; null where the file isn't sound. */
function readOnce(path: string, source: string): { readonly outline: Outline; readonly tree: Tree } | null {
  const { start, from } = documentStart(source);
  const { end, to } = documentEnd(source, from);
  const inPieces = readInPieces(path, source, from, to);
  if (inPieces !== null) return { outline: { start, root: inPieces.root, end }, tree: inPieces.tree };
  const { document, lines } = parseYaml(source);
  if (document.errors.length > 0) return null;
  const root = readOutline(source, document.contents, from, to);
  let isSound = true;
  const tree = buildTree(path, document.contents, lines, () => {
    isSound = false;
  });
  return isSound ? { outline: { start, root, end }, tree } : null;
}

/** The lines up to and with `---`, and where the document begins. */
function documentStart(source: string): { readonly start: readonly string[]; readonly from: number } {
  const found = /^(?:(?:[ \t]*(?:#[^\n]*)?|%[^\n]*)\n)*---(?=\s|$)([ \t]+#[^\n]*)?/.exec(source);
  if (found === null) return { start: [], from: 0 };
  const [matched, comment = ''] = found;
  const above = matched
    .slice(0, matched.length - comment.length - 3)
    .split('\n')
    .map((line) => line.trim());
  const lines = above.filter((line, at) => line !== '' || (at > 0 && above[at - 1] !== ''));
  while (lines.at(-1) === '') lines.pop();
  const from = matched.length + (source[matched.length] === '\n' ? 1 : 0);
  const start = [...lines, ['---', comment.trim()].filter((part) => part !== '').join(' ')];
  // Prettier keeps a blank line after a comment, here too.
  const isApart = comment !== '' && /^[ \t]*\n/.test(source.slice(from));
  return { start: isApart ? [...start, ''] : start, from };
}

/** The line `...` and where the document ends before it. */
function documentEnd(source: string, from: number): { readonly end: readonly string[]; readonly to: number } {
  const found = /^\.\.\.(?:[ \t]+(#[^\n]*))?[ \t]*\n?$/m.exec(source.slice(from));
  if (found === null) return { end: [], to: source.length };
  return {
    end: [['...', found[1]?.trim() ?? ''].filter((part) => part !== '').join(' ')],
    to: from + found.index,
  };
}

function sortedComments(source: string): string[] {
  return commentsIn(source).sort();
}
