/** What people write into cells: the catalog's names in their own case, and signs for nothing. */
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { Failure } from '../../src/problem.ts';
import { readSheet } from '../../src/sheet/read-sheet.ts';

const desired = loadDesired([
  {
    path: 'p.yaml',
    text: `version: 1
catalog:
  tiers: { gold: t1, Silver Plus: t2, Straße: t3 }
  owners: { jamie: u1 }
partners:
  acme: { name: Acme, domain: acme.example, tier: gold, ownerId: Jamie }
`,
  },
]);

function read(header: string, cells: string, add = false) {
  const records = [header, cells].map((line) => line.split(','));
  try {
    const { changes, added } = readSheet('s.csv', records, desired, add);
    return { changes: changes.map(({ to }) => to), added: added.length };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems.map(({ code, message, hint }) => `${code} ${message} ${hint}`);
  }
}

test.each([
  ['tier', 'silver plus', 'Silver Plus'],
  ['tier', 'SILVER  PLUS', 'Silver Plus'],
  ['tier', 'STRASSE', 'Straße'],
  ['tier', 'GOLD', null],
  // An id that is in use is that id, and no name in another case.
  ['owner', 'Jamie', null],
  ['owner', 'JAMIE', 'jamie'],
])('under %s, %s is written as the catalog spells it', (column, cell, to) => {
  expect(read(`handle,${column}`, `acme,${cell}`)).toEqual({ changes: to === null ? [] : [to], added: 0 });
});

test('so it is for a new partner', () => {
  expect(read('handle,name,tier', 'new,New,Gold', true)).toEqual({ changes: [], added: 1 });
});

const none = 'Leave the cell empty, or write (none) to clear the value.';

test.each(['none', '-', 'null', 'n/a', 'TBD', 'unknown'])('%s is a sign for nothing, not a value', (cell) => {
  expect(read('handle,domain', `acme,${cell}`)).toEqual([
    `INVALID_VALUE B2 (domain of acme): "${cell}" is a placeholder. ${none}`,
  ]);
  expect(read('handle,tier', `acme,${cell}`)).toEqual([
    `UNKNOWN_NAME B2 (tier of acme): catalog.tiers has no "${cell}". ${none} It has gold, Silver Plus, Straße.`,
  ]);
  expect(read('handle,portal.access', `acme,${cell}`)).toEqual([
    expect.stringMatching(/^INVALID_VALUE .*\(none\) to clear the value\.$/),
  ]);
});

test('a row that names nobody says so', () => {
  const nobody =
    'UNKNOWN_HANDLE A2 (partner): the row has no handle, so it is about no partner. Write the handle of the partner here, or pass --add to create new partners from such rows.';
  expect(read('handle,name', ',Acme')).toEqual([nobody]);
  expect(read('handle,id,name', ',,Acme')).toEqual([nobody]);
  expect(read('handle,id,name', ',ptn_9,Acme')).toEqual([
    expect.stringContaining('no file has a partner "ptn_9".'),
  ]);
});

test('no hint of a sheet speaks of lines or of YAML', () => {
  const cells = [
    'none',
    'a b.example',
    'x',
    'https://acme.example',
    '*.acme.example',
    'a@acme.example',
    '\u200b-',
  ];
  const hints = ['domain', 'tier', 'owner', 'portal.access', 'name'].flatMap((column) =>
    cells.flatMap((cell) => [read(`handle,${column}`, `acme,${cell}`)].flat()),
  );
  expect(hints.filter((hint) => /\bline\b|null|YAML|: null/.test(String(hint)))).toEqual([]);
});

const valueItself = 'Write the value itself, or empty the cell to leave the value alone.';

test.each([
  ['#REF!', 'an error of the spreadsheet'],
  ['#N/A', 'an error of the spreadsheet'],
  ['#NAME?', 'an error of the spreadsheet'],
  ['#DIV/0!', 'an error of the spreadsheet'],
  ['#BEZUG!', 'an error of the spreadsheet'],
  ['#NV', 'an error of the spreadsheet'],
  ['#######', 'an error of the spreadsheet'],
  ['Err:502', 'an error of the spreadsheet'],
  ['=A1', 'a formula'],
  ['=1+1', 'a formula'],
  ['=Sheet2!B4', 'a formula'],
  ['="Acme "&B2', 'a formula'],
  ['=VLOOKUP(A2;Sheet2!A:B;2;0)', 'a formula'],
])('%s is %s, and no name of a partner', (cell, what) => {
  const message = `${JSON.stringify(cell)} is ${what}, not a value.`;
  expect(read('handle,name', `acme,${cell}`)).toEqual([
    `INVALID_VALUE B2 (name of acme): ${message} ${valueItself}`,
  ]);
  expect(read('handle,name', `new,${cell}`, true)).toEqual([
    `INVALID_VALUE B2 (name of a new partner): ${message} ${valueItself}`,
  ]);
});

test.each(['#1 Partners', '# Acme', 'N/A Group', 'Acme = Globex', 'C#', 'Yahoo!', '=ACME', '= Acme ='])(
  '%s may be a name',
  (cell) => {
    expect(read('handle,name', `acme,${cell}`)).toEqual({ changes: [cell], added: 0 });
  },
);

test("a name that begins so is one after a '", () => {
  expect(read('handle,name', "acme,'=A1")).toEqual({ changes: ['=A1'], added: 0 });
});

test('a partner that is called so stays as it is', () => {
  const named = loadDesired([
    { path: 'p.yaml', text: 'version: 1\npartners: { acme: { name: "=A1", domain: null } }\n' },
  ]);
  const sheet = [
    ['handle', 'name', 'domain'],
    ['acme', "'=A1", 'acme.example'],
  ];
  const { changes } = readSheet('s.csv', sheet, named, false);
  expect(changes.map(({ field }) => field)).toEqual(['domain']);
});
