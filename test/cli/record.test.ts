/** What became of a plan, pushed: real git, several clones at once, and remotes that refuse. */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordsIn } from '../../src/history/records.ts';
import { serveApi } from '../examples/http.ts';
import { environment, folder, introwctl, type Run, sandbox, testKey, write } from './command.ts';
import { commit, git, repository } from './repository.ts';

const file = (tier: string) => `version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, tierId: ${tier} }\n`;
const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };
const outcome = (status: 'applied' | 'failed' | 'skipped', startedAt: string) =>
  JSON.stringify({
    formatVersion: '1.0',
    kind: 'outcome',
    tool: { name: 'introwctl', version: '0.1.0' },
    startedAt,
    finishedAt: startedAt,
    summary: { applied: 0, failed: 0, skipped: 0, unknown: 0, [status]: 1 },
    results: [
      {
        ...{ address: 'acme', name: 'Acme', action: 'update', fields: ['tier'], partnerId: 'ptn_1' },
        ...{ httpStatus: 200, status, verified: status === 'applied', adopted: false, keptByServer: [] },
        error: status === 'failed' ? { code: 'VALIDATION', message: 'No.', hint: '' } : null,
      },
    ],
    cost: { requestsSpent: 1, requestsToApply: 0, creditsRemaining: null, creditsLimit: null },
    stopped: null,
  });

type Place = { readonly origin: string; readonly work: string; readonly plan: string; readonly head: string };

/** A repository with a remote, and the plan of its newest commit. */
async function place(): Promise<Place> {
  const { url } = await sandbox({ seed });
  const work = repository({ 'partners.yaml': file('t1') });
  commit(work, 'Promote Acme', { 'partners.yaml': file('t2') });
  const origin = folder({});
  git(origin, 'init', '--quiet', '--bare', '-b', 'main');
  git(work, 'remote', 'add', 'origin', origin);
  git(work, 'push', '--quiet', 'origin', 'main', 'HEAD~1:refs/heads/introw-applied');
  const out = folder({});
  await introwctl(work, ['plan', '--out', join(out, 'plan.json')], environment(url));
  return { origin, work, plan: join(out, 'plan.json'), head: git(work, 'rev-parse', 'HEAD').trim() };
}

/** A runner's own clone, with what became of the plan. */
function clone({ origin }: Place, text: string): string {
  const path = folder({ 'outcome.json': text });
  git(path, 'clone', '--quiet', origin, 'repository');
  return join(path, 'repository');
}

function record({ plan }: Place, cwd: string, env: Record<string, string> = {}): Promise<Run> {
  const words = ['record', plan, '../outcome.json', '--applied', 'origin/introw-applied'];
  return introwctl(cwd, words, environment(null, env));
}

const appliedAt = ({ origin }: Place) => git(origin, 'rev-parse', 'introw-applied').trim();
const note = ({ origin, head }: Place) => recordsIn(git(origin, 'notes', '--ref=introw', 'show', head));

test('runs that record at the same moment lose nothing of each other, and the same record again adds nothing', async () => {
  const here = await place();
  const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'].map((day) => `${day}T09:00:00.000Z`);
  const clones = days.map((startedAt) => clone(here, outcome('failed', startedAt)));
  const before = appliedAt(here);
  const runs = await Promise.all(clones.map((path) => record(here, path)));
  expect(runs.map(({ exit, err }) => [exit, err])).toEqual(days.map(() => [0, '']));
  expect(note(here).map(({ startedAt }) => startedAt)).toEqual(days);
  expect(appliedAt(here)).toBe(before);
  expect(await record(here, clone(here, outcome('failed', days[0] ?? '')))).toMatchObject({ exit: 0 });
  expect(note(here)).toHaveLength(4);
  expect(git(here.origin, 'log', '--format=%an %ae', 'refs/notes/introw')).toMatch(
    /^(introwctl introwctl@localhost\n)+$/,
  );
});

