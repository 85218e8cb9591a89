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
  /** GitLab flattens what an anchor brings. */
  readonly script: readonly (string | readonly string[])[];
  readonly rules: readonly { readonly if: string; readonly changes?: readonly string[] }[];
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly resource_group?: string;
  readonly artifacts?: {
    readonly when?: string;
    readonly paths?: readonly string[];
    readonly reports?: { readonly terraform: string };
  };
};

type Pipeline = {
  readonly stages: readonly string[];
  readonly default: { readonly image: string; readonly before_script: readonly string[] };
  readonly variables: Readonly<Record<string, string | number | { readonly value: string }>>;
} & Readonly<Record<string, unknown>>;

const pipeline: Pipeline = parse(
  readFileSync(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url), 'utf8'),
);
const jobNames = ['validate', 'preview', 'plan', 'apply', 'drift'] as const;
type JobName = (typeof jobNames)[number];
const jobNamed = (name: JobName) => pipeline[name] as Job;
const variables = Object.fromEntries(
  Object.entries(pipeline.variables).map(([name, given]) => [
    name,
    String(typeof given === 'object' ? given.value : given),
  ]),
);

type JobRun = { readonly exit: number; readonly log: string; readonly cwd: string };

/** Runs one job as GitLab's runner does: a clone, the artifacts of the jobs that it needs, one shell for all lines. */
async function run(
  here: Place,
  name: JobName,
  given: Readonly<Record<string, string>> = {},
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
  const script = [...pipeline.default.before_script, ...job.script.flat()].join('\n');
  const env = {
    ...runnerEnvironment(here),
    INTROW_READ_KEY: keys.read,
    ...(job.environment === undefined ? {} : { INTROW_WRITE_KEY: keys.write }),
    CI_COMMIT_SHA: sha,
    CI_REPOSITORY_URL: here.origin,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '7',
    ...variables,
    ...given,
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
  const given = {
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

  const first = await run(here, 'preview', given);
  expect(first).toMatchObject({ exit: 0 });
  const report = join(first.cwd, jobNamed('preview').artifacts?.reports?.terraform ?? '');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ create: 0, update: 1, delete: 0 });
  expect(gitlab.notes[1]?.body).toMatch(/^<!-- introwctl:plan -->\n\n### This change updates 1 partner\.\n/);
  expect(here.introw.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/partners/ptn_1',
  ]);

  change(here, file('gold', 'gold'));
  expect(await run(here, 'preview', given)).toMatchObject({ exit: 0 });
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

test('what apply would refuse fails the preview, after its note, and the plan, until a pipeline by hand lifts it', async () => {
  const here = await place();
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  const gitlab = await notesServer();
  await changeByHand(here, 'ptn_1', { tierId: 't8' });
  await changeByHand(here, 'ptn_2', { tierId: 't9' });
  change(here, `${file('gold')}settings: { maxChanges: 1 }\n`);
  const preview = await run(here, 'preview', {
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    CI_API_V4_URL: gitlab.url,
    INTROW_NOTE_TOKEN: 'note-token',
  });
  const refused =
    /^Apply would refuse: CONFLICT: This change and Introw both changed acme\. introwctl accept /m;
  expect(preview).toMatchObject({ exit: 1, log: expect.stringMatching(refused) });
  expect(gitlab.notes[1]?.body).toContain(
    '> **Apply would refuse:** This change and Introw both changed acme.',
  );
  expect(jobNamed('preview').artifacts?.when).toBe('always');
  expect(await run(here, 'plan')).toMatchObject({ exit: 1, log: expect.stringMatching(refused) });

  const asked = { INTROW_SET_BACK: 'true', INTROW_OVERWRITE_CONFLICTS: 'true' };
  const many = await run(here, 'plan', asked);
  expect(many).toMatchObject({
    exit: 1,
    log: expect.stringContaining('Apply would refuse: TOO_MANY_CHANGES: 2 partners would change'),
  });
  const lifted = await run(here, 'plan', { ...asked, INTROW_MAX_CHANGES: '2' });
  expect(lifted).toMatchObject({ exit: 0 });
  expect(await run(here, 'apply', {}, [lifted])).toMatchObject({ exit: 0 });
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], git(here.work, 'rev-parse', 'HEAD').trim()]);
});

