import { stripVTControlCharacters, styleText } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failure } from '../../src/problem.ts';
import { framed, problemsText } from '../../src/render/problems-text.ts';
import { wrap } from '../../src/render/wrap.ts';

const width = 40;
const word = fc.string({ unit: fc.constantFrom('a', 'b', '→', 'ü'), minLength: 1, maxLength: 14 });
const coloured = fc
  .tuple(word, fc.boolean())
  .map(([text, is]) => (is ? styleText('green', text, { validateStream: false }) : text));
const line = fc
  .tuple(
    fc.integer({ min: 0, max: 8 }),
    fc.array(fc.tuple(coloured, fc.constantFrom(' ', '  ')), { minLength: 1 }),
  )
  .map(([margin, words]) =>
    `${' '.repeat(margin)}${words.map(([text, gap]) => text + gap).join('')}`.trimEnd(),
  );

test('a wrapped line has the same words in the same colours, and is nowhere wider than the terminal', () => {
  fc.assert(
    fc.property(line, (text) => {
      const wrapped = wrap(text, { color: true, width });
      expect(wrapped.split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean));
      for (const row of stripVTControlCharacters(wrapped).split('\n'))
        expect([...row].length).toBeLessThanOrEqual(width);
    }),
  );
});

test('columns stay whole where they can, and what fits is left as it is', () => {
  const row = '      tier  silver → gold  (tier_1234567890 → tier_0987654321)';
  expect(wrap(row, { color: false, width: 50 })).toBe(
    '      tier  silver → gold\n          (tier_1234567890 → tier_0987654321)',
  );
  expect(wrap(row, { color: false, width: 80 })).toBe(row);
  expect(wrap(row, { color: false, width: Number.POSITIVE_INFINITY })).toBe(row);
});

test('the message of a problem is wrapped; its hint, which may be a command to copy, is not', () => {
  const message = 'acme.domain is "http://acme.example", which is a web address.';
  const hint = 'Run introwctl set acme domain=acme.example in the folder of the files.';
  const shown = problemsText(framed(failure('NOT_A_DOMAIN', message, { hint })), { color: false, width: 40 });
  expect(shown.split('\n')).toEqual([
    'NOT_A_DOMAIN',
    '  acme.domain is "http://acme.example",',
    '      which is a web address.',
    `  ${hint}`,
    '',
  ]);
});
