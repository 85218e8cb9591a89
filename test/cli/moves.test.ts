/** Renaming, moving, splitting and joining files changes nothing; what was never released isn't. Real repositories. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { environment, introwctl, sandbox } from './command.ts';
import { commit, repository } from './repository.ts';

const catalog = 'catalog: { tiers: { gold: t2, silver: t1 }, experiences: { reseller: e1 } }\n';
const defaults = 'defaults: { tier: silver }\n';
const acme =
  '  acme: { id: ptn_1, name: Acme, portal: { experience: reseller, access: RESTRICTED_USERS } }\n';
const globex = '  globex: { name: Globex, domain: globex.example }\n';
const file = (...parts: string[]) => `version: 1\n${parts.join('')}`;
const all = file(catalog, defaults, 'partners:\n', acme, globex);

type Files = Readonly<Record<string, string>>;
type Move = { readonly name: string; readonly before: Files; readonly after: Files; readonly args: string };

const folder = {
  'partners/catalog.yaml': file(catalog),
  'partners/defaults.yml': file(defaults),
  'partners/acme.yaml': file('partners:\n', acme),
  'partners/globex.yaml': file('partners:\n', globex),
};
const inTwo = { 'catalog.yaml': file(catalog, defaults), 'partners.yaml': file('partners:\n', acme, globex) };

const moves: readonly Move[] = [
  {
    name: 'a file is renamed',
    before: { 'partners.yaml': all },
    after: { 'people.yaml': all },
    args: '-f people.yaml',
  },
  {
    name: 'a file moves into a folder',
    before: { 'partners.yaml': all },
    after: { 'crm/x y/partners.yml': all },
    args: '-f crm/x\u00a0y',
  },
  {
    name: 'a file is split into a folder',
    before: { 'partners.yaml': all },
    after: folder,
    args: '-f partners',
  },
  { name: 'a folder becomes a file', before: folder, after: { 'partners.yaml': all }, args: '' },
  {
    name: 'a folder is renamed',
    before: folder,
    after: Object.fromEntries(
      Object.entries(folder).map(([path, text]) => [path.replace('partners/', 'people/'), text]),
    ),
    args: '-f people',
  },
  {
    name: 'the partners move and the catalog stays',
    before: inTwo,
    after: { 'catalog.yaml': inTwo['catalog.yaml'], 'people.yaml': inTwo['partners.yaml'] },
    args: '-f catalog.yaml -f people.yaml',
  },
  {
    name: 'the catalog moves and the partners stay',
    before: inTwo,
    after: { 'shared/catalog.yaml': inTwo['catalog.yaml'], 'partners.yaml': inTwo['partners.yaml'] },
    args: '-f shared/catalog.yaml -f partners.yaml',
  },
  {
    name: 'a file joins another',
    before: { 'a.yaml': file(catalog, defaults, 'partners:\n', acme), 'b.yaml': file('partners:\n', globex) },
    after: { 'a.yaml': all },
    args: '-f a.yaml',
  },
  {
    name: 'the files of two organisations move at once',
    before: {
      'partners.yaml': file('partners:\n', acme, globex),
      'production.yaml': file(catalog, defaults),
      'staging.yaml': file(catalog.replaceAll('t1', 's1'), defaults),
    },
    after: {
      'x/partners.yaml': file('partners:\n', acme, globex),
      'x/1.yaml': file(catalog, defaults),
      'y/2.yaml': file(catalog.replaceAll('t1', 's1'), defaults),
    },
    args: '-f x',
  },
  {
    name: 'a handle is renamed and its file moves',
    before: { 'partners.yaml': all },
    after: { 'people.yaml': all.replace('  globex:', '  globex-inc:').replace('  acme:', '  acme-inc:') },
    args: '-f people.yaml',
  },
];

/** Somebody has set both to gold by hand; Introw doesn't return the portal. */
const introw = () =>
  sandbox({
    showExperience: false,
    seed: {
      partners: [
        { id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: 't2' },
        { id: 'ptn_2', name: 'Globex', domain: 'globex.example', tierId: 't2' },
      ],
    },
  });

function moved({ before, after }: Pick<Move, 'before' | 'after'>): string {
  const path = repository({
    ...before,
    'k8s/deployment.yaml': 'version: 1\npartners: [no, file, of, ours]\n',
  });
  for (const name of [...Object.keys(before), 'k8s/deployment.yaml']) rmSync(join(path, name));
  commit(path, 'Move the files', after);
  return path;
}

async function planOf(path: string, url: string, args: string): Promise<Plan> {
  const line = [
    'plan',
    '--format',
    'json',
    '--base',
    'HEAD~1',
    ...args.split(' ').filter((each) => each !== ''),
  ];
  const { exit, out, err } = await introwctl(
    path,
    line.map((each) => each.replaceAll('\u00a0', ' ')),
    environment(url),
  );
  expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
  return JSON.parse(out);
}

test.each(moves)('$name: nothing is proposed, published or released', async ({ before, after, args }) => {
  const { url } = await introw();
  const plan = await planOf(moved({ before, after }), url, `${args} --only proposed`);
  expect(plan.changes.flatMap(({ fields }) => fields)).toEqual([]);
  expect(plan.leftAlone?.map(({ fields }) => fields)).toEqual([['tier'], ['tier']]);
  expect([plan.released, plan.blocked, plan.warnings, plan.unmanaged]).toEqual([[], [], [], []]);
});

test('two files that are gone say different things of a handle: a doubt that names both', async () => {
  const { url } = await introw();
  const path = moved({
    before: {
      'old/partners.yaml': all,
      'older/partners.yaml': all.replace('name: Globex,', 'name: Globex, tier: gold,'),
    },
    after: { 'partners.yaml': all },
  });
  const { blocked, changes } = await planOf(path, url, '');
  expect(blocked.map(({ code, address, message }) => [code, address, message])).toEqual([
    [
      'BASE_AMBIGUOUS',
      'globex',
      'What the base said of globex is unclear: old/partners.yaml and older/partners.yaml say different things of it.',
    ],
  ]);
  expect(changes.map(({ address }) => address)).toEqual(['acme']);
});

test('a handle that goes while its file moves is not released, one of a named file is', async () => {
  const { url } = await introw();
  const without = all.replace(globex, '');
  const gone = await planOf(
    moved({ before: { 'partners.yaml': all }, after: { 'people.yaml': without } }),
    url,
    '-f people.yaml',
  );
  expect([gone.released, gone.unmanaged.map(({ id }) => id)]).toEqual([[], ['ptn_2']]);
  const named = await planOf(
    moved({ before: { 'partners.yaml': all }, after: { 'partners.yaml': without } }),
    url,
    '',
  );
  expect(named.released.map(({ address }) => address)).toEqual(['globex']);
});

test('a file that moves into a subfolder of a folder of -f is pointed out', async () => {
  const { url } = await introw();
  const after = { ...folder, 'partners/emea/globex.yaml': folder['partners/globex.yaml'] };
  const path = moved({
    before: folder,
    after: Object.fromEntries(Object.entries(after).filter(([name]) => name !== 'partners/globex.yaml')),
  });
  const plan = await planOf(path, url, '-f partners');
  expect(plan.released.map(({ address }) => address)).toEqual(['globex']);
  expect(plan.warnings).toEqual([
    {
      code: 'SUBFOLDER_NOT_READ',
      message:
        'Not read, since -f takes only the files of a folder itself: partners/emea/globex.yaml. Name each subfolder with -f too.',
      position: null,
    },
  ]);
  const both = await planOf(path, url, '-f partners -f partners/emea');
  expect([both.released, both.warnings]).toEqual([[], []]);
});