test('portals that an edit of the defaults would publish are published when somebody names their partners', async () => {
  const here = await place();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  change(here, `${file('silver')}defaults: { portal: { experienceId: exp_1, access: RESTRICTED_USERS } }\n`);
  expect(await run(here, 'plan')).toMatchObject({
    exit: 1,
    log: expect.stringContaining('Apply would refuse: PUBLISH_NOT_ASKED: '),
  });
  const named = await run(here, 'plan', { INTROW_PUBLISH: 'acme,globex' });
  expect(named).toMatchObject({ exit: 0 });
  expect(await run(here, 'apply', {}, [named])).toMatchObject({ exit: 0 });
});

test('a folder and a catalog file are read by every job when the pipeline names them', async () => {
  const [catalog = '', partners = ''] = file('silver').split(/(?=partners:)/);
  const files = { 'partners/a.yaml': `version: 1\n${partners}`, 'tiers.yaml': catalog };
  const here = await openPlace(files, { seed });
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  commit(here.work, 'Change the tier', { 'tiers.yaml': catalog.replace('silver: t1', 'silver: t2') });
  git(here.work, 'push', '--quiet', 'origin', 'HEAD');
  const given = { INTROW_FILES: 'partners tiers.yaml', CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  const validated = await run(here, 'validate', given);
  expect(validated.log).toContain('2 partners in 2 files: valid.');
  expect((await run(here, 'preview', given)).log).toContain('This change updates 2 partners.');
  const planned = await run(here, 'plan', given);
  expect(await run(here, 'apply', given, [planned])).toMatchObject({ exit: 0 });
  expect(tiers(here)).toEqual(['t2', 't2']);
  expect(await run(here, 'drift', given)).toMatchObject({ exit: 0 });
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
  const others = Object.keys(pipeline).filter((key) => !known.includes(key));
  expect(others.filter((key) => !key.startsWith('.'))).toEqual([]);
  for (const name of jobNames) {
    const job = jobNamed(name);
    expect(pipeline.stages).toContain(job.stage);
    expect(job.script.flat().every((line) => typeof line === 'string')).toBe(true);
    expect(job.rules.every((rule) => rule.if.includes('$CI_PIPELINE_SOURCE =='))).toBe(true);
    const scripts = job.script.flat().join('\n');
    for (const line of scripts.match(/.*introwctl (validate|plan|drift) .*/g) ?? [])
      expect(line).toMatch(/"\$\{(files\[@\]\/#\/--file=|options\[@\])\}"/);
    for (const { changes } of job.rules)
      expect(changes ?? [variables.INTROW_FILES]).toEqual(['partners.yaml']);
    expect(scripts.includes('INTROW_WRITE_KEY')).toBe(name === 'apply');
    expect(scripts.includes('INTROW_READ_KEY')).toBe(name !== 'apply' && name !== 'validate');
  }
  expect(jobNamed('apply')).toMatchObject({
    needs: ['plan'],
    environment: 'introw',
    resource_group: 'introw',
  });
  expect(jobNamed('preview').rules[0]?.if).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID');
  const asked = ['INTROW_SET_BACK', 'INTROW_OVERWRITE_CONFLICTS', 'INTROW_MAX_CHANGES', 'INTROW_PUBLISH'];
  expect(Object.keys(variables)).toEqual(['INTROW_FILES', 'GIT_DEPTH', ...asked]);
  for (const name of ['plan', 'apply'] as const) {
    expect(jobNamed(name).rules[1]).toEqual({
      if: '$CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    });
  }
});
