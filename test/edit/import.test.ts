/** Imports: names that Introw returns with ids go into the catalog, wherever that can take them. */
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { type ImportOptions, importPartners } from '../../src/edit/import.ts';
import { parsePartner } from '../../src/introw/parse-partner.ts';

const owned = (id: string, owner: unknown) =>
  parsePartner({ id: `ptn_${id}`, name: id, domain: null, owner }, 'GET');

function imported(text: string, owners: readonly unknown[], catalogFile = 'partners.yaml') {
  const desired = loadDesired(text === '' ? [] : [{ path: 'partners.yaml', text }]);
  const partners = owners.map((owner, index) => owned(`p${index}`, owner));
  const found = importPartners(
    desired,
    { partners, complete: true },
    { fileOf: () => 'partners.yaml', catalogFile },
  );
  return { ...found, text: found.files.map(({ path, after }) => `${path}:\n${after}`).join('') };
}

const jamie = { id: 'user_1', name: 'Jamie Doe' };

test.each([
  ['no file', '', 'catalog:\n  owners:\n    jamie-doe: user_1\n'],
  ['no catalog', 'version: 1\n', 'catalog:\n  owners:\n    jamie-doe: user_1\n'],
  ['no owners', 'version: 1\ncatalog:\n  tiers: { gold: t1 }\n', '\n  owners:\n    jamie-doe: user_1\n'],
  [
    'owners',
    'version: 1\ncatalog:\n  owners:\n    sam: user_2 # ours\n',
    'sam: user_2 # ours\n    jamie-doe: user_1\n',
  ],
  [
    'a flow map',
    'version: 1\ncatalog: { owners: { sam: user_2 } }\n',
    '{ owners: { sam: user_2, jamie-doe: user_1 } }',
  ],
  ['flow owners', 'version: 1\ncatalog:\n  owners: { sam: user_2 }\n', '{ sam: user_2, jamie-doe: user_1 }'],
])('a name goes into the catalog of a file with %s', (_, text, says) => {
  const found = imported(text, [jamie, jamie]);
  expect(found.text).toContain(says);
  expect(found.text.match(/owner: jamie-doe/g)).toHaveLength(2);
  expect(found.named).toEqual([{ catalog: 'owners', name: 'jamie-doe', id: 'user_1' }]);
  expect(found.unnamed).toEqual(new Map());
});

