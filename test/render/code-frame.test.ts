import { expect, test } from 'vitest';
import { frameLines, frameOf, linesOf } from '../../src/render/code-frame.ts';

const source = '\uFEFFversion: 1\r\npartners:\r\n  a: { name: "🚀日本", tier:\u00a0x }\r\n';

/** The caret's line for a column. */
const caret = (line: number, column: number) =>
  frameLines(frameOf(linesOf(source), { file: 'p.yaml', line, column })).find((each) => each.endsWith('^'));

test.each([
  [1, 1, 0],
  [3, 3, 2],
  // The rocket is two units of text, and two columns wide, as is each of the characters after it.
  [3, 22, 23],
])('the caret is under line %i, column %i', (line, column, spaces) => {
  expect(caret(line, column)).toBe(`    | ${' '.repeat(spaces)}^`);
});

test('a space that is none shows', () => {
  const lines = frameLines(frameOf(linesOf(source), { file: 'p.yaml', line: 3, column: 1 }));
  expect(lines.join('\n')).toContain('tier:\\u{a0}x');
});
