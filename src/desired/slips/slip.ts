/** What somebody who doesn't know YAML typed, and what they meant. */
import type { ProblemCode } from '../../problem.ts';
import type { Line, Page } from './page.ts';

/** A place where a file stops making sense: where the parser or the schema noticed, which may be after the slip. */
export type Trouble = {
  readonly line: number;
  readonly column: number;
  /** Whether it is the parser that noticed; else it is what the file says that makes no sense. */
  readonly isSyntax: boolean;
};

export type Slip = {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly line: number;
  readonly column: number;
  /**
   * The lines as they were meant. A slip is believed only if the file makes more sense with them. Null: the slip is
   * certain, but what was meant isn't.
   */
  readonly repair: ReadonlyMap<number, string> | null;
};

/** The slips of one kind that may be the cause of a trouble, the likeliest first. A pure function of what it is given. */
export type Recogniser = (page: Page, trouble: Trouble) => Iterable<Slip>;

/** A slip on one line, from what is wrong, where on the line (from 0), and the line as it was meant. */
export function slipOn(
  line: Line,
  at: number,
  message: string,
  meant: string,
  more: { readonly code?: ProblemCode; readonly advice?: string } = {},
): Slip {
  return {
    code: more.code ?? 'YAML_SYNTAX',
    message,
    hint: `${more.advice ?? 'Write'} ${meant.trim()}`,
    line: line.number,
    column: at + 1,
    repair: new Map([[line.number, meant]]),
  };
}

/** The line with another value after its key; a comment after the value stays. */
export function withValue({ text, value, valueAt }: Line, other: string): string {
  return text.slice(0, valueAt) + other + text.slice(valueAt + value.length);
}

/** A text in the quotes that need the least inside. */
export function inQuotes(text: string): string {
  if (!/["\\]/.test(text)) return `"${text}"`;
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
