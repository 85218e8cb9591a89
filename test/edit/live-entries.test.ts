/** How live partners are written as entries of a file, so that a plan right after finds no difference. */
import { describe, expect, test } from 'vitest';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { amend } from '../../src/edit/amend.ts';
import type { Addition } from '../../src/edit/amendment.ts';
import { type PinBy, takeOver, unnamedIds } from '../../src/edit/live-entries.ts';
import { liveOf, planOf } from '../plan/world.ts';

const catalog = 'catalog: { tiers: { gold: t2 }, experiences: { reseller: e1 } }\n';

/** What a file with this head has under `partners:` once these are written; a plan of it must find nothing to do. */
function written(
  json: readonly Record<string, unknown>[],
  { head = '', pinBy = 'id' as PinBy, handles = [] as readonly string[] } = {},
): string {
  const desired = loadDesired([{ path: 'p.yaml', text: `version: 1\n${catalog}${head}` }]);
  const live = liveOf(json);
  const { items, pins } = takeOver(live, desired, namesOf(desired.catalog), handles, pinBy);
  expect([...pins.keys()].sort()).toEqual(items.map(({ key }) => key));
  const additions: Addition[] = [{ file: 'p.yaml', section: 'partners', items }];
  if (pinBy === 'elsewhere') additions.push({ file: 'p.yaml', section: 'pins', pins });
  const { files, state } = amend(desired, { edits: new Map(), additions });
  expect(planOf(state, live).changes.filter(({ action }) => action !== 'none')).toEqual([]);
  const after = files[0]?.after ?? '';
  return after.slice(after.indexOf('partners:\n') + 'partners:\n'.length);
}

describe('a partner is written with all that Introw returned', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    [
      'names of the catalog where there are any',
      { tierId: 't2', phaseId: 'p1' },
      '',
      '    tier: gold\n    phaseId: p1\n',
    ],
    ['its domain', { domain: 'acme.example' }, '', '    domain: acme.example\n'],
    ['its portal', { experienceTemplateId: 'e1' }, '', '    portal: { experience: reseller }\n'],
    ['nothing for what is none', { domain: null, tierId: null, owner: null }, '', ''],
    ['nothing that the defaults say', { tierId: 't2' }, 'defaults: { tier: gold }\n', ''],
    ['what the defaults say otherwise', { tierId: 't9' }, 'defaults: { tier: gold }\n', '    tierId: t9\n'],
    [
      'that it leaves to the CRM what the defaults say and it has not',
      { tierId: null },
      'defaults: { tier: gold }\n',
      '    ignore: [tier]\n',
    ],
    [
      'that it leaves several to the CRM',
      { tierId: null, owner: null },
      'defaults: { tier: gold, ownerId: u1 }\n',
      '    ignore: [tier, owner]\n',
    ],
    ['nothing that the defaults leave to the CRM', { tierId: 't2' }, 'defaults: { ignore: [tier] }\n', ''],
    [
      'that it leaves its portal to the CRM where the defaults have one',
      { experienceTemplateId: null },
      'defaults: { portal: { experience: reseller, access: RESTRICTED_USERS } }\n',
      '    ignore: [portal]\n',
    ],
    ['a domain as a file spells it', { domain: 'https://ACME.example/' }, '', '    domain: acme.example\n'],
    [
      'why it leaves out what no file can say',
      { domain: 'no-dot' },
      '',
      "    # Introw's domain can't be managed here: it is not a complete domain.\n",
    ],
  ])('%s', (_, members, head, lines) => {
    expect(written([{ id: 'ptn_1', name: 'Acme', ...members }], { head })).toBe(
      `  acme:\n    id: ptn_1\n    name: Acme\n${lines}`,
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['its domain, where it has no name', { name: null, domain: 'acme.example' }, 'acme.example'],
    ['its id, where it has neither', { name: null }, 'ptn_1'],
    ['what a file can say of its name', { name: `${'x'.repeat(199)} y z` }, 'x'.repeat(199)],
  ])('it is called by %s, and the name is left to the CRM', (_, members, name) => {
    const text = written([{ id: 'ptn_1', ...members }]);
    expect(text).toContain(`    name: ${name}\n`);
    expect(text).toContain('    ignore: [name]\n');
    expect(text).toMatch(
      /# Introw('s name can't be managed here| returned no name, so it can't be managed here\.)/,
    );
  });
});

