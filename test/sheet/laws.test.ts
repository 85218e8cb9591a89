/** What must hold of sheets and of renaming, whatever the files hold and however people wrote them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired, soundTree } from '../../src/desired/load.ts';
import { meanings } from '../../src/desired/meaning.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import { amendEach } from '../../src/edit/amend-each.ts';
import { rename } from '../../src/edit/rename.ts';
import type { SourceFile } from '../../src/files/read.ts';
import { Failure } from '../../src/problem.ts';
import { writeCell } from '../../src/sheet/cells.ts';
import { csvRecords, csvText } from '../../src/sheet/csv.ts';
import { readSheet } from '../../src/sheet/read-sheet.ts';
import { desiredRow } from '../../src/sheet/rows.ts';
import { sheetRecords } from '../../src/sheet/write-sheet.ts';
import { comments, writtenFile } from '../edit/written-files.ts';
import { enough, runs } from '../runs.ts';

const catalog = 'version: 1\ncatalog:\n  tiers: { top: t1, next: t2 }\n  owners: { sam: u1 }\n';

function load(files: readonly SourceFile[]): DesiredState | null {
  if (files.some((file) => soundTree(file) === null)) return null;
  try {
    return loadDesired(files);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function written(text: string): DesiredState | null {
  return load([
    { path: 'partners.yaml', text },
    { path: 'catalog.yaml', text: catalog },
  ]);
}

/** The sheet that export prints, through the text of a CSV file. */
function exported(desired: DesiredState, bom: boolean): string[][] {
  const rows = [...desired.partners.values()].map((partner) => ({ row: desiredRow(partner) }));
  return csvRecords(csvText(sheetRecords(rows, namesOf(desired.catalog), false), { bom }), 'sheet.csv');
}

/** What all partners say after what a sheet says was written into the files. */
function edited(desired: DesiredState, sheet: readonly (readonly string[])[]) {
  const { edits } = readSheet('sheet.csv', sheet, desired, false);
  const { files, refused } = amendEach(desired, { edits, additions: [] });
  expect([...refused]).toEqual([]);
  const after = desired.files.map(
    ({ path, text }) => files.find((file) => file.path === path)?.after ?? text,
  );
  const state = load(desired.files.map(({ path }, index) => ({ path, text: after[index] ?? '' })));
  return { files, after: after.join(''), state };
}

test('a sheet that nobody changed changes nothing', () => {
  let partners = 0;
  fc.assert(
    fc.property(writtenFile, fc.boolean(), (text, bom) => {
      const desired = written(text);
      if (desired === null) return;
      partners += desired.partners.size;
      expect(edited(desired, exported(desired, bom)).files).toEqual([]);
    }),
    runs(200),
  );
  expect(partners).toBeGreaterThan(enough(100));
});

const cell = fc.oneof(
  fc.record({
    column: fc.constant('name'),
    value: fc.constantFrom(
      'New Name',
      "'t Hooft",
      '=Sum(1)',
      '-5',
      'yes',
      '007',
      'a: b',
      '# x',
      'Ünï 😀',
      'null',
    ),
  }),
  fc.record({ column: fc.constant('domain'), value: fc.constantFrom('new.example', 'bücher.example', null) }),
  fc.record({ column: fc.constant('tier'), value: fc.constantFrom('top', 'next') }),
  fc.record({ column: fc.constant('owner'), value: fc.constant('sam') }),
);
const ids: Readonly<Record<string, string>> = { top: 't1', next: 't2', sam: 'u1' };

