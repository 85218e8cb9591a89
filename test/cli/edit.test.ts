/** Edits by sheet through the command: what is written, what is refused at row and column, what is left alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csvRecords, csvText } from '../../src/sheet/csv.ts';
import { environment, folder, introwctl } from './command.ts';
import { runCommand } from './in-process.ts';

const offline = environment(null);

const partners = `version: 1
catalog:
  tiers: { bronze: t0, silver: t1, gold: t2 }
  owners: { sarah: u1, robin: u2 }
defaults: { tier: silver }
x-team: &team { owner: sarah }
partners:
  acme: { id: ptn_1, name: "=Acme", domain: acme.example, tier: gold } # key account
  # Dutch
  hooft:
    externalId: '12345678901'
    name: "'t Hooft"
    domain: null
    owner: sarah # since 2024
  n7:
    <<: *team
    name: '007' # agent
  globex: { name: Globex, tier: bronze, portal: { experienceId: e1, access: RESTRICTED_USERS } }
`;

async function exported(path: string): Promise<string[][]> {
  const { out } = await runCommand('export', { file: [join(path, 'p.yaml')], format: 'csv' }, offline);
  return csvRecords(out, 'review.csv');
}

function edit(path: string, sheet: string, more: object = {}) {
  writeFileSync(join(path, 'review.csv'), sheet);
  const given = {
    file: [join(path, 'p.yaml')],
    from: join(path, 'review.csv'),
    'auto-approve': true,
    ...more,
  };
  return runCommand('edit', given, offline);
}

const read = (path: string) => readFileSync(join(path, 'p.yaml'), 'utf8');

/** The text of a sheet in which these cells are others; `row` by handle. */
function sheetWith(records: string[][], cells: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const [header = [], ...rows] = records;
  const changed = rows.map((row) => row.map((cell, at) => cells[row[0] ?? '']?.[header[at] ?? ''] ?? cell));
  return csvText([header, ...changed], { bom: false });
}

test('an export that nobody changed changes nothing', async () => {
  const path = folder({ 'p.yaml': partners });
  const records = await exported(path);
  const { exit, out } = await edit(path, csvText(records, { bom: true }));
  expect({ exit, out }).toEqual({ exit: 0, out: 'Nothing to change.\n' });
  expect(read(path)).toBe(partners);
});

test('changed cells are written where the values are, and nothing else', async () => {
  const path = folder({ 'p.yaml': partners });
  const sheet = sheetWith(await exported(path), {
    acme: { tier: 'silver', domain: '(none)' },
    hooft: { owner: 'robin' },
    n7: { owner: 'robin' },
    globex: { tier: '(none)', experience: '(none)', access: '(none)' },
  });
  const { exit } = await edit(path, sheet);
  expect(exit).toBe(0);
  expect(read(path)).toBe(
    partners
      .replace('domain: acme.example, tier: gold', 'domain: null, tier: silver')
      .replace('owner: sarah # since', 'owner: robin # since')
      .replace("name: '007' # agent\n", "name: '007' # agent\n    owner: robin\n")
      .replace(', tier: bronze, portal: { experienceId: e1, access: RESTRICTED_USERS }', ''),
  );
});

test.each([
  ['semicolons, sep= and a byte order mark', '\uFEFFsep=;\r\nTier;Handle\r\nsilver;acme\r\n'],
  ['tabs and other columns', 'HANDLE\tNotes\t Tier \nacme\tmove\tsilver\n'],
  ['by id, with white space that does not break', 'id,tier\nptn_1,\u00a0silver\u00a0\n'],
  ['empty columns and rows at the end', 'handle,tier,,\nacme,silver,,\n,,,\n'],
])('%s', async (_, sheet) => {
  const path = folder({ 'p.yaml': partners });
  expect((await edit(path, sheet)).exit).toBe(0);
  expect(read(path)).toBe(partners.replace('tier: gold', 'tier: silver'));
});

test('what a spreadsheet has made of numbers is no change', async () => {
  const path = folder({ 'p.yaml': partners });
  const sheet = sheetWith(await exported(path), { n7: { name: '7' }, hooft: { externalId: '1.23457E+10' } });
  expect((await edit(path, sheet)).out).toContain('Nothing to change');
});

describe('what has moved since the export', () => {
  const moved = partners.replace('tier: gold', 'tier: bronze');

  test('is a conflict where the cell was changed too, and nothing is written', async () => {
    const path = folder({ 'p.yaml': partners });
    const sheet = sheetWith(await exported(path), { acme: { tier: 'silver' }, hooft: { owner: 'robin' } });
    writeFileSync(join(path, 'p.yaml'), moved);
    const { exit, err } = await edit(path, sheet);
    expect(exit).toBe(1);
    expect(err).toContain('SHEET_CONFLICT');
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      'since the export the files changed it to "bronze", and the sheet changed it to "silver".',
    );
    expect(err).toContain('review.csv:2:6');
    expect(read(path)).toBe(moved);
  });

  test('is left alone where the cell was not changed', async () => {
    const path = folder({ 'p.yaml': partners });
    const sheet = sheetWith(await exported(path), { hooft: { owner: 'robin' } });
    writeFileSync(join(path, 'p.yaml'), moved);
    expect((await edit(path, sheet)).exit).toBe(0);
    expect(read(path)).toBe(moved.replace('owner: sarah # since', 'owner: robin # since'));
  });
});

