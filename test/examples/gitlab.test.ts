import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseFault } from '../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { commit, git } from '../cli/repository.ts';
import { type FakeGitlab, projectToken, startGitlab } from './gitlab.ts';
import { changeByHand, keys, openPlace, type Place, runnerEnvironment, runScript } from './place.ts';

type Job = {
  readonly stage: string;
  /** GitLab flattens what an anchor brings. */
  readonly script: readonly (string | readonly string[])[];
  readonly rules: readonly { readonly if: string; readonly changes?: readonly string[] }[];
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly resource_group?: string;
  readonly extends: string;
  readonly timeout?: string;
  readonly artifacts?: {
    readonly paths?: readonly string[];
    readonly reports?: { readonly terraform?: string; readonly codequality?: string };
  };
};

type Pipeline = {
  readonly stages: readonly string[];
  readonly '.introw': { readonly image: string; readonly before_script: readonly string[] };
  readonly variables: Readonly<Record<string, string | number | { readonly value: string }>>;
} & Readonly<Record<string, unknown>>;

const pipeline: Pipeline = parse(
  readFileSync(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url), 'utf8'),
);
const jobNames = ['validate', 'preview', 'plan', 'apply', 'drift', 'accept'] as const;
type JobName = (typeof jobNames)[number];
const jobNamed = (name: JobName) => pipeline[`introw-${name}`] as Job;
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
  // Not every runner leaves its token in the address of origin.
  git(cwd, 'remote', 'set-url', 'origin', 'https://gitlab.example/without-token.git');
  git(cwd, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  for (const [index, from] of needed.entries()) {
    for (const path of jobNamed((job.needs?.[index]?.replace('introw-', '') ?? name) as JobName).artifacts
      ?.paths ?? [])
      cpSync(join(from.cwd, path), join(cwd, path));
  }
  const script = [...pipeline['.introw'].before_script, ...job.script.flat()].join('\n');
  const env = {
    ...runnerEnvironment(here),
    INTROW_READ_KEY: keys.read,
    ...(job.environment === undefined ? {} : { INTROW_WRITE_KEY: keys.write }),
    CI_COMMIT_SHA: sha,
    CI_REPOSITORY_URL: here.origin,
    CI_JOB_TOKEN: 'token-of-the-job',
    GITLAB_CI: 'true',
    CI_COMMIT_BRANCH: 'main',
    CI_JOB_URL: 'https://gitlab.example/example/partners/-/jobs/42',
    CI_PROJECT_URL: 'https://gitlab.example/example/partners',
    CI_PROJECT_ID: '5',
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

/** What a pipeline of merge request 7 is given, with the token. */
const inMergeRequest = (gitlab: FakeGitlab, base: string) => ({
  CI_COMMIT_BRANCH: '',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
  CI_API_V4_URL: gitlab.url,
  INTROW_GITLAB_TOKEN: projectToken,
});

const applied = ({ origin }: Place) =>
  git(origin, 'for-each-ref', '--format=%(objectname)', 'refs/heads/introw-applied').trim();
/** What the notes that were pushed say of partners, the oldest commit first. */
function recorded({ origin, work }: Place): string[][] {
  const commits = git(work, 'rev-list', '--reverse', 'HEAD').trim().split('\n');
  const noted = git(origin, 'notes', '--ref=introw', 'list').split(/\s/);
  const notes = commits.filter((commit) => noted.includes(commit));
  return notes.flatMap((commit) => {
    const { results } = JSON.parse(git(origin, 'notes', '--ref=introw', 'show', commit));
    return results.map(({ handle, status }: Record<'handle' | 'status', string>) => [handle, status]);
  });
}

const tiers = ({ introw }: Place) => introw.partners().map(({ tierId }) => tierId);

test('a merge request is validated and previewed: the widgets, and one note that is found among 150', async () => {
  const here = await place();
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  const others = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: from + index,
      author: { id: 1 },
      body: '<!-- introwctl:plan --> is what the bot writes',
    }));
  const gitlab = await startGitlab(others(149, 1));
  const given = inMergeRequest(gitlab, base);
  git(here.work, 'checkout', '--quiet', '-b', 'change');
  change(here, file('gold'));
  const validated = await run(here, 'validate');
  expect(validated).toMatchObject({ exit: 0 });
  expect(readFileSync(join(validated.cwd, 'code-quality.json'), 'utf8')).toBe('[]\n');
  expect(here.introw.log).toEqual([]);

  const first = await run(here, 'preview', given);
  expect(first).toMatchObject({ exit: 0 });
  const report = join(first.cwd, jobNamed('preview').artifacts?.reports?.terraform ?? '');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ create: 0, update: 1, delete: 0 });
  expect(gitlab.notes[149]?.body).toMatch(
    /^<!-- introwctl:plan -->\n\n### This change updates 1 partner\.\n/,
  );
  expect(here.introw.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/partners/ptn_1',
  ]);

  gitlab.notes.push(...others(50, 151));
  change(here, file('gold', 'gold'));
  expect(await run(here, 'preview', given)).toMatchObject({ exit: 0 });
  expect(gitlab.notes).toHaveLength(200);
  expect(gitlab.notes.filter(({ body }) => body !== others(1, 1)[0]?.body)).toEqual([
    expect.objectContaining({
      id: 150,
      body: expect.stringContaining('### This change updates 2 partners.'),
    }),
  ]);
  expect(gitlab.calls).toEqual(['POST merge_requests/7/notes', 'PUT merge_requests/7/notes/150']);

  change(here, file('glod'));
  const wrong = await run(here, 'validate');
  expect(wrong.exit).toBe(1);
  expect(wrong.log).toContain('UNKNOWN_NAME');
  expect(JSON.parse(readFileSync(join(wrong.cwd, 'code-quality.json'), 'utf8'))).toMatchObject([
    {
      check_name: 'UNKNOWN_NAME',
      severity: 'major',
      location: { path: 'partners.yaml', lines: { begin: 4 } },
    },
  ]);
  expect(await run(here, 'preview', given)).toMatchObject({ exit: 1 });
  expect(gitlab.notes[149]?.body).toContain(
    '### There is no preview: [the run](https://gitlab.example/example/partners/-/jobs/42) failed',
  );
});