test('changed cells change just those values, and no comment or line beside them', () => {
  let changed = 0;
  fc.assert(
    fc.property(
      writtenFile,
      fc.array(fc.tuple(fc.nat({ max: 4 }), cell), { minLength: 1, maxLength: 4 }),
      (text, changes) => {
        const desired = written(text);
        if (desired === null) return;
        const sheet = exported(desired, false);
        const expected = new Map(
          [...meanings(desired)].map(([handle, { values }]) => [
            handle as string,
            new Map<string, unknown>(values),
          ]),
        );
        for (const [at, { column, value }] of changes) {
          const row = sheet[1 + (at % desired.partners.size)];
          row?.splice(sheet[0]?.indexOf(column) ?? 0, 1, writeCell(value));
          expected.get(row?.[0] ?? '')?.set(column, value === null ? null : (ids[value] ?? value));
        }
        const { files, after, state } = edited(desired, sheet);
        const said = [...meanings(state ?? desired)].map(([handle, { values }]) => [handle, new Map(values)]);
        expect(new Map(said as [string, unknown][])).toEqual(expected);
        expect(comments(after)).toBe(comments(desired.files.map((file) => file.text).join('')));
        const gone = files.flatMap(({ before, after: now }) => {
          const left = new Set(now.split('\n'));
          return (before ?? '').split('\n').filter((line) => !left.has(line));
        });
        expect(gone.length).toBeLessThanOrEqual(changes.length);
        changed += files.length;
      },
    ),
    runs(200),
  );
  expect(changed).toBeGreaterThan(enough(53));
});

const handle = fc.constantFrom('acme', 'b-2', 'c.d', 'gold');
const tier = fc.constantFrom('gold', 'silver');
const settled = fc.record({
  partners: fc.dictionary(
    handle,
    fc.record({ name: fc.constant('N'), tier, ignore: fc.constant(['phase']) }, { requiredKeys: ['name'] }),
    { minKeys: 1, maxKeys: 3 },
  ),
  defaults: fc.record({ tier }, { requiredKeys: [] }),
  ordered: fc.boolean(),
  pinned: fc.boolean(),
  style: fc.constantFrom<(value: unknown) => string>(
    stringify,
    (value) => `${JSON.stringify(value, null, 2)}\n`,
  ),
});

/** The same data with another name for a handle or a tier, wherever it is used. */
function renamedData(data: Data, kind: 'handle' | 'tiers', from: string, to: string): Data {
  const key = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name === from ? to : name, value]));
  const value = <T extends { readonly tier?: string }>(tiers: T): T =>
    tiers.tier === from ? { ...tiers, tier: to } : tiers;
  if (kind === 'handle') return { ...data, partners: key(data.partners), pins: key(data.pins) };
  return {
    ...data,
    tiers: key(data.tiers),
    order: data.order.map((each) => (each === from ? to : each)),
    defaults: value(data.defaults),
    partners: Object.fromEntries(Object.entries(data.partners).map(([name, each]) => [name, value(each)])),
  };
}

type Data = {
  readonly tiers: Readonly<Record<string, string>>;
  readonly order: readonly string[];
  readonly defaults: { readonly tier?: string };
  readonly partners: Readonly<Record<string, { readonly name: string; readonly tier?: string }>>;
  readonly pins: Readonly<Record<string, string>>;
};

test('a renamed handle or catalog name is renamed wherever it is used, and nowhere else', () => {
  fc.assert(
    fc.property(settled, fc.boolean(), ({ partners, defaults, ordered, pinned, style }, ofTier) => {
      const [first = ''] = Object.keys(partners);
      const data: Data = {
        tiers: { gold: 't1', silver: 't2' },
        order: ordered ? ['silver', 'gold'] : [],
        defaults,
        partners: partners as Data['partners'],
        pins: pinned ? { [first]: 'ptn_1' } : {},
      };
      const filesOf = (each: Data) => [
        { path: 'a.yaml', data: { version: 1, partners: each.partners } },
        {
          path: 'b.yaml',
          data: {
            version: 1,
            catalog: { tiers: each.tiers },
            settings: each.order.length === 0 ? {} : { tierOrder: each.order },
            defaults: each.defaults,
            pins: each.pins,
          },
        },
      ];
      const desired = loadDesired(filesOf(data).map(({ path, data: said }) => ({ path, text: style(said) })));
      const named = ofTier
        ? ({ kind: 'tiers', from: 'gold', to: 'new one' } as const)
        : ({ kind: 'handle', from: first, to: 'new-handle' } as const);
      const files = rename(desired, named);
      const now = desired.files.map(({ path, text }) => [
        path,
        parse(files.find((file) => file.path === path)?.after ?? text),
      ]);
      const model = filesOf(renamedData(data, named.kind, named.from, named.to));
      expect(Object.fromEntries(now)).toEqual(
        Object.fromEntries(model.map((file) => [file.path, file.data])),
      );
    }),
    runs(200),
  );
});
