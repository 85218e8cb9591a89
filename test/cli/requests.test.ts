/** A request is a credit: what each command sends, counted. */
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { environment, folder, introwctl, sandbox } from './command.ts';

/** Partners p0, p1, …, alike in Introw and in the file, but for the first `changed`. */
function partners(count: number, changed = 0, more = '') {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const lines = numbers.map(
    (index) =>
      `  p${index}: { id: ptn_${index}, name: P${index}, tierId: ${index < changed ? 't2' : 't1'} }\n`,
  );
  return {
    seed: { partners: numbers.map((index) => ({ id: `ptn_${index}`, name: `P${index}`, tierId: 't1' })) },
    files: { 'partners.yaml': `version: 1\n${more}partners:${count === 0 ? ' {}' : ''}\n${lines.join('')}` },
  };
}

function sent({ log }: Sandbox): string[] {
  return log.map(({ method, path }) => `${method} ${path.replace('/api/v1/partners', '')}`);
}

test.each([
  [0, 1],
  [1, 1],
  [100, 1],
  [101, 2],
  [250, 3],
  [1000, 10],
])('a plan of %i partners: %i', async (count, requests) => {
  const { seed, files } = partners(count);
  const introw = await sandbox({ seed });
  const { out } = await introwctl(folder(files), ['plan', '--format', 'json'], environment(introw.url));
  expect(JSON.parse(out).cost.requestsSpent).toBe(requests);
  expect(introw.log).toHaveLength(requests);
});

test.each([
  ['p7', '', ['GET /ptn_7']],
  ['p7,p8,p9', '', ['GET /ptn_7', 'GET /ptn_8', 'GET /ptn_9']],
  ['p7,p8,p9', 'ptn_8', ['GET /ptn_7', 'GET /ptn_8', 'GET /ptn_9']],
  ['p7,p8', 'ptn_1', ['GET /ptn_7', 'GET /ptn_8', 'GET /ptn_1']],
])('a preview of the pinned %s, with organisation.contains "%s": %j', async (targets, contains, expected) => {
  const { seed, files } = partners(
    250,
    0,
    contains === '' ? '' : `organisation: { contains: ${contains} }\n`,
  );
  const introw = await sandbox({ seed });
  const { exit } = await introwctl(folder(files), ['plan', '--target', targets], environment(introw.url));
  expect(exit).toBe(0);
  expect(sent(introw)).toEqual(expected);
});

test('a preview of more pinned partners than the list has pages reads the list', async () => {
  const { seed, files } = partners(120);
  const introw = await sandbox({ seed });
  await introwctl(folder(files), ['plan', '--target', 'p1,p2,p3'], environment(introw.url));
  expect(introw.log).toHaveLength(2);
});

const list = ['GET ?limit=100', 'GET ?limit=100&cursor=…', 'GET ?limit=100&cursor=…'];

