import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseFault } from '../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { commit, git } from '../cli/repository.ts';
import { changeByHand, keys, openPlace, type Place, runnerEnvironment, runScript } from './place.ts';

type Job = {
  readonly stage: string;
  readonly script: readonly string[];
  readonly rules: readonly { readonly if: string; readonly changes?: readonly string[] }[];
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly resource_group?: string;
  readonly artifacts?: {
    readonly paths?: readonly string[];
    readonly reports?: { readonly terraform: string };
  };
};

type Pipeline = {
  readonly stages: readonly string[];
  readonly default: { readonly image: string; readonly before_script: readonly string[] };
  readonly variables: Readonly<Record<string, string | number>>;
} & Readonly<Record<string, unknown>>;

const pipeline: Pipeline = parse(
  readFileSync(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url), 'utf8'),
);
const jobNames = ['validate', 'preview', 'plan', 'apply', 'drift'] as const;
type JobName = (typeof jobNames)[number];
const jobNamed = (name: JobName) => pipeline[name] as Job;

type JobRun = { readonly exit: number; readonly log: string; readonly cwd: string };

/** Runs one job as GitLab's runner does: a clone, the artifacts of the jobs that it needs, one shell for all lines. */
async function run(
  here: Place,
  name: JobName,
  variables: Readonly<Record<string, string>> = {},
  needed: readonly JobRun[] = [],
): Promise<JobRun> {
  const job = jobNamed(name);
  const cwd = here.newFolder();
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  git(cwd, 'init', '--quiet', '-b', 'main');
  git(cwd, 'remote', 'add', 'origin', here.origin);
  git(cwd, 'fetch', '--quiet', 'origin', sha);
  git(cwd, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  for (const [index, from] of needed.entries()) {
    for (const path of jobNamed((job.needs?.[index] ?? name) as JobName).artifacts?.paths ?? [])
      cpSync(join(from.cwd, path), join(cwd, path));
  }
  const script = [...pipeline.default.before_script, ...job.script].join('\n');
  const env = {
    ...runnerEnvironment(here),
    INTROW_READ_KEY: keys.read,
    ...(job.environment === undefined ? {} : { INTROW_WRITE_KEY: keys.write }),
    CI_COMMIT_SHA: sha,
    CI_REPOSITORY_URL: here.origin,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '7',
    ...variables,
  };
  return { ...(await runScript(script, ['bash', '-eo', 'pipefail'], cwd, env)), cwd };
}

const file = (acme: string, globex = 'silver') => `version: 1
catalog: { tiers: { gold: t2, silver: t1 } }
partners:
  acme: { id: ptn_1, name: Acme, tier: ${acme} }
  globex: { id: ptn_2, name: Globex, tier: ${globex} }
`;
const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', tierId: 't1' },
    { id: 'ptn_2', name: 'Globex', tierId: 't1' },
  ],
};

const place = (options: SandboxOptions = {}) =>
  openPlace({ 'partners.yaml': file('silver') }, { seed, ...options });

function change({ work }: Place, partners: string): void {
  commit(work, 'Change the partners', { 'partners.yaml': partners });
  git(work, 'push', '--quiet', 'origin', 'HEAD');
}

const applied = ({ origin }: Place) =>
  git(origin, 'for-each-ref', '--format=%(objectname)', 'refs/heads/introw-applied').trim();