test('what is merged is planned and applied, and the branch moves only when all of it was', async () => {
  const here = await place({ faults: [parseFault('status=422@update:3')] });
  change(here, file('gold'));
  const planned = await run(here, 'plan');
  expect(planned).toMatchObject({ exit: 0 });
  const done = await run(here, 'apply', {}, [planned]);
  expect(done).toMatchObject({ exit: 0 });
  for (const [job, page] of [
    [planned, 'plan.html'],
    [done, 'outcome.html'],
  ] as const)
    expect(readFileSync(join(job.cwd, page), 'utf8')).toMatch(/^<!doctype html>/i);
  const first = git(here.work, 'rev-parse', 'HEAD').trim();
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], first]);

  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  change(here, file('gold', 'gold'));
  const next = await run(here, 'plan');
  expect(next.log).toContain('This change updates 1 partner.');
  const halfway = await run(here, 'apply', {}, [next]);
  expect(halfway.exit).toBe(1);
  expect(halfway.log).toContain('Applied 0, failed 1, not tried 0.');
  expect(recorded(here)).toEqual([
    ['acme', 'applied'],
    ['globex', 'failed'],
  ]);
  expect([tiers(here), applied(here)]).toEqual([['t9', 't1'], first]);
});

test('what apply would refuse fails the preview, after its note, and the plan, until a pipeline by hand lifts it', async () => {
  const here = await place();
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  const gitlab = await startGitlab();
  await changeByHand(here, 'ptn_1', { tierId: 't8' });
  await changeByHand(here, 'ptn_2', { tierId: 't9' });
  change(here, `${file('gold')}settings: { maxChanges: 1 }\n`);
  const preview = await run(here, 'preview', inMergeRequest(gitlab, base));
  const refused =
    /CONFLICT\n {2}Apply would refuse: This change and Introw both changed acme\.\n {2}Run introwctl accept /;
  expect(preview).toMatchObject({ exit: 1, log: expect.stringMatching(refused) });
  expect(gitlab.notes[0]?.body).toContain(
    '> **Apply would refuse:** This change and Introw both changed acme.',
  );
  expect(await run(here, 'plan')).toMatchObject({ exit: 1, log: expect.stringMatching(refused) });

  const asked = { INTROW_ONLY: 'all', INTROW_OVERWRITE_CONFLICTS: 'true' };
  const many = await run(here, 'plan', asked);
  expect(many).toMatchObject({
    exit: 1,
    log: expect.stringMatching(/TOO_MANY_CHANGES\n {2}Apply would refuse: 2 partners would change/),
  });
  const lifted = await run(here, 'plan', { ...asked, INTROW_MAX_CHANGES: '2' });
  expect(lifted).toMatchObject({ exit: 0 });
  expect(await run(here, 'apply', {}, [lifted])).toMatchObject({ exit: 0 });
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], git(here.work, 'rev-parse', 'HEAD').trim()]);
});

test('portals that an edit of the defaults would publish are published when somebody names their partners, unless another pipeline was faster', async () => {
  const here = await place();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  change(here, `${file('silver')}defaults: { portal: { experienceId: exp_1, access: RESTRICTED_USERS } }\n`);
  expect(await run(here, 'plan')).toMatchObject({
    exit: 1,
    log: expect.stringMatching(/PUBLISH_NOT_ASKED\n {2}Apply would refuse: /),
  });
  const named = await run(here, 'plan', { INTROW_PUBLISH: 'acme,globex' });
  expect(named).toMatchObject({ exit: 0 });

  // Another pipeline has overtaken this one.
  const was = applied(here);
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  const overtaken = await run(here, 'apply', {}, [named]);
  expect(overtaken).toMatchObject({ exit: 1, log: expect.stringContaining('PLAN_STALE') });
  expect(here.introw.log.some(({ method }) => method !== 'GET')).toBe(false);
  expect(git(here.origin, 'for-each-ref', 'refs/notes')).toBe('');
  git(here.work, 'push', '--quiet', '--force', 'origin', `${was}:refs/heads/introw-applied`);
  expect(await run(here, 'apply', {}, [named])).toMatchObject({ exit: 0 });
});

