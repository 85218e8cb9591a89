/** What went wrong, or may be about to. */
import { codes, type ProblemCode } from './problem-codes.ts';

export type { ProblemCode } from './problem-codes.ts';

/** A place in a file as people count it: line and column from 1. `file` is the path as the user gave it. */
export type Position = { readonly file: string; readonly line: number; readonly column: number };

/** One thing that is wrong: what programs branch on, what happened, what to do, and where, if it is in a file. */
export type Problem = {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly position: Position | null;
};

/** Something to know that stops nothing. `code` is open, since warnings may come from a saved plan of another version. */
export type Warning = { readonly code: string; readonly message: string; readonly position: Position | null };

/** A warning, whose message ends with what the table says to do. */
export function warning(code: ProblemCode, message: string, position: Position | null = null): Warning {
  const { hint } = codes[code];
  return { code, message: hint === '' ? message : `${message} ${hint}`, position };
}

export function problem(
  code: ProblemCode,
  message: string,
  more: { position?: Position | null; hint?: string } = {},
): Problem {
  return { code, message, hint: more.hint ?? codes[code].hint, position: more.position ?? null };
}

/**
 * What is thrown for every expected failure: never empty, all problems together. `sources` holds the text of the files
 * that positions point into, so that whoever shows the problems can frame the line.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly problems: readonly [Problem, ...Problem[]];
  readonly sources: ReadonlyMap<string, string>;
  /** The status of the answer that it is about; null where there was none. */
  readonly httpStatus: number | null;

  constructor(
    problems: readonly [Problem, ...Problem[]],
    options: { sources?: ReadonlyMap<string, string>; httpStatus?: number | null; cause?: unknown } = {},
  ) {
    super(problems.map((each) => `${each.code}: ${each.message}`).join('\n'), { cause: options.cause });
    this.problems = problems;
    this.sources = options.sources ?? new Map();
    this.httpStatus = options.httpStatus ?? null;
    // A program that prints the error is not to print all files.
    Object.defineProperty(this, 'sources', { enumerable: false });
  }
}

/** A failure with one problem. */
export function failure(
  code: ProblemCode,
  message: string,
  more: { position?: Position | null; hint?: string; httpStatus?: number; cause?: unknown } = {},
): Failure {
  return new Failure([problem(code, message, more)], {
    httpStatus: more.httpStatus ?? null,
    cause: more.cause,
  });
}

/** Throws all problems together, if there are any. */
export function throwOnAny(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string> = new Map(),
): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new Failure([first, ...rest], { sources });
}
