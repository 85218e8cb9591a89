/** What the sandbox serves, read over HTTP as introwctl reads Introw. */
import { afterEach, describe, expect, test } from 'vitest';
import { openConnection } from '../../src/introw/connection.ts';
import { pagingText, readPaging } from '../../src/introw/paging-name.ts';
import { readWholeList } from '../../src/introw/reader.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { pagingForms } from '../../src/sandbox/paging.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { parseSeed } from '../../src/sandbox/seed.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function start(options: SandboxOptions): Promise<Sandbox> {
  const introw = await startSandbox(options);
  cleanups.push(introw.close);
  return introw;
}

const seedOf = (count: number) => ({
  partners: Array.from({ length: count }, (_, index) => ({ id: `ptn_${index}`, name: `P${index}` })),
});

/** How the list was read: `250 in 3 by cursor`. */
async function listed(introw: Sandbox, paging: string | null = null): Promise<string> {
  const connection = openConnection({
    url: introw.url,
    key: 'sandbox-key',
    userAgent: 'test',
    paging: paging === null ? null : readPaging(paging),
  });
  cleanups.push(connection.close);
  const read = await readWholeList(connection);
  expect(introw.log).toHaveLength(read.requests);
  const by = read.paging === null ? '' : ` by ${pagingText(read.paging)}`;
  return `${read.partners.length} in ${read.requests}${by}`;
}

describe('every way of paging is followed', () => {
  test.each(Object.keys(pagingForms).filter((name) => name !== 'none'))('%s', async (paging) => {
    const introw = await start({ seed: seedOf(250), paging });
    const form = paging.replace(/^silent-/, '').replace(/^(cursor-.*|has-more)$/, 'cursor');
    const found = { 'last-id': 3, 'silent-page': 1, 'silent-offset': 2, 'silent-last-id': 3 }[paging] ?? 0;
    expect(await listed(introw)).toBe(`250 in ${3 + found} by ${form}`);
  });

  test.each([
    ['last-id:starting_after', 'last-id:starting_after'],
    ['silent-last-id:since', 'last-id:since'],
    ['silent-page:p', 'page:p'],
    ['cursor:c', 'cursor:c'],
    ['token:t', 'token:t'],
    ['page:p', 'page:p'],
  ])('%s, once paging is set to %s', async (served, set) => {
    const introw = await start({ seed: seedOf(250), paging: served });
    expect(await listed(introw, set)).toBe(`250 in 3 by ${set}`);
  });
});

test('a partner is deleted, free of charge, and is gone', async () => {
  const introw = await start({ seed: seedOf(2), credits: 10 });
  const remove = (id: string) => fetch(`${introw.url}/api/v1/partners/${id}`, { method: 'DELETE' });
  expect(
    await Promise.all([remove('ptn_1'), remove('ptn_9')].map(async (answer) => (await answer).status)),
  ).toEqual([200, 404]);
  expect(introw.partners().map(({ id }) => id)).toEqual(['ptn_0']);
  const answer = await fetch(`${introw.url}/api/v1/partners/ptn_1`, {
    headers: { 'x-api-key': 'sandbox-key' },
  });
  expect([answer.status, answer.headers.get('x-introw-credits-remaining-month')]).toEqual([404, '9']);
});

test('somebody else deletes and creates partners while the list is read', async () => {
  const removing = await start({
    seed: seedOf(250),
    paging: 'offset',
    faults: [parseFault('remove=ptn_3@list:2')],
  });
  expect(await listed(removing)).toBe('249 in 6 by offset');
  const inserting = await start({
    seed: seedOf(200),
    paging: 'offset',
    faults: [parseFault('insert=New@list:2')],
  });
  expect(await listed(inserting)).toBe('201 in 3 by offset');
  expect(inserting.partners().at(-1)?.name).toBe('New');
});

test.each([
  [[], '  Acme  Inc ', 'Acme.Example'],
  [['trim'], 'Acme  Inc', 'Acme.Example'],
  [['shrink'], ' Acme Inc ', 'Acme.Example'],
  [['trim', 'shrink', 'fold'], 'acme inc', 'acme.example'],
] as const)('what is sent is kept by %j', async (keeping, name, domain) => {
  const introw = await start({ keeping });
  await fetch(`${introw.url}/api/v1/partners`, {
    method: 'POST',
    headers: { 'x-api-key': 'sandbox-key' },
    body: JSON.stringify({ name: '  Acme  Inc ', domain: 'Acme.Example' }),
  });
  expect(introw.partners()[0]).toMatchObject({ name, domain });
});

test.each([
  [{ partners: [], tier: ['t'] }, 'the seed has "tier"'],
  [{ partners: [{ name: 'A' }, { name: 'Acme', tier: 'gold' }] }, 'partner 2 (Acme) has "tier"'],
  [{ partners: [{ name: 'Acme', partnerOwnerID: 'u' }] }, 'partner 1 (Acme) has "partnerOwnerID"'],
])('a seed with members that Introw lacks is refused: %j', (seed, says) => {
  expect(() => parseSeed(seed)).toThrow(says);
  expect(parseSeed(seed, { extraMembers: true }).partners).toBe(seed.partners);
});
