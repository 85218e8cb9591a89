/** A file as lines, with what can be seen of each without parsing it. */

export type Line = {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The white space that it begins with: spaces, but also tabs and what only looks like a space. */
  readonly indent: string;
  /** The rest, without white space at its end. */
  readonly body: string;
  /** The key before a colon, without its quotes; null where there is none. */
  readonly key: string | null;
  /** What follows the key's colon, with neither white space around it nor a comment after it. */
  readonly value: string;
  /** Where the value begins in `text`, from 0. */
  readonly valueAt: number;
};

export type Page = {
  readonly lines: readonly Line[];
  /** The lines that somebody wrote and that hold more than white space or a comment. */
  readonly content: readonly Line[];
  /** Whether the text had carriage returns without a line feed after them; rewriting leaves none. */
  readonly hasLoneReturns: boolean;
};

/** Longer lines were written by a program, and are not looked into. */
const longestLine = 2000;

const keyed = /^(?:- +)?("[^"]*"|'[^']*'|[^\s"'#:[\]{}][^:]*?)\s*:(?:\s+|$)/u;

/** The text as a page. All of its line ends count, even carriage returns alone. */
export function pageOf(text: string): Page {
  const lines = text.split(/\r\n|\r|\n/).map((each, index) => lineOf(each, index + 1));
  return { lines, content: contentOf(lines), hasLoneReturns: /\r(?!\n)/.test(text) };
}

/** The lines of some that somebody wrote and that say something. */
export function contentOf(lines: readonly Line[]): readonly Line[] {
  return lines.filter(({ text, body }) => body !== '' && !body.startsWith('#') && text.length <= longestLine);
}

function lineOf(text: string, number: number): Line {
  const indent = /^[\s\p{Cf}]*/u.exec(text)?.[0] ?? '';
  const body = text.slice(indent.length).trimEnd();
  const match = text.length <= longestLine ? keyed.exec(body) : null;
  if (match === null) return { number, text, indent, body, key: null, value: '', valueAt: text.length };
  const rest = body.slice(match[0].length);
  return {
    number,
    text,
    indent,
    body,
    key: (match[1] ?? '').replace(/^(["'])(.*)\1$/u, '$2'),
    value: withoutComment(rest),
    valueAt: indent.length + match[0].length,
  };
}

/** A value without the comment after it: a # counts after white space and outside of quotes. */
function withoutComment(text: string): string {
  const end =
    /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#]|\S(?=#)|(?<=\S)#|\s+(?!\s|#))*/u.exec(text)?.[0] ?? '';
  return end.trimEnd();
}

/** The same page with some lines written differently; one that becomes several keeps its number for all of them. */
export function rewrite(page: Page, repair: ReadonlyMap<number, string>): Page {
  const lines = page.lines.flatMap((line) => {
    const text = repair.get(line.number);
    return text === undefined ? line : text.split('\n').map((each) => lineOf(each, line.number));
  });
  return { lines, content: contentOf(lines), hasLoneReturns: false };
}

/** The text of a page, with plain line feeds. */
export function textOf({ lines }: Page): string {
  return lines.map(({ text }) => text).join('\n');
}

/** How many partners or sections before a line are left out at most, since a parser may notice a slip late. */
const mostLeftOut = 3;

/** The beginnings of a text that end where a partner or a section does, before a line; the longest first. */
export function textsBefore({ lines, content }: Page, number: number): string[] {
  const section = content.findIndex(({ key, indent }) => key === 'partners' && indent === '');
  const deepest = content[section + 1]?.indent.length ?? 0;
  const starts = content.filter((line) => line.number <= number && line.indent.length <= deepest);
  return starts
    .slice(-mostLeftOut)
    .reverse()
    .map((start) => {
      const before = lines.slice(0, lines.indexOf(start));
      // A key with nothing left under it would be a problem of its own.
      const last = before.findLastIndex(({ body, key, value }) => {
        return body !== '' && !body.startsWith('#') && (key === null || value !== '');
      });
      return textOf({ lines: before.slice(0, last + 1), content: [], hasLoneReturns: false });
    })
    .filter((text) => text !== '');
}

/** The number that a line of `textOf` has in the file. */
export function numberIn({ lines }: Page, line: number): number {
  return lines[line - 1]?.number ?? line;
}

/** The line of a problem, the one before it and the one after: parsers often notice a slip a line too late. */
export function linesNear({ content }: Page, number: number): readonly Line[] {
  const found = content.findIndex((line) => line.number >= number);
  const at = found === -1 ? content.length - 1 : found;
  return [content[at], content[at - 1], content[at + 1]].filter((line) => line !== undefined);
}

/** The content line before a line, or after it. */
export function neighbour({ content }: Page, { number }: Line, step: 1 | -1): Line | undefined {
  return content[content.findIndex((line) => line.number === number) + step];
}

/** Whether a line is indented further than another. */
export function isDeeper(one: Line, other: Line): boolean {
  return one.indent.length > other.indent.length;
}
