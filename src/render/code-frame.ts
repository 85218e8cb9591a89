import type { Position } from '../problem.ts';

const linesBefore = 2;
const linesAfter = 1;
const widest = 100;

/** The line that a position points at, with its neighbours, line numbers and a caret under the column. */
export function codeFrame(source: string, { line, column }: Position): string {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const from = Math.max(1, line - linesBefore);
  const to = Math.min(lines.length, line + linesAfter);
  const gutter = String(to).length;
  // A long line is cut so that the caret stays in sight.
  const cut = Math.max(0, column - Math.floor(widest * 0.7));
  const framed: string[] = [];
  for (let number = from; number <= to; number++) {
    const text = [...visible(lines[number - 1] ?? '')].slice(cut, cut + widest).join('');
    framed.push(`${number === line ? '>' : ' '} ${String(number).padStart(gutter)} | ${text}`.trimEnd());
    if (number === line)
      framed.push(`  ${' '.repeat(gutter)} | ${' '.repeat(Math.max(0, column - 1 - cut))}^`);
  }
  return framed.join('\n');
}

/** One column for each character, and nothing that a terminal would act on. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\t' ? ' ' : '·'));
}