test.each([
  ['a name that is to change reads the list too', 'plan --target p7', 'name: Seven', ['GET /ptn_7', ...list]],
  ['drift changes no name', 'drift --target p7', 'name: Seven', ['GET /ptn_7']],
  ['a name that is spelled otherwise is no change', 'plan --target p7', 'name: P7', ['GET /ptn_7']],
  ['a name that is ignored is no change', 'plan --target p7', 'ignore: [name], name: Seven', ['GET /ptn_7']],
  [
    'another handle that may be the same partner',
    'plan --target p7',
    'name: P7, domain: p7.example }\n  other: { name: P7',
    ['GET /ptn_7', ...list],
  ],
  [
    'another handle that is pinned by id to what an external id leads to',
    'plan --target p8',
    'name: P7 }\n  other: { id: "ptn_8", name: Other',
    ['GET /crm_8', ...list],
  ],
  [
    'pinned partners of which most are gone, as with a wrong key',
    'plan --target gone,lost',
    'name: P7 }\n  gone: { id: ptn_901, name: Gone }\n  lost: { id: ptn_902, name: Lost',
    ['GET /ptn_901', 'GET /ptn_902', ...list],
  ],
  ['an external id that agrees', 'plan --target p8', '', ['GET /crm_8']],
  [
    'an external id that leads to a partner with another name',
    'plan --target p9',
    '',
    ['GET /crm_9', ...list],
  ],
  [
    'an external id that is the Introw id of another partner',
    'plan --target p6',
    '',
    ['GET /ptn_1', ...list],
  ],
])('%s: %s', async (_, line, seven, expected) => {
  const { seed, files } = partners(250);
  const text = files['partners.yaml']
    .replace('name: P7', seven === '' ? 'name: P7' : seven)
    .replace('id: ptn_8,', 'externalId: crm_8,')
    .replace('id: ptn_9,', 'externalId: crm_9,')
    .replace('id: ptn_6,', 'externalId: ptn_1,');
  const external = [
    { id: 'ptn_8', name: 'P8', tierId: 't1', externalId: 'crm_8' },
    { id: 'ptn_250', name: 'Stranger', externalId: 'crm_9' },
    { id: 'ptn_251', name: 'P6x', externalId: 'ptn_1' },
  ];
  const introw = await sandbox({
    seed: {
      partners: [
        ...seed.partners
          .filter(({ id }) => !['ptn_6', 'ptn_8', 'ptn_9'].includes(id))
          .map((each) => (each.id === 'ptn_7' ? { ...each, name: ' P7\u00a0' } : each)),
        ...external,
      ],
    },
  });
  await introwctl(folder({ 'partners.yaml': text }), line.split(' '), environment(introw.url));
  expect(sent(introw).map((each) => each.replace(/cursor=.*/, 'cursor=…'))).toEqual(expected);
});

test('the partner that must be there is no reason for the list, whoever else may be it', async () => {
  const { seed, files } = partners(250, 0, 'organisation: { contains: ptn_1 }\n');
  const introw = await sandbox({ seed });
  const text = files['partners.yaml'].replace('p1: { id: ptn_1, ', 'p1: { ');
  await introwctl(folder({ 'partners.yaml': text }), ['plan', '--target', 'p7'], environment(introw.url));
  expect(sent(introw)).toEqual(['GET /ptn_7', 'GET /ptn_1']);
});

test('an apply of 7 changes among 120 partners: the list and 7', async () => {
  const { seed, files } = partners(120, 7);
  const introw = await sandbox({ seed });
  const env = environment(introw.url);
  const { exit } = await introwctl(folder(files), ['apply', '--auto-approve'], env);
  expect(exit).toBe(0);
  expect(sent(introw).slice(2)).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `PATCH /ptn_${index}`));
});

test.each([
  [2, 'its partners', ['GET /ptn_0', 'GET /ptn_1']],
  [3, 'the list', ['GET ?limit=100', 'GET ?limit=100&cursor=…']],
])('a saved plan of %i changes among 120 partners: %s, and the changes', async (changes, _, check) => {
  const { seed, files } = partners(120, changes);
  const introw = await sandbox({ seed });
  const [cwd, env] = [folder(files), environment(introw.url)];
  await introwctl(cwd, ['plan', '--out', 'plan.json'], env);
  const { exit } = await introwctl(cwd, ['apply', 'plan.json', '--auto-approve'], env);
  expect(exit).toBe(0);
  const patches = Array.from({ length: changes }, (_each, index) => `PATCH /ptn_${index}`);
  expect(
    sent(introw)
      .slice(2)
      .map((line) => line.replace(/cursor=.*/, 'cursor=…')),
  ).toEqual([...check, ...patches]);
});

test('an apply with nothing to do: the list', async () => {
  const { seed, files } = partners(3);
  const introw = await sandbox({ seed });
  await introwctl(folder(files), ['apply', '--auto-approve'], environment(introw.url));
  expect(introw.log).toHaveLength(1);
});