test('the branch moves to a commit of which everything was applied, and not back from a later one', async () => {
  const here = await place();
  const done = clone(here, outcome('applied', '2026-11-01T09:00:00.000Z'));
  const first = await record(here, done);
  expect(first).toMatchObject({ exit: 0, err: '' });
  expect(first.out).toBe(
    `The outcome is recorded in a note on ${here.head.slice(0, 8)}.\nintrow-applied is at ${here.head.slice(0, 8)}.\n`,
  );
  expect(appliedAt(here)).toBe(here.head);
  commit(here.work, 'Later', { 'readme.md': '' });
  git(here.work, 'push', '--quiet', 'origin', 'main', 'HEAD:introw-applied');
  const later = git(here.work, 'rev-parse', 'HEAD').trim();
  const again = await record(here, done);
  expect(again.out).toContain('introw-applied stays where it is, at a later commit.');
  expect(appliedAt(here)).toBe(later);

  git(here.work, 'checkout', '--quiet', '--orphan', 'rewritten');
  git(here.work, 'commit', '--quiet', '-m', 'Another history');
  git(here.work, 'push', '--quiet', '--force', 'origin', 'HEAD:introw-applied');
  const elsewhere = await record(here, done);
  expect(elsewhere).toMatchObject({ exit: 1, err: expect.stringContaining('delete the branch') });
  expect(appliedAt(here)).toBe(git(here.work, 'rev-parse', 'HEAD').trim());
});

test('a remote that refuses the note still has its branch moved, and the run fails', async () => {
  const here = await place();
  const hook = '#!/bin/sh\n[ "$1" != refs/notes/introw ] || { echo "notes are closed" >&2; exit 1; }\n';
  write(here.origin, { 'hooks/update': hook });
  git(here.origin, 'config', 'core.hooksPath', join(here.origin, 'hooks'));
  chmodSync(join(here.origin, 'hooks/update'), 0o755);
  const run = await record(here, clone(here, outcome('applied', '2026-11-01T09:00:00.000Z')));
  expect(run).toMatchObject({ exit: 1, err: expect.stringContaining('The notes could not be pushed: ') });
  expect(run.err).toContain('notes are closed');
  expect(appliedAt(here)).toBe(here.head);
});

test('what the outcome leaves open is refused before anything is pushed', async () => {
  const here = await place();
  const path = clone(here, '');
  const cases: [text: string | null, says: string][] = [
    [null, 'so what became of the 1 change of'],
    [readFileSync(here.plan, 'utf8'), '../outcome.json is a plan, not an outcome.'],
    ['{"summary"', 'is not complete JSON'],
    [
      outcome('applied', '2026-11-01T09:00:00.000Z').replace('"acme"', '"globex"'),
      "is about globex, which the plan doesn't change.",
    ],
    [
      JSON.stringify({ ...JSON.parse(outcome('applied', '2020-11-01T09:00:00.000Z')), results: [] }),
      'is of a run that ended before the plan was made.',
    ],
  ];
  for (const [text, says] of cases) {
    if (text === null) rmSync(join(path, '../outcome.json'));
    else write(join(path, '..'), { 'outcome.json': text });
    expect(await record(here, path)).toMatchObject({ exit: 1, err: expect.stringContaining(says) });
  }
  const odd = ['record', here.plan, '../outcome.json', '--applied', 'v1.0'];
  const named = await introwctl(path, odd, environment(null));
  expect(named).toMatchObject({ exit: 1, err: expect.stringContaining('names no branch of origin') });
  expect(git(here.origin, 'for-each-ref', 'refs/notes')).toBe('');
});

test.each([
  ['GitHub', { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'a/b', GH_TOKEN: 'token-that-nobody-sees' }, 403],
  ['GitLab', { GITLAB_CI: 'true', INTROW_GITLAB_TOKEN: 'token-that-nobody-sees' }, 401],
  ['GitLab without a project token', { GITLAB_CI: 'true', CI_JOB_TOKEN: 'token-that-nobody-sees' }, 500],
] as const)('%s refuses the token: it was sent as a header, and is shown nowhere', async (_, env, status) => {
  const here = await place();
  const sent: (string | undefined)[] = [];
  const url = await serveApi(({ headers }) => {
    sent.push(headers.authorization);
    return { status };
  });
  const path = clone(here, outcome('applied', '2026-11-01T09:00:00.000Z'));
  const address = url.replace('//', '//gitlab-ci-token:token-that-nobody-sees@');
  const run = await record(here, path, {
    ...env,
    GITHUB_SERVER_URL: url,
    CI_REPOSITORY_URL: `${address}/a/b.git`,
  });
  expect(run).toMatchObject({ exit: 1, err: expect.stringContaining('could not be pushed: ') });
  expect(run.out + run.err).not.toContain('token-that-nobody-sees');
  expect(run.out + run.err).not.toContain(testKey);
  const [, word = ''] = /^Basic (.*)$/.exec(sent[0] ?? '') ?? [];
  expect(atob(word)).toMatch(/^[\w-]+:token-that-nobody-sees$/);
});