test('a file that gets both a catalog and partners begins once', () => {
  const desired = loadDesired([]);
  const found = importPartners(
    desired,
    { partners: [owned('p0', jamie)], complete: true },
    { fileOf: () => 'a.yaml', catalogFile: 'a.yaml', pinsFile: 'a.yaml', headOf: () => ['# ours'] },
  );
  expect(found.files.map(({ after }) => after.match(/# ours|version: 1/g))).toEqual([
    ['# ours', 'version: 1'],
  ]);
});

test('a catalog of its own gets the names', () => {
  const { text } = imported('', [jamie], 'catalog.yaml');
  expect(text).toContain('catalog.yaml:\nversion: 1\n\ncatalog:\n  owners:\n    jamie-doe: user_1\n');
});

test.each<[string, unknown[], string[]]>([
  ['two people of one name', [jamie, { id: 'user_2', name: 'Jamie Doe' }], ['jamie-doe', 'jamie-doe-2']],
  ['one person under two names', [jamie, { id: 'user_1', name: 'J. Doe' }], ['jamie-doe']],
  ['a name that looks like no text', [{ id: 'user_1', name: 'True' }], ['true']],
  ['a name in another script', [{ id: 'user_1', name: '田中' }], ['tianzhong']],
])('%s', (_, owners, names) => {
  expect(imported('', owners).named.map(({ name }) => name)).toEqual(names);
});

test.each<[string, unknown]>([
  ['only an id', { id: 'user_1' }],
  ['a text', 'user_1'],
  ['nobody', null],
  ['the id in place of a name', { id: 'user_1', name: 'user_1' }],
  ['a blank name', { id: 'user_1', name: ' ' }],
  ['a name that is no text', { id: 'user_1', name: { first: 'Jamie' } }],
])('an owner that is %s gets no name', (_, owner) => {
  const found = imported('', [owner]);
  expect(found.named).toEqual([]);
  expect(found.handles).toEqual(['p0']);
});

test('an id that has a name keeps it', () => {
  const { text, named } = imported('version: 1\ncatalog: { owners: { jd: user_1 } }\n', [jamie]);
  expect(named).toEqual([]);
  expect(text).toContain('owner: jd');
});

test("where the catalog can't take a name, the id is written", () => {
  const shared = 'version: 1\nx-names: &names { }\ncatalog: { owners: *names, phases: *names }\n';
  const { text, named } = imported(shared, [jamie]);
  expect(named).toEqual([]);
  expect(text).toContain('ownerId: user_1');
});

describe('which partners, where and how', () => {
  const live = {
    partners: ['b', 'a', 'c'].map((id) =>
      parsePartner({ id: `ptn_${id}`, name: id, externalId: `crm_${id}` }, 'GET'),
    ),
    complete: true,
  } as const;
  const one = (options: Partial<ImportOptions> = {}) => {
    const desired = loadDesired([
      { path: 'partners.yaml', text: 'version: 1\npartners: { c: { id: ptn_c, name: c } }\n' },
    ]);
    const { files, ...found } = importPartners(desired, live, { fileOf: () => 'new.yaml', ...options });
    return {
      ...found,
      texts: Object.fromEntries(
        files.map(({ path, after }) => [path, after.split('\n\n').slice(1).join('\n\n')]),
      ),
    };
  };

  test('those that the files lack, in the order of their handles, each in its file', () => {
    const { texts, handles, lacking } = one({
      fileOf: (handle) => `${handle}.yaml`,
      headOf: (file) => [`# ${file}`],
    });
    expect(texts).toEqual({
      'a.yaml': 'partners:\n  a:\n    id: ptn_a\n    name: a\n',
      'b.yaml': 'partners:\n  b:\n    id: ptn_b\n    name: b\n',
    });
    expect([handles, lacking.map(({ id }) => id)]).toEqual([
      ['a', 'b'],
      ['ptn_b', 'ptn_a'],
    ]);
  });

  test('those of them that are wanted', () => {
    const { texts, handles } = one({ isWanted: ({ id }) => id === 'ptn_b' });
    expect(handles).toEqual(['b']);
    expect(texts).toEqual({ 'new.yaml': 'partners:\n  b:\n    id: ptn_b\n    name: b\n' });
    expect(one({ isWanted: () => false })).toMatchObject({ handles: [], texts: {} });
    expect(one({ isWanted: () => false, pinsFile: 'pins.yaml' })).toMatchObject({ handles: [], texts: {} });
  });

  test("pinned by the CRM's id", () => {
    expect(one({ pinBy: 'externalId' }).texts).toEqual({
      'new.yaml':
        'partners:\n  a:\n    externalId: crm_a\n    name: a\n  b:\n    externalId: crm_b\n    name: b\n',
    });
  });

  test('or in a file of pins', () => {
    expect(one({ pinsFile: 'pins.yaml', headOf: (file) => [`# ${file}`] }).texts).toEqual({
      'new.yaml': 'partners:\n  a:\n    name: a\n  b:\n    name: b\n',
      'pins.yaml': 'pins:\n  a: ptn_a\n  b: ptn_b\n',
    });
  });

  test('with no names for ids where no catalog is to have them', () => {
    const desired = loadDesired([]);
    const partners = [owned('p0', jamie)];
    const { named, unnamed } = importPartners(
      desired,
      { partners, complete: true },
      { fileOf: () => 'a.yaml' },
    );
    expect([named, [...unnamed.keys()]]).toEqual([[], ['owners']]);
  });
});

test('names that are made are in alphabetical order, none of them in the catalog in whatever case', () => {
  const people = ['Zoe', 'JAMIE', 'Amy'].map((name, index) => ({ id: `user_${index + 2}`, name }));
  const { named } = imported('version: 1\ncatalog: { owners: { Jamie: user_1 } }\n', people);
  expect(named.map(({ name, id }) => `${name} ${id}`)).toEqual([
    'amy user_4',
    'jamie-2 user_3',
    'zoe user_2',
  ]);
});
