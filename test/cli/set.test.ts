/** Bulk edits by field and condition, against a naive model and at the edges. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadDesired } from '../../src/desired/load.ts';
import { environment, folder, introwctl } from './command.ts';
import { runCommand } from './in-process.ts';

const offline = environment(null);
const catalog = { tiers: { silver: 't1', gold: 't2' }, owners: { sarah: 'u1', robin: 'u2' } };
const row = fc.record(
  {
    name: fc.constant('Any'),
    tier: fc.constantFrom('silver', 'gold'),
    owner: fc.constantFrom('sarah', 'robin'),
  },
  { requiredKeys: ['name'] },
);

const set = (path: string, positionals: string[], where?: string[]) =>
  runCommand(
    'set',
    {
      file: [join(path, 'p.yaml')],
      positionals,
      'auto-approve': true,
      ...(where === undefined ? {} : { where }),
    },
    offline,
  );
const read = (path: string) => readFileSync(join(path, 'p.yaml'), 'utf8');

test('the files then mean what a naive model means, judged after defaults', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('silver', 'gold', undefined),
      fc.constantFrom('silver', 'gold'),
      fc.constantFrom('tier=gold', 'tier!=gold', 'owner=', 'owner~r*'),
      async (rows, byDefault, to, where) => {
        const partners = Object.fromEntries(rows.map((each, index) => [`p${index}`, each]));
        const defaults = byDefault === undefined ? {} : { tier: byDefault };
        const path = folder({ 'p.yaml': stringify({ version: 1, catalog, defaults, partners }) });
        const expected = rows.map(({ tier = byDefault, owner }) => {
          const meets = {
            'tier=gold': tier === 'gold',
            'tier!=gold': tier !== 'gold',
            'owner=': owner === undefined,
            'owner~r*': owner === 'robin',
          }[where];
          return [meets ? to : tier, owner];
        });
        expect((await set(path, [`tier=${to}`], [where])).exit).toBe(0);
        const { partners: after } = loadDesired([{ path: 'p.yaml', text: read(path) }]);
        const found = [...after.values()].map(({ values }) => [
          values.get('tier')?.value,
          values.get('owner')?.value,
        ]);
        const ids = expected.map(([tier, owner]) => [
          tier === undefined ? undefined : catalog.tiers[tier as 'gold'],
          owner === undefined ? undefined : catalog.owners[owner as 'robin'],
        ]);
        expect(found).toEqual(ids);
      },
    ),
    { numRuns: 40 },
  );
});

const text = `version: 1
catalog: { tiers: { silver: t1, gold: t2 } }
defaults: { tier: silver }
partners:
  acme: { name: Acme, domain: acme.example, tier: gold } # key account
  globex: { name: Globex }
  initech: { name: Initech }
`;

test.each([
  [['tier=golf', 'acme'], undefined, 'catalog.tiers has no "golf". Did you mean gold?'],
  [['teir=gold', 'acme'], undefined, 'no field is called "teir". Did you mean tier?'],
  [['tier=gold', 'acmee'], undefined, `"acmee" isn't in any file. Did you mean acme?`],
  [['tier=gold'], undefined, 'set needs handles or conditions'],
  [['acme'], undefined, 'Nothing is to be set.'],
  [['handle=x', 'acme'], undefined, "handle identifies a partner, so it can't be set."],
  [['name=', 'acme'], undefined, "Every partner has a name, so it can't be none."],
  [['tier=', 'globex'], undefined, 'globex has its tier from the defaults'],
  [['name=ACME', 'globex'], undefined, 'globex and acme would have the same name: "ACME" and "Acme".'],
  [['domain=acme.example', 'globex'], undefined, 'would have the same domain: "acme.example".'],
  [['name=Hooli'], ['tier=silver', 'name~*'], 'initech and globex would have the same name: "Hooli".'],
])('set %j is refused, and nothing is written', async (words, where, message) => {
  const path = folder({ 'p.yaml': text });
  const { exit, err } = await set(path, words, where);
  expect(exit).toBe(1);
  expect(err).toContain(message);
  expect(read(path)).toBe(text);
});

test('nobody who meets the conditions is said so, and is no failure', async () => {
  const path = folder({ 'p.yaml': text });
  expect(await set(path, ['tier=gold'], ['name~Zed*'])).toMatchObject({
    exit: 0,
    out: 'No partner meets the conditions.\n',
  });
});

test('two partners that are one already can still be changed', async () => {
  const path = folder({ 'p.yaml': text.replace('name: Globex', 'name: acme') });
  expect(await set(path, ['tier=gold', 'globex'])).toMatchObject({ exit: 0 });
});

test('through the built command', async () => {
  const path = folder({ 'p.yaml': text });
  const args = ['set', 'tier=silver', 'domain=', '-f', 'p.yaml', '--where', 'tier=gold', '--auto-approve'];
  expect((await introwctl(path, args, offline)).exit).toBe(0);
  expect(read(path)).toBe(text.replace('acme.example, tier: gold', 'null, tier: silver'));
});

test.each([
  ['what Introw can clear', ['domain=', 'acme'], ''],
  [
    'what Introw keeps',
    ['owner=', 'acme'],
    "Introw can't clear owner: 1 partner keeps the value there, which is no longer compared.\n",
  ],
  [
    'what it keeps of several',
    ['owner=', 'acme,globex'],
    "Introw can't clear owner: 2 partners keep the value there, which is no longer compared.\n",
  ],
  ['what falls back to the default', ['tier=', 'acme'], ''],
  ['a name of the catalog in another case', ['tier=GOLD', 'globex'], ''],
  [
    'a domain that two pinned partners get',
    ['domain=www.x.example', 'acme,globex'],
    'Warning: globex and acme get the same domain: "www.x.example". Apply refuses what would make two partners alike.\n',
  ],
  [
    'a name that another pinned partner has',
    ['name=Globex', 'acme'],
    'Warning: globex and acme get the same name: "Globex". Apply refuses what would make two partners alike.\n',
  ],
  ['a field of two that were alike before', ['tier=gold', 'twin'], ''],
] as const)('set of %s: notes before it writes', async (_, words, notes) => {
  const path = folder({
    'p.yaml': `version: 1
catalog: { tiers: { silver: t1, gold: t2 } }
defaults: { tier: silver }
partners:
  acme: { id: ptn_1, name: Acme, domain: acme.example, tier: gold, ownerId: u1 }
  globex: { id: ptn_2, name: Globex, ownerId: u1 }
  twin: { id: ptn_3, name: Twin }
  other: { externalId: crm_4, name: Twin }
`,
  });
  const { exit, err } = await set(path, [...words]);
  expect([exit, err.replace(/Written: .*\n/, '')]).toEqual([0, notes]);
});