describe('handles', () => {
  const named = (...partners: readonly (readonly [id: string, name: string, createdAt?: string])[]) =>
    partners.map(([id, name, createdAt = null]) => ({ id, name, createdAt }));
  const handlesOf = (text: string) =>
    [...text.matchAll(/^ {2}(\S+):\n {4}id: (\S+)/gm)].map(([, handle, id]) => `${handle} ${id}`);

  test('are in alphabetical order, and of two with one name the older keeps its handle', () => {
    const some = named(
      ['p1', 'Zeta'],
      ['p2', 'Acme', '2026-02-01'],
      ['p3', 'Acme', '2026-01-01'],
      ['p4', 'Beta'],
    );
    expect(handlesOf(written(some))).toEqual(['acme p3', 'acme-2 p2', 'beta p4', 'zeta p1']);
  });
  test('of the same age, or of none, by id', () => {
    const some = named(['p3', 'Acme'], ['p1', 'Acme'], ['p2', 'Acme'], ['p0', 'Acme', '2026-01-01']);
    expect(handlesOf(written(some))).toEqual(['acme p1', 'acme-2 p2', 'acme-3 p3', 'acme-4 p0']);
  });
  test('are none that a file has, in whatever case', () => {
    expect(handlesOf(written(named(['p1', 'Acme']), { handles: ['ACME', 'acme-2'] }))).toEqual(['acme-3 p1']);
  });
});

describe('pins', () => {
  const crm = (id: string, externalId: string | null) => ({ id, name: `N ${id}`, externalId });
  test("are Introw's ids", () => {
    expect(written([crm('p1', 'x1')])).toBe('  n-p1:\n    id: p1\n    name: N p1\n');
  });
  test("or the CRM's, where there is one that no other partner has, and that a file can hold", () => {
    const some = [crm('p1', 'x1'), crm('p2', 'x2'), crm('p3', 'x2'), crm('p4', null), crm('p5', 'a\nb')];
    const pins = [...written(some, { pinBy: 'externalId' }).matchAll(/(id|externalId): (.*)/g)];
    expect(pins.map(([, key, id]) => `${key} ${id}`)).toEqual([
      'externalId x1',
      'id p2',
      'id p3',
      'id p4',
      'id p5',
    ]);
  });
  test('or in another place', () => {
    expect(written([crm('p1', 'x1')], { pinBy: 'elsewhere' })).toBe(
      '  n-p1:\n    name: N p1\n\npins:\n  n-p1: p1\n',
    );
  });
  test('that no file can hold leave their partner out, which is reported', () => {
    const desired = loadDesired([]);
    const live = liveOf([crm('p1', null), { id: 'a\nb', name: 'Odd' }]);
    const { items, unpinnable } = takeOver(live, desired, namesOf(desired.catalog), [], 'id');
    expect([items.map(({ key }) => key), unpinnable.map(({ name }) => name)]).toEqual([['n-p1'], ['Odd']]);
  });
});

test('ids without a name are known by catalog, with the partners that have them', () => {
  const { catalog: known } = loadDesired([{ path: 'p.yaml', text: `version: 1\n${catalog}` }]);
  const live = liveOf([
    { id: 'p1', name: 'A', tierId: 't2', phaseId: 'ph' },
    { id: 'p2', name: 'B', tierId: 't9', phaseId: 'ph' },
    { id: 'p3', name: 'C', tierId: '', phaseId: null },
  ]);
  const found = [...unnamedIds(live, namesOf(known))].map(([kind, ids]) => [
    kind,
    [...ids].map(([id, users]) => `${id}: ${users.map((user) => user.id).join()}`),
  ]);
  expect(found).toEqual([
    ['tiers', ['t9: p2']],
    ['phases', ['ph: p1,p2']],
  ]);
});
