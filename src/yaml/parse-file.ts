import type { SourceFile } from '../files/read.ts';
import { type Problem, problem } from '../problem.ts';
import { garbage, parseYaml, withoutMark } from './parse.ts';
import { treeInPieces } from './pieces.ts';
import { buildTree } from './positioned-data.ts';
import { notYaml, syntaxErrors } from './syntax-errors.ts';
import type { Tree } from './tree.ts';

/** What one file is: a tree, or what is wrong with it, and whether the parser or only the building of the tree noticed. */
export type Parsed =
  | { readonly stage: 'sound'; readonly tree: Tree }
  | { readonly stage: 'syntax'; readonly problems: readonly Problem[] }
  | {
      readonly stage: 'tree';
      readonly problems: readonly Problem[];
      /** What is left, where all that is wrong is keys that come again: it has the first of each. */
      readonly tree: Tree | null;
    };

/** Reads one file; of the errors of the parser, at most the first 20 come back as problems. */
export function parseFile(source: SourceFile): Parsed {
  const text = withoutMark(source.text);
  const inPieces = treeInPieces(source.path, text);
  if (inPieces !== null) return { stage: 'sound', tree: inPieces };
  const { document, lines } = parseYaml(text);
  const problems: Problem[] = [];
  // One slip makes the parser stumble more than once at the same place: its first error says it best.
  const seen = new Set<number>();
  const errors = document.errors.filter(({ pos: [offset] }) => !seen.has(offset) && seen.add(offset));
  for (const { code, pos, message: parserMessage } of errors.slice(0, 20)) {
    const { line, col } = lines.linePos(pos[0]);
    const { message, code: ours, hint } = parserMessage === garbage ? notYaml : syntaxErrors[code];
    const position = { file: source.path, line: Math.max(1, line), column: Math.max(1, col) };
    problems.push(problem(ours, message, { position, ...(hint === undefined ? {} : { hint }) }));
  }
  if (problems.length === 0 && document.contents === null) {
    const position = { file: source.path, line: 1, column: 1 };
    problems.push(problem('FILE_EMPTY', 'This file is empty.', { position }));
  }
  if (problems.length > 0) return { stage: 'syntax', problems };
  const tree = buildTree(source.path, document.contents, lines, (found) => {
    const last = problems.at(-1)?.position;
    if (last?.line !== found.position?.line || last?.column !== found.position?.column) problems.push(found);
  });
  if (problems.length === 0) return { stage: 'sound', tree };
  const isWithoutDuplicates = problems.every(({ code }) => code === 'DUPLICATE_KEY');
  return { stage: 'tree', problems, tree: isWithoutDuplicates ? tree : null };
}

/** What a file says as plain data; undefined where it can't be read. */
export function dataOf(source: SourceFile): unknown {
  const parsed = parseFile(source);
  return parsed.stage === 'sound' ? parsed.tree.data : undefined;
}
