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
/** The message of the error that such a text gives. */
export const garbage = 'garbage';

/** Nobody reads more of them, and a file of garbage would fill the memory with errors. */
const mostErrors = 100;

/** Counts lines from the first one on. */
export function firstLine(): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  return lines;
}

/**
 * A text's YAML as the parser gives it: errors in it, positions as offsets in `text`. A text that nests too deeply, or
 * that is no YAML at all, gives an empty document with the errors. Of a piece of a text, `at` is its offset in it, and
 * `lines` have been counted up to there.
 */
export function parseYaml(
  text: string,
  at = 0,
  lines = firstLine(),
): { readonly document: Document.Parsed; readonly lines: LineCounter } {
  const errors: YAMLParseError[] = [];
  const note = (code: ErrorCode, offset: number, message: string = code) => {
    errors.push(new YAMLParseError([offset, offset], code, message));
    return errors.length < mostErrors;
  };
  const parser = new Parser(lines.addNewLine);
  parser.offset = at;
  const tokens = tokensOf(text, parser, (code, offset, message) => {
    errors.length = 0;
    note(code, offset, message);
  });
  const [document, second] = compose(tokens, at + text.length, note);
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
      yield token;
    }
    lexemes++;
    if (parser.stack.length > deepestNesting) return give('RESOURCE_EXHAUSTION', parser.offset);
    if (lexemes > mostTinyLexemes && lexemes * shortestLexeme > parser.offset)
      return give('IMPOSSIBLE', parser.offset, garbage);
  }
  yield* parser.end();
}

/** The text without the byte order mark that some editors put before it. */
export function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
