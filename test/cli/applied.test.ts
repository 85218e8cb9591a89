/** The options that pipelines rely on: INTROW_FILES, --applied, --fail-when-blocked, and the step outputs of GitHub. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { environment, folder, introwctl, sandbox } from './command.ts';
import { commit, git, repository } from './repository.ts';

const file = (acme: string, globex = 't1', more = '') =>
  `version: 1\n${more}partners:\n  acme: { id: ptn_1, name: Acme, tierId: ${acme} }\n  globex: { id: ptn_2, name: Globex, tierId: ${globex} }\n`;
const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', tierId: 't1' },
    { id: 'ptn_2', name: 'Globex', tierId: 't1' },
  ],
};

const run = (cwd: string, { url }: Sandbox, ...args: string[]) => introwctl(cwd, args, environment(url));
const moveApplied = (cwd: string, to = 'HEAD') => git(cwd, 'update-ref', 'refs/heads/applied', to);

test('--applied plans everything before the first apply, and says so; then only what changed since', async () => {
  const introw = await sandbox({ seed });
  const cwd = repository({ 'partners.yaml': file('t2') });
  const plan = ['plan', '--applied', 'applied', '--only', 'proposed'];
  const first = await run(cwd, introw, ...plan, '--out', 'first.json');
  expect(first.exit).toBe(0);
  expect(first.out).toContain(
    "applied doesn't exist, so what the files changed can't be told from drift, and everything that differs counts.",
  );
  expect(first.out).toContain('1 to update');

  moveApplied(cwd);
  const second = await run(cwd, introw, ...plan, '--out', 'second.json');
  expect(JSON.parse(readFileSync(join(cwd, 'second.json'), 'utf8')).summary).toMatchObject({ update: 0 });
  expect(second.out).not.toContain("doesn't exist");

  const before = introw.log.length;
  const overtaken = await run(cwd, introw, 'apply', 'first.json', '--applied', 'applied', '--auto-approve');
  expect(overtaken).toMatchObject({ exit: 1, err: expect.stringContaining('PLAN_STALE') });
  expect(overtaken.err).toContain('The plan was made before anything was applied, and applied is at ');
  expect(introw.log.length).toBe(before);
});

test('a saved plan is applied while the ref is where the plan saw it, and refused once it has moved', async () => {
  const introw = await sandbox({ seed });
  const cwd = repository({ 'partners.yaml': file('t1') });
  moveApplied(cwd);
  commit(cwd, 'Promote Acme', { 'partners.yaml': file('t2') });
  await run(cwd, introw, 'plan', '--applied', 'applied', '--out', 'plan.json');
  moveApplied(cwd);
  const apply = ['apply', 'plan.json', '--applied', 'applied', '--auto-approve'];
  expect(await run(cwd, introw, ...apply)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('PLAN_STALE'),
  });
  moveApplied(cwd, 'HEAD~1');
  expect(await run(cwd, introw, ...apply)).toMatchObject({ exit: 0 });
  git(cwd, 'update-ref', '-d', 'refs/heads/applied');
  const gone = await run(cwd, introw, ...apply);
  expect(gone.err).toContain("and applied doesn't exist any more.");
});

test('--applied refuses what it cannot be sure of, before the first request', async () => {
  const introw = await sandbox({ seed });
  const cwd = repository({ 'partners.yaml': file('t1') });
  commit(cwd, 'A newer commit', { 'partners.yaml': file('t2') });
  moveApplied(cwd);
  git(cwd, 'checkout', '--quiet', '--detach', 'HEAD~1');
  const older = await run(cwd, introw, 'plan', '--applied', 'applied');
  expect(older).toMatchObject({ exit: 1, err: expect.stringContaining('BASE_NOT_ANCESTOR') });
  expect(older.err).toContain('A later commit than this one has been applied already');
  expect(await run(cwd, introw, 'drift', '--applied', 'applied')).toMatchObject({ exit: 1 });
  expect(await run(cwd, introw, 'plan', '--applied', 'main', '--base', 'main')).toMatchObject({
    exit: 1,
    err: expect.stringContaining('--applied and --base both name a base'),
  });

  git(cwd, 'checkout', '--quiet', 'main');
  commit(cwd, 'Not valid', { 'partners.yaml': 'partners: 1\n' });
  moveApplied(cwd);
  commit(cwd, 'Valid again', { 'partners.yaml': file('t2') });
  const invalid = await run(cwd, introw, 'plan', '--applied', 'applied');
  expect(invalid).toMatchObject({ exit: 1, err: expect.stringContaining('BASE_INVALID') });
  expect(invalid.err).toContain('Delete the ref to plan everything that differs');
  expect(introw.log).toEqual([]);
});

test('--fail-when-blocked shows the whole plan, then fails with an annotation for each reason', async () => {
  const introw = await sandbox({ seed });
  const files = folder({ output: '', summary: '' });
  const cwd = folder({ 'partners.yaml': file('t2', 't2', 'settings: { maxChanges: 1 }\n') });
  const env = environment(introw.url, {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: cwd,
    GITHUB_OUTPUT: join(files, 'output'),
    GITHUB_STEP_SUMMARY: join(files, 'summary'),
  });
  const outputs = () => readFileSync(join(files, 'output'), 'utf8');
  const blocked = await introwctl(cwd, ['plan', '--fail-when-blocked', '--summary'], env);
  expect(blocked.exit).toBe(1);
  expect(blocked.out).toContain('2 to update');
  expect(blocked.err.match(/^::error .*$/gm)).toEqual([
    expect.stringMatching(/^::error .*title=TOO_MANY_CHANGES::Apply would refuse: 2 partners would change/),
  ]);
  expect(outputs()).toBe('changes=true\nblocked=true\ndrift=false\n');
  const json = await introwctl(cwd, ['plan', '--fail-when-blocked', '--format', 'json'], env);
  expect([json.exit, JSON.parse(json.out).blocked.length]).toEqual([1, 1]);
  const allowed = ['plan', '--fail-when-blocked', '--max-changes', '2', '--detailed-exitcode'];
  expect(await introwctl(cwd, allowed, env)).toMatchObject({ exit: 2 });
});

test('INTROW_FILES names the files, one a line; -f wins, and completion follows', async () => {
  const cwd = folder({
    'my partners/a.yaml': 'version: 1\npartners:\n  acme: { name: Acme, tier: gold }\n',
    'tiers.yaml': 'version: 1\ncatalog: { tiers: { gold: t2 } }\n',
    'other.yaml': 'version: 1\npartners: {}\n',
  });
  const env = environment(null, { INTROW_FILES: '  my partners\r\n\ntiers.yaml\n' });
  expect((await introwctl(cwd, ['validate'], env)).out).toBe('1 partner in 2 files: valid.\n');
  expect((await introwctl(cwd, ['validate', '-f', 'other.yaml'], env)).out).toContain('in 1 file');
  const completed = await introwctl(
    cwd,
    ['--get-yargs-completions', 'introwctl', 'plan', '--target', ''],
    env,
  );
  expect(completed.out).toBe('acme\n');
  const blank = await introwctl(cwd, ['validate'], environment(null, { INTROW_FILES: ' \n' }));
  expect(blank.err).toContain('partners.yaml');
});
