/** Renaming, moving, splitting and joining files changes nothing; what was never released isn't. Real repositories. */
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { environment, folder as folderOf, introwctl, sandbox } from './command.ts';
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

/** Defaults and pins in a file of their own, with ids in place of names: without it the partners are valid as well. */
const ids = 'defaults: { tierId: t1, phaseId: ph1 }\n';
const pins = 'pins: { acme: ptn_1 }\n';
const named = '  acme: { name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS } }\n';
const apart = {
  'partners.yaml': file('partners:\n', named, globex),
  'defaults.yaml': file(ids, pins),
};

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
    name: 'the defaults move and the partners stay, with ids that need no catalog',
    before: apart,
    after: { 'partners.yaml': apart['partners.yaml'], 'shared/defaults.yaml': apart['defaults.yaml'] },
    args: '-f partners.yaml -f shared/defaults.yaml',
  },
  {
    name: 'the defaults and the pins join the partners',
    before: apart,
    after: { 'partners.yaml': file(ids, pins, 'partners:\n', named, globex) },
    args: '',
  },
  {
    name: 'the defaults become each partner\u2019s own lines',
    before: apart,
    after: {
      'partners.yaml': file(pins, 'partners:\n', named, globex).replaceAll(
        'name:',
        'tierId: t1, phaseId: ph1, name:',
      ),
    },
    args: '',
  },
  {
    name: 'a file becomes a folder of its name',
    before: { 'partners.yaml': all },
    after: { 'partners.yaml/all.yaml': all },
    args: '-f partners.yaml/all.yaml',
  },
  {
    name: 'a file is renamed in upper and lower case alone',
    before: { 'Partners.yaml': all },
    after: { 'partners.yaml': all },
    args: '',
  },
  {
    name: 'a handle is renamed and its file moves',
    before: { 'partners.yaml': all },
    after: { 'people.yaml': all.replace('  globex:', '  globex-inc:').replace('  acme:', '  acme-inc:') },
    args: '-f people.yaml',
  },
];

test('a file moves and a link takes its place: nothing is proposed, published or released', async () => {
  const { url } = await introw();
  const path = repository({ 'partners.yaml': all });
  rmSync(join(path, 'partners.yaml'));
  symlinkSync('shared/all.yaml', join(path, 'partners.yaml'));
  commit(path, 'Move the file', { 'shared/all.yaml': all });
  const plan = await planOf(path, url, '-f shared/all.yaml --only proposed');
  expect(plan.changes.flatMap(({ fields }) => fields)).toEqual([]);
  expect(plan.warnings).toEqual([]);
});

test('a folder at the base that is called like a file is none', async () => {
  const { url } = await introw();
  const path = repository({ ...folder, 'partners/old.yaml/notes.txt': 'gone\n' });
  rmSync(join(path, 'partners/old.yaml'), { recursive: true });
  const plan = await planOf(path, url, '-f partners --only proposed', 'HEAD');
  expect(plan.changes.flatMap(({ fields }) => fields)).toEqual([]);
});

test('defaults that move and are edited: the edit is a conflict with what was set by hand, the rest stays', async () => {
  const { url } = await introw();
  const after = {
    'partners.yaml': apart['partners.yaml'],
    'new.yaml': apart['defaults.yaml'].replace('t1', 't3'),
  };
  const plan = await planOf(
    moved({ before: apart, after }),
    url,
    '-f partners.yaml -f new.yaml --only proposed',
  );
  const rows = plan.changes.flatMap(({ address, fields }) =>
    fields.map(({ field, origin, base }) => [address, field, origin, base]),
  );
  expect(rows).toEqual([
    ['acme', 'tier', 'conflict', 't1'],
    ['globex', 'tier', 'conflict', 't1'],
  ]);
});

test('the defaults and pins of another organisation’s file that goes say nothing of a partner that changes', async () => {
  const { url } = await introw();
  const staging = file('pins: { globex: ptn_s }\n', 'defaults: { tierId: t9, phaseId: ph9 }\n');
  const before = { 'partners.yaml': file('partners:\n', named, globex), 'staging.yaml': staging };
  const after = { 'partners.yaml': before['partners.yaml'].replaceAll('name:', 'tierId: t5, name:') };
  const plan = await planOf(moved({ before, after }), url, '--only proposed');
  const rows = plan.changes.flatMap(({ address, fields }) =>
    fields.map(({ field, origin, base }) => [address, field, origin, base]),
  );
  expect(rows).toEqual([
    ['acme', 'tier', 'proposed', null],
    ['globex', 'tier', 'proposed', null],
  ]);
});

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

async function planOf(path: string, url: string, args: string, base = 'HEAD~1'): Promise<Plan> {
  const line = ['plan', '--format', 'json', '--base', base, ...args.split(' ').filter((each) => each !== '')];
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
  expect(plan.leftAlone?.map(({ fields }) => fields[0])).toEqual(['tier', 'tier']);
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

test('a file that is gone and did not validate leaves the handles that it had in doubt, and no others', async () => {
  const { url } = await introw();
  const path = moved({
    before: { 'partners.yaml': all.replace('name: Acme,', 'nmae: Acme,') },
    after: { 'people.yaml': `${all}  hooli: { name: Hooli }\n` },
  });
  const { blocked, changes } = await planOf(path, url, '-f people.yaml --only proposed');
  const why = "partners.yaml has it and doesn't validate.";
  expect(blocked.map(({ code, address, message }) => [code, address, message])).toEqual(
    ['acme', 'globex'].map((handle) => [
      'BASE_AMBIGUOUS',
      handle,
      `What the base said of ${handle} is unclear: ${why}`,
    ]),
  );
  expect(changes.map(({ address, action }) => [address, action])).toEqual([['hooli', 'create']]);
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

test.each([
  ['a catalog', file(catalog)],
  ['defaults', file(defaults)],
  ['pins', file(pins)],
  ['JSON', JSON.stringify({ version: 1, defaults: { tierId: 't1' } })],
])('a file in a subfolder is pointed out where it holds %s, by validate and plan', async (_, text) => {
  const { url } = await introw();
  const other = 'kind: Deployment\nspec: { version: 1 }\n';
  const path = folderOf({
    'partners/a.yaml': file('partners:\n', globex),
    'partners/x/y/z.yaml': text,
    'partners/x/k8s.yaml': other,
    'partners/.x/z.yaml': text,
  });
  symlinkSync('x', join(path, 'partners/link'));
  const run = async (command: string) =>
    JSON.parse(
      (await introwctl(path, [command, '-f', 'partners', '--format', 'json'], environment(url))).out,
    );
  const validated = await run('validate');
  const planned = await run('plan');
  expect(validated.warnings).toEqual(planned.warnings);
  expect(planned.warnings.map(({ message }: { message: string }) => message)).toEqual([
    'Not read, since -f takes only the files of a folder itself: partners/x/y/z.yaml. Name each subfolder with -f too.',
  ]);
});
