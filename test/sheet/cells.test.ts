/** Cells: nothing that a spreadsheet would run, and nothing lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/problem.ts';
import { readCell, writeCell } from '../../src/sheet/cells.ts';
import { isConverted, isDated, isReformatted } from '../../src/sheet/conversions.ts';
import { csvRecords, csvText } from '../../src/sheet/csv.ts';
import { runs } from '../runs.ts';

const name = fc
  .oneof(
    fc.constantFrom(
      '=1+1',
      '+49',
      '-x',
      '@sum',
      "'t Hooft",
      "''",
      '(none)',
      '(NONE)',
      '＝1',
      'a;b',
      '"q"',
      'a,b',
      '007',
      '1E5',
    ),
    fc.string({ maxLength: 30, unit: 'grapheme' }),
  )
  .map((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
  .filter(
    (text) =>
      text !== '' && readCell(text) !== undefined && !/^[\u200b\ufeff\s]|[\u200b\ufeff\s]$/u.test(text),
  );

test('what is written is read back, and begins with nothing that runs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(name, { nil: undefined }), { minLength: 1 }),
      fc.boolean(),
      (names, bom) => {
        const cells = names.map(writeCell);
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        const header = names.map((_, index) => `c${index}`);
        const [, record = []] = csvRecords(csvText([header, cells], { bom }), 'x.csv');
        expect(names.map((_, index) => readCell(record[index] ?? ''))).toEqual(names);
      },
    ),
    runs(500),
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ["'t Hooft", "''t Hooft"],
  [' =1', "' =1"],
  [" '", "' '"],
  [' (none) ', "' (none) "],
  ['(none)', "'(none)"],
  ['a-b', 'a-b'],
  [null, '(none)'],
  [undefined, ''],
])('%j is written as %j', (value, cell) => {
  expect(writeCell(value)).toBe(cell);
});

test.each([
  ['\u00a0gold\u00a0', 'gold'],
  [' (None) ', null],
  ['\u00a0', undefined],
  ["''t Hooft", "'t Hooft"],
])('%j is read as %j', (cell, value) => {
  expect(readCell(cell)).toBe(value);
});

const grid = [
  ['handle', 'tier'],
  ['acme', 'gold'],
];

describe('files of spreadsheets', () => {
  test.each([
    ['commas', 'handle,tier\nacme,gold\n'],
    ['semicolons and CRLF', 'handle;tier\r\nacme;gold\r\n'],
    ['tabs', 'handle\ttier\nacme\tgold'],
    ["Excel's sep=, with a byte order mark", '\uFEFFsep=;\r\nhandle;tier\r\nacme;gold\r\n'],
    ['sep= in quotes, as LibreOffice writes it', '"sep=;"\nhandle;tier\nacme;gold\n'],
    ['old line ends', 'handle,tier\racme,gold\r'],
    ['quotes around all', '"handle";"tier"\n"acme";"gold"\n'],
  ])('%s', (_, text) => {
    expect(csvRecords(text, 'x.csv')).toEqual(grid);
  });

  test('line breaks and separators in quotes, empty lines, rows of other lengths', () => {
    expect(csvRecords('handle,"a;b;c",\n"x\ny","q ""q"", 5\' 3"" z"\n\n,,\nz', 'x.csv')).toEqual([
      ['handle', 'a;b;c', ''],
      ['x\ny', 'q "q", 5\' 3" z'],
      [],
      [],
      ['z'],
    ]);
  });

  test('a quote that never closes is a problem at its line', () => {
    expect(() => csvRecords('handle,tier\nacme,"gold\n', 'x.csv')).toThrow(Failure);
  });
});

describe('a text that a spreadsheet makes something else of', () => {
  test.each([
    ...[
      '007',
      '00123',
      '1.50',
      '1,5',
      '1e3',
      '1E5',
      '.5',
      '12345678901234567890',
      '1 000',
      '50%',
      '$5',
      '5 €',
    ],
    ...['3-4', '1/2', '1 1/2', '10:30', '1:2:3', '10 PM', '2024-01-02', '2024-01-02T10:00', '1.2.2024'],
    ...[
      'Mar 24',
      'MAR2',
      '5-Mar',
      '5. Mai',
      'March 5, 2024',
      'déc 24',
      'TRUE',
      'false',
      'WAHR',
      '#N/A',
      '#REF!',
    ],
  ])('%s is written with a quote before it', (text) => {
    expect(writeCell(text)).toBe(`'${text}`);
  });

  test.each([
    '0',
    '123',
    '123456789012345',
    'Studio 54',
    '3M',
    '24Seven',
    '#1 best',
    'a 1/2',
    '5 Guys',
    'Web3',
    'truest',
    't2',
    'e5',
    'Genesis 10',
    'Marsh 5',
  ])('%s is safe as it is', (text) => {
    expect(isConverted(text)).toBe(false);
  });
});

test.each([
  ['007', '7', true],
  ['1E5', '100000', true],
  ['1e5', '1.00E+05', true],
  ['12345678901', '1.23457E+10', true],
  ['12345678901234567890', '12345678901234500000', true],
  ['true', 'TRUE', true],
  ['1.5', '1,5', true],
  ['7', '8', false],
  ['7', 'seven', false],
  ['gold', 'Gold', false],
])('that a spreadsheet has made %j of %j reads as: %s', (one, other, is) => {
  expect(isReformatted(one, other)).toBe(is);
});

test.each([
  ['3-4', '04-Mar', true],
  ['2024-01-02', '02/01/2024', true],
  ['Mar 24', '24-Mar', true],
  ['3-4', 'Acme', false],
  ['Studio 54', 'Studio 55', false],
  ['Genesis 10', 'Genesis 11', false],
  ['Maison 12', 'Maison 14', false],
  ['Partner 3', 'Mar 3', false],
  ['Acme', '3-4', false],
])('that a spreadsheet may have read %j as the date %j: %s', (before, now, is) => {
  expect(isDated(before, now)).toBe(is);
});
