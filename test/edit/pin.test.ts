/** Where pins are written: in the partner's entry, under `pins` of a file, or where one is already. */
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { amend } from '../../src/edit/amend.ts';
import type { Amendment } from '../../src/edit/amendment.ts';
import {
  chosenPinEdits,
  inlinePins,
  joinPins,
  movePins,
  notLive,
  pinEdits,
  pinnable,
  unpinned,
} from '../../src/edit/pin.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';
import { liveOf, planOf } from '../plan/world.ts';

const partners = `version: 1
partners:
  a: { name: A }
  b: { id: ptn_b, name: B }
  c: { name: C }
  d: { externalId: crm_d, name: D }
`;
const pins = 'version: 1\npins: { c: ptn_c }\n';
const desired = loadDesired([
  { path: 'partners.yaml', text: partners },
  { path: 'pins.yaml', text: pins },
]);
const to = (row: Readonly<Record<string, string>>) => new Map(Object.entries(row)) as Map<Handle, PartnerId>;
const written = (amendment: Amendment) =>
  Object.fromEntries(amend(desired, amendment).files.map(({ path, after }) => [path, after]));

test('only a partner without a pin of any kind has none', () => {
  expect(unpinned(desired)).toEqual(['a']);
});

test('pins can be found for handles that are live and have none, the others would be created', () => {
  const { changes } = planOf(
    desired,
    liveOf([
      { id: 'ptn_1', name: 'A' },
      { id: 'ptn_b', name: 'B' },
      { id: 'ptn_c', name: 'C' },
    ]),
  );
  expect([...pinnable(desired, changes)]).toEqual([['a', 'ptn_1']]);
  expect(notLive(changes)).toEqual([]);
  const unmatched = loadDesired([{ path: 'p.yaml', text: 'version: 1\npartners: { e: { name: E } }\n' }]);
  const created = planOf(unmatched, []).changes;
  expect(pinnable(unmatched, created)).toEqual(new Map());
  expect(notLive(created)).toEqual(['e']);
});

test('pins of entries are those by id, of all partners or of those that are named', () => {
  expect(inlinePins(desired, null)).toEqual(to({ b: 'ptn_b' }));
  expect(inlinePins(desired, new Set(['b', 'c', 'd']))).toEqual(to({ b: 'ptn_b' }));
  expect(inlinePins(desired, new Set(['a']))).toEqual(to({}));
});

describe('pins that are found', () => {
  const found = to({ a: 'ptn_1', b: 'ptn_2', d: 'ptn_4' });
  test('go to those that have none, into their entries', () => {
    expect(written(pinEdits(desired, found, null))).toEqual({
      'partners.yaml': partners.replace('a: { name', 'a: { id: ptn_1, name'),
    });
  });
  test('or under pins of a file', () => {
    expect(written(pinEdits(desired, found, 'pins.yaml'))).toEqual({
      'pins.yaml': pins.replace('ptn_c }', 'ptn_c, a: ptn_1 }'),
    });
    for (const nothing of [to({ b: 'ptn_2' }), to({ nobody: 'ptn_2' })])
      expect(pinEdits(desired, nothing, 'pins.yaml')).toEqual({ edits: new Map(), additions: [] });
  });
});

describe('pins that somebody chose', () => {
  const chosen = to({ a: 'ptn_1', b: 'ptn_2', c: 'ptn_3', d: 'ptn_4' });
  const inEntries = partners.replace('id: ptn_b', 'id: ptn_2').replace('externalId: crm_d', 'id: ptn_4');
  test('replace those that are there where they are, and are otherwise written into the entry', () => {
    expect(written(chosenPinEdits(desired, chosen, null))).toEqual({
      'partners.yaml': inEntries.replace('a: { name', 'a: { id: ptn_1, name'),
      'pins.yaml': pins.replace('ptn_c', 'ptn_3'),
    });
  });
  test('or under pins of a file', () => {
    expect(written(chosenPinEdits(desired, chosen, 'pins.yaml'))).toEqual({
      'partners.yaml': inEntries,
      'pins.yaml': 'version: 1\npins: { c: ptn_3, a: ptn_1 }\n',
    });
  });
});

test('pins are moved from the entries to a file, together with new ones', () => {
  const both = joinPins(
    movePins(to({ b: 'ptn_b' }), 'pins.yaml'),
    pinEdits(desired, to({ a: 'ptn_1' }), 'pins.yaml'),
  );
  expect(both.additions).toHaveLength(1);
  expect(written(both)).toEqual({
    'partners.yaml': partners.replace('id: ptn_b, ', ''),
    'pins.yaml': pins.replace('ptn_c }', 'ptn_c, b: ptn_b, a: ptn_1 }'),
  });
  const names = {
    file: 'partners.yaml',
    section: 'catalog',
    catalog: 'tiers',
    names: new Map([['gold', 't1']]),
  } as const;
  expect(joinPins({ edits: new Map(), additions: [names] }, movePins(to({}), 'pins.yaml'))).toEqual({
    edits: new Map(),
    additions: [names],
  });
});