test('every problem is reported at its row and column, and nothing is written', async () => {
  const path = folder({ 'p.yaml': partners });
  const sheet = [
    'handle,id,name,tier',
    'acme,,,golf',
    'acmee,,,gold',
    ',ptn_1,,gold',
    'hooft,,(none),',
    'n7,,,(none)',
  ].join('\n');
  const { exit, err } = await edit(path, sheet);
  expect(exit).toBe(1);
  expect(err).toContain('catalog.tiers has no "golf". Did you mean gold?');
  for (const [place, code] of [
    ['2:4', 'UNKNOWN_NAME'],
    ['3:1', 'UNKNOWN_HANDLE'],
    ['4:2', 'DEFINED_TWICE'],
    ['5:3', 'NOT_CLEARABLE'],
    ['6:4', 'NOT_CLEARABLE'],
  ])
    expect(err).toMatch(
      new RegExp(`review\\.csv:${place}[^\\n]*${code}|${code}[^\\n]*review\\.csv:${place}`),
    );
  expect(read(path)).toBe(partners);
});

test('a cell that was emptied leaves its value alone, and says so', async () => {
  const path = folder({ 'p.yaml': partners });
  const records = await exported(path);
  const { exit, out, err } = await edit(path, sheetWith(records, { acme: { domain: '', tier: '' } }));
  expect({ exit, out }).toEqual({ exit: 0, out: 'Nothing to change.\n' });
  expect(err).toContain('2 cells were emptied, which changes nothing: write (none) to clear a value.');
  expect(read(path)).toBe(partners);
});

describe('no two partners become one', () => {
  test.each([
    [
      'a name',
      'handle,name\nglobex,=ACME\n',
      '2:1',
      'it and acme would have the same name: "=ACME" and "=Acme"',
    ],
    ['a domain', 'handle,domain\nglobex,acme.example\n', '2:1', 'it and acme would have the same domain'],
    ['a new row', 'handle,name,domain\nhooli,Hooli,acme.example\n', '2:1', 'hooli'],
    ['two new rows', 'handle,name\nhooli,Hooli\nh2,HOOLI\n', '3:1', 'it and hooli would have the same name'],
  ])('by %s', async (_, sheet, place, message) => {
    const path = folder({ 'p.yaml': partners });
    const { exit, err } = await edit(path, sheet, { add: true });
    expect({ exit, err }).toMatchObject({ exit: 1, err: expect.stringContaining(`review.csv:${place}`) });
    expect(err).toContain('SAME_PARTNER');
    expect(err).toContain(message);
    expect(read(path)).toBe(partners);
  });

  test('names may be swapped', async () => {
    const path = folder({ 'p.yaml': partners });
    expect(await edit(path, 'handle,name\nglobex,Acme\nacme,Globex\n')).toMatchObject({ exit: 0 });
  });
});

test('rows without a partner are new ones with --add', async () => {
  const path = folder({ 'p.yaml': partners });
  const { exit, err } = await edit(path, 'handle,name,tier\nhooli,Hooli,gold\n,Stark & Co,\n', { add: true });
  expect({ exit, err }).toMatchObject({ exit: 0 });
  expect(read(path).slice(partners.length)).toContain('hooli:\n    name: Hooli\n    tier: gold\n');
  expect(read(path)).toContain('stark-co:');
});

test('reasons are in the summary, and with --reasons on the changed lines', async () => {
  const path = folder({ 'p.yaml': partners });
  const { out } = await edit(path, 'handle,owner,reason\nhooft,robin,Handover in Q3\n', { reasons: true });
  expect(out).toContain('hooft: owner sarah → robin (Handover in Q3)');
  const [line] = read(path)
    .split('\n')
    .filter((each) => each.includes('owner: robin'));
  expect(line).toContain('# since 2024');
  expect(line).toContain('Handover in Q3');
});

test('through the built command: --check says 2, and without a terminal nothing is written unasked', async () => {
  const path = folder({ 'p.yaml': partners, 'review.csv': 'handle,tier\nacme,silver\n' });
  const args = ['edit', '-f', 'p.yaml', '--from', 'review.csv'];
  const check = await introwctl(path, [...args, '--check'], offline);
  expect(check.exit).toBe(2);
  expect(check.out).toContain(
    '+  acme: { id: ptn_1, name: "=Acme", domain: acme.example, tier: silver } # key account',
  );
  const unasked = await introwctl(path, args, offline);
  expect(unasked).toMatchObject({ exit: 1, err: expect.stringContaining('NEEDS_APPROVAL') });
  expect(read(path)).toBe(partners);
});
