/** What is between two parts of a YAML text: blank lines and comments. */
import { Lexer } from 'yaml';

export type Gap = {
  /** The comment on the line that the gap begins in; empty where there is none. */
  readonly sameLine: string;
  /** Those on lines of their own; `apart` from what is above by a blank line. */
  readonly comments: readonly { readonly text: string; readonly indent: number; readonly apart: boolean }[];
  /** Whether a blank line parts the last of it from what follows. */
  readonly blankBelow: boolean;
};

/** Reads a gap; only at the very beginning of a text does it begin with a line of its own. */
export function readGap(text: string, atBeginning: boolean): Gap {
  const isPlain = !atBeginning && !text.includes('#') && text.indexOf('\n') === text.lastIndexOf('\n');
  if (isPlain) return nothing;
  const [first = '', ...lines] = atBeginning ? ['', ...text.split('\n')] : text.split('\n');
  const comments: Gap['comments'][number][] = [];
  let apart = false;
  // The last of the lines goes on with what follows the gap, unless it is a comment at the end of the text.
  for (const [index, line] of lines.entries()) {
    const comment = commentIn(line);
    if (comment === '') apart ||= line.trim() === '' && index < lines.length - 1;
    else {
      comments.push({ text: comment, indent: line.indexOf('#'), apart });
      apart = false;
    }
  }
  return { sameLine: commentIn(first), comments, blankBelow: apart };
}

const nothing: Gap = { sameLine: '', comments: [], blankBelow: false };

function commentIn(line: string): string {
  return /(?:^|\s)(#[^\n]*)$/.exec(line)?.[1]?.trimEnd() ?? '';
}

/** The comments in a piece of YAML, in order; a # in a text isn't one. */
export function commentsIn(text: string): string[] {
  if (!text.includes('#')) return [];
  return [...new Lexer().lex(text)].filter((lexeme) => lexeme.startsWith('#')).map((each) => each.trimEnd());
}

/** Whether a text says nothing but has a comment. */
export function holdsOnlyComments(text: string): boolean {
  // Nearly every file ends this at one of its first lines.
  if (/^[^\s#\uFEFF-]/m.test(text.slice(0, 1000))) return false;
  const lines = withoutMarkers(text).map((line) => line.trim());
  return (
    lines.some((line) => line.startsWith('#')) && lines.every((line) => line === '' || line.startsWith('#'))
  );
}

/** The lines of a text without a byte order mark and without those that only part documents. */
function withoutMarkers(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !/^(---|\.\.\.)(\s|$)/.test(line));
}
