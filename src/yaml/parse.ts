import { type Document, LineCounter, parseDocument } from 'yaml';
import type { SourceFile } from '../files/read.ts';
import { type Problem, problem } from '../problem.ts';
import { buildTree, type Tree } from './positioned-data.ts';
import { syntaxErrors } from './syntax-errors.ts';

/** A text's YAML as the parser gives it: errors in it, positions as offsets in `text`. */
export function parseYaml(text: string): { readonly document: Document.Parsed; readonly lines: LineCounter } {
  const lines = new LineCounter();
  // Duplicate keys are found while the tree is built: comparing every key with every other takes the parser quadratic time.
  const document = parseDocument(text, {
    version: '1.2',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'error',
  });
  return { document, lines };
}

/** The text without the byte order mark that some editors put before it. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Parses one file. Null where it isn't YAML that could be checked further; `note` has then been told why. */
export function parseFile(source: SourceFile, note: (found: Problem) => void): Tree | null {
  const { document, lines } = parseYaml(withoutMark(source.text));
  // One slip makes the parser stumble more than once at the same place: the first word is the best.
  const errors = document.errors.filter(
    ({ pos }, index, all) => all.findIndex((other) => other.pos[0] === pos[0]) === index,
  );
  for (const { code, pos } of errors.slice(0, 20)) {
    const { line, col } = lines.linePos(pos[0]);
    const { message, code: ours } = syntaxErrors[code];
    note(
      problem(ours, message, {
        position: { file: source.path, line: Math.max(1, line), column: Math.max(1, col) },
      }),
    );
  }
  if (document.errors.length > 0) return null;
  if (document.contents === null) {
    note(
      problem('FILE_EMPTY', 'This file is empty.', { position: { file: source.path, line: 1, column: 1 } }),
    );
    return null;
  }
  let sound = true;
  const tree = buildTree(source.path, document, lines, (found) => {
    sound = false;
    note(found);
  });
  return sound ? tree : null;
}
