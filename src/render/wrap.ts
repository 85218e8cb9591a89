import { stripVTControlCharacters } from 'node:util';
import { columnsOf } from '../columns.ts';
import type { Style } from './style.ts';

/** Beyond this, what hangs under a line would have no room left of its own. */
const deepestIndent = 28;
const narrowest = 30;

/**
 * Breaks lines that are wider than the terminal: between their columns where that is enough, else at spaces. What hangs
 * over is indented under the line that it belongs to. A word that is wider than all of it stays whole, to be copied.
 */
export function wrap(text: string, { width }: Style): string {
  if (width < narrowest || !Number.isFinite(width)) return text;
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (columns(line) <= width) return line;
  const margin = /^ */.exec(stripVTControlCharacters(line))?.[0].length ?? 0;
  const indent = ' '.repeat(Math.min(deepestIndent, margin === 0 ? 2 : margin + 4));
  const rows: string[] = [];
  let row = '';
  const put = (gap: string, text: string) => {
    const blank = stripVTControlCharacters(row).trim() === '';
    const fits = columns(row + gap + text) <= width;
    if (!fits && !blank) rows.push(row);
    row = fits || blank ? row + gap + text : indent + text;
  };
  for (const [, gap = '', column = ''] of line.matchAll(/( *)(\S+(?: \S+)*)/g)) {
    const whole = columns(indent + column) <= width || columns(row + gap + column) <= width;
    if (whole) put(gap, column);
    else for (const [index, word] of column.split(' ').entries()) put(index === 0 ? gap : ' ', word);
  }
  return [...rows, row].join('\n');
}

function columns(text: string): number {
  return columnsOf(stripVTControlCharacters(text));
}
