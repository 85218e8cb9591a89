/** How a list pages, as people meet it: found out once, then set. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import schema from '../../schemas/partners.schema.json' with { type: 'json' };
import { pagingForms } from '../../src/introw/paging-forms.ts';
import { readPaging } from '../../src/introw/paging-name.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type GivenArgs, runCommand } from './in-process.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const partners = Array.from({ length: 250 }, (_, index) => ({ id: `ptn_${index}`, name: `P${index}` }));

async function run(
  name: string,
  { settings = '', ...served }: SandboxOptions & { settings?: string },
  given: GivenArgs = {},
) {
  const introw = await startSandbox({ seed: { partners }, ...served });
  const folder = mkdtempSync(join(tmpdir(), 'introwctl-'));
  cleanups.push(introw.close, () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'partners.yaml');
  writeFileSync(file, `version: 1\n${settings}partners:\n  last: { name: P249 }\n  new: { name: New }\n`);
  const env = { INTROW_API_URL: introw.url, INTROW_API_KEY: 'sandbox-key' };
  const { exit, out, err } = await runCommand(name, { file: [file], ...given }, env);
  return { exit, out, err, reads: introw.log.filter(({ method }) => method === 'GET').length, introw };
}

test('what was found out is said with its cost, and what to set', async () => {
  const { exit, out, err, reads } = await run(
    'plan',
    { paging: 'silent-last-id:starting_after' },
    { format: 'json' },
  );
  expect({
    exit,
    reads,
    spent: JSON.parse(out).cost.requestsSpent,
    creates: JSON.parse(out).summary.create,
  }).toEqual({
    exit: 0,
    reads: 7,
    spent: 7,
    creates: 1,
  });
  expect(err).toContain(
    "The list of partners doesn't say how it pages: 4 more requests found that it pages by last-id:starting_after. Set settings.paging: last-id:starting_after to save them.",
  );
});

test.each<[string, { settings?: string; paging: string }, GivenArgs]>([
  ['settings.paging', { paging: 'silent-page', settings: 'settings: { paging: page }\n' }, {}],
  ['--paging', { paging: 'silent-page' }, { paging: 'page' }],
  [
    '--paging over settings.paging',
    { paging: 'silent-offset', settings: 'settings: { paging: page }\n' },
    { paging: 'offset' },
  ],
])('%s saves them', async (_, served, given) => {
  for (const name of ['plan', 'drift', 'apply', 'import']) {
    const { reads, introw, err } = await run(name, served, {
      ...given,
      'auto-approve': true,
      'dry-run': name === 'import',
    });
    expect({ name, reads, sent: introw.log.length }).toEqual({
      name,
      reads: 3,
      sent: name === 'apply' ? 4 : 3,
    });
    expect(err).not.toContain('how it pages');
  }
});

test('what reading the list took is what reading it again for a saved plan is said to cost', async () => {
  for (const [served, reads] of [
    [{ paging: 'cursor', maxPageSize: 25 }, 10],
    [{ paging: 'silent-page' }, 4],
    [{ paging: 'offset', faults: [parseFault('remove=ptn_3@list:2')] }, 3],
  ] as const) {
    const { out } = await run('plan', served, { format: 'json' });
    const { requestsToApply, requestsToApplySaved } = JSON.parse(out).cost;
    expect([served.paging, requestsToApplySaved - requestsToApply]).toEqual([served.paging, reads]);
  }
});

test('where nothing is proved, the run stops and says what it tried, what that cost and what helps', async () => {
  const { exit, err, introw } = await run('apply', { paging: 'none' }, { 'auto-approve': true });
  expect(exit).toBe(1);
  expect(introw.log.map(({ method }) => method)).toEqual(Array.from({ length: 6 }, () => 'GET'));
  expect(err).toContain(
    "The list of partners may continue after 100: it doesn't say whether more follow, and trying page=2, offset=100, cursor=ptn_99, after=ptn_99, starting_after=ptn_99 didn't show it (5 requests).",
  );
  expect(err).toContain('--assume-complete');
});

test.each(['page', 'offset', 'last-id', 'cursor', 'link'])(
  'a list that does not page by %s, as set, stops the run',
  async (paging) => {
    const { exit, err, introw } = await run('apply', { paging: 'none' }, { paging, 'auto-approve': true });
    expect(exit).toBe(1);
    expect(err).toContain('LIST_MAY_BE_CUT_OFF');
    expect(introw.log.every(({ method }) => method === 'GET')).toBe(true);
  },
);

test.each(['pages', 'page:', 'link:x', 'page: p', ''])(
  '--paging %j is refused before anything is sent',
  async (paging) => {
    const { exit, err, introw } = await run('plan', { paging: 'page' }, { paging });
    expect({ exit, sent: introw.log.length }).toEqual({ exit: 1, sent: 0 });
    expect(err).toContain('It takes cursor, token, page-info, link, links, next-page, page, offset, last-id');
  },
);

test('the schema takes for settings.paging exactly what --paging takes', () => {
  const pattern = new RegExp(schema.properties.settings.properties.paging.pattern);
  const names = [...pagingForms.map(({ name }) => name), 'pages', '', 'cursor-snake'];
  for (const text of names.flatMap((name) => [
    name,
    `${name}:p`,
    `${name}:page[number]`,
    `${name}:`,
    `${name}: p`,
  ]))
    expect([text, pattern.test(text)]).toEqual([text, readPaging(text) !== null]);
});
