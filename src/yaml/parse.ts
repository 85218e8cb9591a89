import {
  Composer,
  type CST,
  Document,
  type ErrorCode,
  Lexer,
  LineCounter,
  Parser,
  YAMLParseError,
} from 'yaml';
import type { SourceFile } from '../files/read.ts';
import { type Problem, problem } from '../problem.ts';
import { buildTree } from './positioned-data.ts';
import { notYaml, syntaxErrors } from './syntax-errors.ts';
import type { Tree } from './tree.ts';

/** Deeper than any file of partners, and shallow enough for every recursion over what was parsed. */
const deepestNesting = 100;

const options = {
  version: '1.2',
  // Duplicate keys are found while the tree is built: comparing every key with every other takes the parser quadratic time.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/**
 * What is written by people or programs has more than 2.4 characters a lexeme. A large file with fewer is garbage, such
 * as brackets without end, and would take minutes and gigabytes to parse.
 */
const shortestLexeme = 2.1;
const mostTinyLexemes = 500_000;
const garbage = 'garbage';

/** Nobody reads more of them, and a file of garbage would fill the memory with errors. */
const mostErrors = 100;

/**
 * A text's YAML as the parser gives it: errors in it, positions as offsets in `text`. A text that nests too deeply, or
 * that is no YAML at all, gives an empty document with the errors.
 */
export function parseYaml(text: string): { readonly document: Document.Parsed; readonly lines: LineCounter } {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const errors: YAMLParseError[] = [];
  const note = (code: ErrorCode, offset: number, message: string = code) => {
    errors.push(new YAMLParseError([offset, offset], code, message));
    return errors.length < mostErrors;
  };
  const tokens = tokensOf(text, new Parser(lines.addNewLine), (code, offset, message) => {
    errors.length = 0;
    note(code, offset, message);
  });
  const [document, second] = compose(tokens, text.length, note);
  if (second !== undefined) note('MULTIPLE_DOCS', second.range[0]);
  document.errors = [...errors, ...document.errors];
  return { document, lines };
}

type OnError = (code: ErrorCode, offset: number) => boolean;

/** The first document, and the second if there is one. `onError` says whether to go on after an error. */
function compose(
  tokens: Iterable<CST.Token>,
  end: number,
  onError: OnError,
): [Document.Parsed, ...Document.Parsed[]] {
  const enough = new Error('enough errors');
  const composer = new Composer(options);
  // The composer takes no callback for errors, and one object for each error of a large broken file is too much.
  Object.assign(composer, {
    onError: (source: ErrorSource, code: ErrorCode, _: string, isWarning?: boolean) => {
      // A tag that means nothing is a warning to the parser; here it would lose something that was written.
      if ((isWarning !== true || code === 'TAG_RESOLVE_FAILED') && !onError(code, offsetOf(source)))
        throw enough;
    },
  });
  try {
    const [first, second] = composer.compose(tokens, true, end);
    if (first !== undefined) return second === undefined ? [first] : [first, second];
  } catch (error) {
    if (error !== enough) throw error;
  }
  return [new Document(null, options) as Document.Parsed];
}

/** What the composer names as the place of an error: an offset, a range, or a node. */
type ErrorSource = number | readonly [number, ...number[]] | { readonly offset: number };

function offsetOf(source: ErrorSource): number {
  if (typeof source === 'number') return source;
  return 'offset' in source ? source.offset : source[0];
}

/**
 * The text's tokens, up to where it exhausts what a file may use. The parser itself keeps a stack of its own and never
 * overflows, but all tokens are in memory before the first is composed.
 */
function* tokensOf(
  text: string,
  parser: Parser,
  give: (code: ErrorCode, offset: number, message?: string) => void,
) {
  let lexemes = 0;
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error' && ++errors > mostErrors) return;
      yield readOnce(token);
    }
    lexemes++;
    if (parser.stack.length > deepestNesting) return give('RESOURCE_EXHAUSTION', parser.offset);
    if (lexemes > mostTinyLexemes && lexemes * shortestLexeme > parser.offset)
      return give('IMPOSSIBLE', parser.offset, garbage);
  }
  for (const token of parser.end()) yield readOnce(token);
}

/**
 * The same document, of whose sections the composer, which reads each token once, drops the entries as it goes: otherwise
 * a large file is in memory twice at its end, as tokens and as nodes.
 */
function readOnce(token: CST.Token): CST.Token {
  if (token.type !== 'document' || token.value?.type !== 'block-map') return token;
  for (const { value } of token.value.items) if (value?.type === 'block-map') dropWhenRead(value);
  return token;
}

const dropped: CST.BlockMap['items'][number] = { start: [] };

function dropWhenRead({ items }: CST.BlockMap): void {
  Object.assign(items, {
    *[Symbol.iterator]() {
      for (const [index, item] of items.entries()) {
        items[index] = dropped;
        yield item;
      }
    },
  });
}

/** The text without the byte order mark that some editors put before it. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

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

export function parseFile(source: SourceFile): Parsed {
  const { document, lines } = parseYaml(withoutMark(source.text));
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
  const tree = buildTree(source.path, document, lines, (found) => {
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