const tiers = ({ introw }: Place) => introw.partners().map(({ tierId }) => tierId);

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** The notes of merge request 7, as GitLab's API keeps them. */
async function notesServer() {
  const notes = [{ id: 1, body: 'A note of somebody' }];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = new URLSearchParams(text).get('body') ?? '';
    const [, id] =
      /^\/api\/v4\/projects\/5\/merge_requests\/7\/notes(?:\/(\d+))?(?:\?per_page=100&sort=asc)?$/.exec(
        request.url ?? '',
      ) ?? [];
    const note = notes.find((each) => each.id === Number(id));
    let status = 404;
    if (request.headers['private-token'] !== 'note-token') status = 401;
    else if (request.method === 'GET') status = 200;
    else if (request.method === 'POST' && body !== '') status = 201;
    else if (request.method === 'PUT' && note !== undefined && body !== '') status = 200;
    if (status === 201) notes.push({ id: notes.length + 1, body });
    if (status === 200 && note !== undefined) note.body = body;
    response.writeHead(status).end(JSON.stringify(notes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { notes, url: `http://127.0.0.1:${port}/api/v4` };
}

test('a merge request is validated and previewed: the report for the widget, and one note that is kept up to date', async () => {
  const here = await place();
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  const gitlab = await notesServer();
  const variables = {
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    CI_API_V4_URL: gitlab.url,
    INTROW_NOTE_TOKEN: 'note-token',
  };
  git(here.work, 'checkout', '--quiet', '-b', 'change');
  change(here, file('gold'));
  const validated = await run(here, 'validate');
  expect(validated).toMatchObject({ exit: 0 });
  expect(validated.log).toContain('2 partners in 1 file: valid.');
  expect(here.introw.log).toEqual([]);

  const first = await run(here, 'preview', variables);
  expect(first).toMatchObject({ exit: 0 });
  const report = join(first.cwd, jobNamed('preview').artifacts?.reports?.terraform ?? '');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ create: 0, update: 1, delete: 0 });
  expect(gitlab.notes[1]?.body).toMatch(/^<!-- introwctl:plan -->\n\n### This change updates 1 partner\.\n/);
  expect(here.introw.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/partners/ptn_1',
  ]);

  change(here, file('gold', 'gold'));
  expect(await run(here, 'preview', variables)).toMatchObject({ exit: 0 });
  expect(gitlab.notes.map(({ id }) => id)).toEqual([1, 2]);
  expect(gitlab.notes[0]?.body).toBe('A note of somebody');
  expect(gitlab.notes[1]?.body).toContain('### This change updates 2 partners.');
});

test('what is merged is planned and applied, and the branch moves only when all of it was', async () => {
  const here = await place({ faults: [parseFault('status=422@update:3')] });
  change(here, file('gold'));
  const planned = await run(here, 'plan');
  expect(planned).toMatchObject({ exit: 0 });
  expect(await run(here, 'apply', {}, [planned])).toMatchObject({ exit: 0 });
  const first = git(here.work, 'rev-parse', 'HEAD').trim();
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], first]);

  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  change(here, file('gold', 'gold'));
  const next = await run(here, 'plan');
  expect(next.log).toContain('This change updates 1 partner.');
  const halfway = await run(here, 'apply', {}, [next]);
  expect(halfway.exit).toBe(1);
  expect(halfway.log).toContain('Applied 0, failed 1, not tried 0.');
  expect([tiers(here), applied(here)]).toEqual([['t9', 't1'], first]);
});

test('a schedule fails when Introw has moved, and not for what is only not applied yet', async () => {
  const here = await place();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  change(here, file('silver', 'gold'));
  const quiet = await run(here, 'drift');
  expect(quiet).toMatchObject({ exit: 0 });
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  const drifted = await run(here, 'drift');
  expect(drifted.exit).toBe(2);
  expect(drifted.log).toContain('Drift: 1 field of 1 partner differs from the files.');
});

test('the file is one that GitLab can read, and keys go where they should', () => {
  const known = ['stages', 'default', 'variables', ...jobNames];
  expect(Object.keys(pipeline).filter((key) => !known.includes(key))).toEqual([]);
  for (const name of jobNames) {
    const job = jobNamed(name);
    expect(pipeline.stages).toContain(job.stage);
    expect(job.script.every((line) => typeof line === 'string')).toBe(true);
    expect(job.rules.every((rule) => rule.if.includes('$CI_PIPELINE_SOURCE =='))).toBe(true);
    const scripts = job.script.join('\n');
    expect(scripts.includes('INTROW_WRITE_KEY')).toBe(name === 'apply');
    expect(scripts.includes('INTROW_READ_KEY')).toBe(name !== 'apply' && name !== 'validate');
  }
  expect(jobNamed('apply')).toMatchObject({
    needs: ['plan'],
    environment: 'introw',
    resource_group: 'introw',
  });
  expect(jobNamed('preview').rules[0]?.if).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID');
  expect(pipeline.variables).toEqual({ GIT_DEPTH: 0 });
});
