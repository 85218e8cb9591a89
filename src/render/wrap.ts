import { stripVTControlCharacters } from 'node:util';
import type { Style } from './style.ts';

/** Beyond this, what hangs under a line would have no room left of its own. */
const deepestIndent = 28;
const narrowest = 30;

/**
 * Breaks lines that are wider than the terminal at their spaces; what hangs over is indented under the line that it
 * belongs to. A word that is wider than all of it stays whole, so that it can be copied.
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
  const indent = ' '.repeat(Math.min(deepestIndent, columns(/^ */.exec(line)?.[0] ?? '') + 4));
  const rows: string[] = [];
  let row = '';
  for (const [, gap = '', word = ''] of line.matchAll(/( *)([^ ]+)/g)) {
    if (row.trim() !== '' && columns(row + gap + word) > width) {
      rows.push(row);
      row = indent + word;
    } else row += gap + word;
  }
  return [...rows, row].join('\n');
}

function columns(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