test('a folder and a catalog file are read by every job when the pipeline names them', async () => {
  const [catalog = '', partners = ''] = file('silver').split(/(?=partners:)/);
  const files = { 'partners/a.yaml': `version: 1\n${partners}`, 'tiers.yaml': catalog };
  const here = await openPlace(files, { seed });
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  commit(here.work, 'Change the tier', { 'tiers.yaml': catalog.replace('silver: t1', 'silver: t2') });
  git(here.work, 'push', '--quiet', 'origin', 'HEAD');
  const given = { INTROW_FILES: 'partners\ntiers.yaml\n', CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  const validated = await run(here, 'validate', given);
  expect(validated).toMatchObject({ exit: 0 });
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

test('with a token, a schedule opens an issue of drift, keeps it up to date and closes it, and fails nothing', async () => {
  const here = await place();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  const gitlab = await startGitlab();
  const given = { CI_API_V4_URL: gitlab.url, INTROW_GITLAB_TOKEN: projectToken };
  expect(await run(here, 'drift', given)).toMatchObject({ exit: 0 });
  expect(gitlab.issues).toEqual([]);
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  expect(await run(here, 'drift', given)).toMatchObject({ exit: 0 });
  await changeByHand(here, 'ptn_2', { tierId: 't2' });
  expect(await run(here, 'drift', given)).toMatchObject({ exit: 0 });
  expect(gitlab.issues).toMatchObject([
    { state: 'opened', description: expect.stringContaining('### Drift: 2 fields of 2 partners differ') },
  ]);
  await changeByHand(here, 'ptn_1', { tierId: 't1' });
  await changeByHand(here, 'ptn_2', { tierId: 't1' });
  expect(await run(here, 'drift', given)).toMatchObject({ exit: 0 });
  expect(gitlab.issues).toMatchObject([
    { state: 'closed', description: expect.stringContaining('No drift.') },
  ]);
  expect(gitlab.calls).toEqual(['POST issues', 'PUT issues/1', 'PUT issues/1']);
});

test('a schedule with INTROW_ACCEPT proposes what somebody changed in Introw in one merge request, until it is resolved', async () => {
  const here = await place();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  const gitlab = await startGitlab();
  const given = { CI_API_V4_URL: gitlab.url, INTROW_GITLAB_TOKEN: projectToken };
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  expect(await run(here, 'accept', given)).toMatchObject({ exit: 0 });
  expect(gitlab.mergeRequests).toMatchObject([
    { state: 'opened', source_branch: 'introw-accept', target_branch: 'main' },
  ]);
  expect(git(here.origin, 'show', 'introw-accept:partners.yaml')).toBe(file('gold'));
  expect((await run(here, 'accept', given)).log).toContain('The merge request 1 proposes this already.');
  await changeByHand(here, 'ptn_1', { tierId: 't1' });
  expect(await run(here, 'accept', given)).toMatchObject({ exit: 0 });
  expect(gitlab.mergeRequests).toMatchObject([{ state: 'closed' }]);
  expect(gitlab.calls).toEqual(['POST merge_requests', 'PUT merge_requests/1']);
});

test('the file is one that GitLab can read, and keys go where they should', () => {
  const known = ['stages', 'variables', ...jobNames.map((name) => `introw-${name}`)];
  const others = Object.keys(pipeline).filter((key) => !known.includes(key));
  expect(others.filter((key) => !key.startsWith('.'))).toEqual([]);
  const scheduled = ['drift', 'accept'];
  for (const name of jobNames) {
    const job = jobNamed(name);
    expect(job.extends).toBe('.introw');
    expect(pipeline.stages).toContain(job.stage);
    expect(job.script.every((line) => typeof line === 'string')).toBe(true);
    expect(job.rules.every((rule) => rule.if.includes('$CI_PIPELINE_SOURCE =='))).toBe(true);
    for (const rule of job.rules) expect(rule.if.includes('"schedule"')).toBe(scheduled.includes(name));
    for (const { changes } of job.rules)
      expect(changes ?? [variables.INTROW_FILES?.trim()]).toEqual(['partners.yaml']);
    expect(job.script.join('\n').includes('INTROW_WRITE_KEY')).toBe(name === 'apply');
  }
  expect(jobNamed('apply')).toMatchObject({
    needs: ['introw-plan'],
    environment: 'introw',
    resource_group: 'introw',
  });
  expect(jobNamed('preview').rules[0]?.if).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID');
  for (const name of ['plan', 'apply'] as const) {
    expect(jobNamed(name).rules[1]).toEqual({
      if: '$CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    });
  }
});
