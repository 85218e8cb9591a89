import { stripVTControlCharacters } from 'node:util';
import { columnsOf } from '../columns.ts';
import type { Position } from '../problem.ts';

const linesBefore = 2;
const linesAfter = 1;
const widest = 100;

/** The line that a position points at, with its neighbours, as they are in the file: nothing is cut yet. */
export type Frame = {
  readonly lines: readonly { readonly number: number; readonly text: string; readonly isMarked: boolean }[];
  /** What comes before the column on the marked line. */
  readonly before: string;
};

/** The lines of a file, for framing. */
export function linesOf(source: string): readonly string[] {
  return source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

export function frameOf(lines: readonly string[], { line, column }: Position): Frame {
  const from = Math.max(1, line - linesBefore);
  const to = Math.min(lines.length, line + linesAfter);
  const numbers = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  const textOf = (number: number) => lines[number - 1] ?? '';
  return {
    lines: numbers.map((number) => ({ number, text: shown(textOf(number)), isMarked: number === line })),
    before: shown(textOf(line).slice(0, column - 1)),
  };
}

/** One column for a tab, and spaces that aren't one as what they are; the rest is made visible where it leaves. */
function shown(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/(?! )\p{Zs}/gu, (space) => `\\u{${(space.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The lines with their numbers and a caret under the column; a long one is cut so that the caret stays in sight. */
export function frameLines({ lines, before }: Frame): string[] {
  const gutter = String(lines.at(-1)?.number ?? '').length;
  const left = [...stripVTControlCharacters(before)];
  const cut = Math.max(0, left.length + 1 - Math.floor(widest * 0.7));
  const column = columnsOf(left.slice(cut).join(''));
  return lines.flatMap(({ number, text, isMarked }) => {
    const shown = [...text].slice(cut, cut + widest).join('');
    const row = `${isMarked ? '>' : ' '} ${String(number).padStart(gutter)} | ${shown}`.trimEnd();
    return isMarked ? [row, `  ${' '.repeat(gutter)} | ${' '.repeat(column)}^`] : [row];
  });
}
