import { expect, test } from 'vitest';
import { columnsOf, padColumns } from '../../src/columns.ts';
import { widest } from '../../src/render/column-widths.ts';
import { plain } from '../../src/render/style.ts';

test.each([
  ['Acme', 4],
  ['Müller & Söhne', 14],
  ['Mu\u0308ller', 6],
  ['日本', 4],
  ['한국 회사', 9],
  ['😀', 2],
  ['👩‍👩‍👧 & co', 7],
  ['🇧🇪', 2],
  ['©', 1],
])('%s takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
  expect(columnsOf(padColumns(text, 20))).toBe(20);
});

test('one very long name leaves the other rows where they are', () => {
  expect(widest(['Acme', 'Globex', 'x'.repeat(200)], plain)).toBe(6);
  expect(widest(['Acme', 'x'.repeat(30)], { ...plain, width: 60 })).toBe(4);
});
