import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordsIn } from '../../src/history/records.ts';
import { paths } from '../../src/introw/api.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { environment, introwctl } from '../cli/command.ts';
import { commit, git } from '../cli/repository.ts';
import { attempt, runWorkflow } from './actions.ts';
import { startGithub } from './github.ts';
import { changeByHand, openPlace, type Place } from './place.ts';

const file = (acme: string, globex: string) => `version: 1
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

async function place(options: SandboxOptions = {}): Promise<Place> {
  const opened = await openPlace({ 'partners.yaml': file('silver', 'silver') }, { seed, ...options });
  await startGithub(opened);
  return opened;
}

/** Merges a change into main. */
function push({ work }: Place, partners: string): string {
  commit(work, 'Change the partners', { 'partners.yaml': partners });
  git(work, 'push', '--quiet', 'origin', 'main');
  return git(work, 'rev-parse', 'HEAD').trim();
}

/** The same, and runs the workflow as GitHub does then. */
async function merge(here: Place, partners: string) {
  const sha = push(here, partners);
  return { sha, ...(await attempt(here, 'introw-apply.yml', { kind: 'main', sha })) };
}

/** All that main says has been applied. */
function markApplied({ work }: Place): string {
  git(work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  return git(work, 'rev-parse', 'HEAD').trim();
}

/** Somebody starts it by hand on main. */
function start(here: Place, inputs: Readonly<Record<string, string>>) {
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  return runWorkflow(here, 'introw-apply.yml', { kind: 'main', sha, inputs });
}

const applied = ({ origin }: Place) =>
  git(origin, 'for-each-ref', '--format=%(objectname)', 'refs/heads/introw-applied').trim();
/** The records that the notes at the remote hold: of each run, what became of whom. */
function recorded({ origin, work }: Place): string[][] {
  const commits = git(work, 'rev-list', '--reverse', 'HEAD').trim().split('\n');
  const noted = git(origin, 'notes', '--ref=introw', 'list').split(/\s/);
  return commits
    .filter((commit) => noted.includes(commit))
    .flatMap((commit) => recordsIn(git(origin, 'notes', '--ref=introw', 'show', commit)))
    .map(({ results: each }) => each.map(({ handle, status }) => `${handle} ${status}`));
}

const tiers = ({ introw }: Place) => introw.partners().map(({ tierId }) => tierId);
const results = (jobs: Readonly<Record<string, { result: string }>>) =>
  Object.values(jobs).map(({ result }) => result);

const runUrl = 'https://github.com/example/partners/actions/runs/42';

/** What somebody reads of the tiers who clones the repository and fetches the notes. */
async function appliedTiers(here: Place): Promise<object[]> {
  const clone = here.newFolder();
  git(clone, 'clone', '--quiet', here.origin, '.');
  git(clone, 'fetch', '--quiet', 'origin', 'refs/notes/introw:refs/notes/introw');
  const asked = ['history', 'acme', 'globex', '--field', 'tier', '--format', 'json'];
  return JSON.parse((await introwctl(clone, asked, environment(null))).out).answers;
}

test('what is merged is applied, and the branch moves; what somebody changed by hand is left alone', async () => {
  const here = await place();
  const first = await merge(here, file('gold', 'silver'));
  expect(results(first.results)).toEqual(['success', 'success', 'success']);
  expect(first.results.plan?.log).toContain('Plan: 0 to create, 1 to update, 1 unchanged.');
  expect(first.results.apply?.summary).toContain('### Applied 1, failed 0, not tried 0');
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], first.sha]);

  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  const second = await merge(here, file('gold', 'gold'));
  expect(results(second.results)).toEqual(['success', 'success', 'success']);
  expect(second.results.plan?.log).toContain('This change updates 1 partner.');
  expect([tiers(here), applied(here)]).toEqual([['t9', 't2'], second.sha]);

  const third = await merge(here, `${file('gold', 'gold')}# A word more\n`);
  expect(results(third.results)).toEqual(['success', 'skipped', 'success']);
  expect(applied(here)).toBe(third.sha);
  expect(recorded(here)).toEqual([['acme applied'], ['globex applied'], []]);
  const told = { status: 'applied', run: { url: runUrl } };
  expect(await appliedTiers(here)).toMatchObject([
    {
      partner: 'acme',
      value: { value: 't2' },
      applied: { ...told, run: { ...told.run, commit: first.sha } },
    },
    {
      partner: 'globex',
      value: { value: 't2' },
      applied: { ...told, run: { ...told.run, commit: second.sha } },
    },
  ]);

  const old = await runWorkflow(here, 'introw-apply.yml', { kind: 'main', sha: first.sha });
  expect(results(old)).toEqual(['failure', 'skipped', 'skipped']);
  expect(old.plan?.log).toContain('A later commit than this one has been applied already');
  expect([tiers(here), applied(here)]).toEqual([['t9', 't2'], third.sha]);

  const elsewhere = { kind: 'main', sha: third.sha, branch: 'not-merged' } as const;
  const byHand = await runWorkflow(here, 'introw-apply.yml', elsewhere);
  expect(results(byHand)).toEqual(['skipped', 'skipped', 'skipped']);
});

test('an apply that fails halfway does not move the branch; the next one does what is left, and the failed one, started again, sets no older state', async () => {
  const here = await place({ faults: [parseFault('status=422@update:2')] });
  const before = markApplied(here);
  const halfway = await merge(here, file('gold', 'gold'));
  expect(results(halfway.results)).toEqual(['success', 'failure', 'success']);
  expect(halfway.results.apply?.log).toContain('Applied 1, failed 1, not tried 0.');
  expect(halfway.results.record?.log).toContain(
    'introw-applied stays where it is, since not everything was planned and applied.',
  );
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], before]);

  const next = await merge(here, `${file('gold', 'gold')}# Once more\n`);
  expect(results(next.results)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't2'], next.sha]);

  // Introw is as the older plan found it: but for what was applied since, it could be applied.
  await changeByHand(here, 'ptn_2', { tierId: 't1' });
  const requests = here.introw.log.length;
  const again = { kind: 'main', sha: halfway.sha, rerun: halfway } as const;
  const rerun = await runWorkflow(here, 'introw-apply.yml', again);
  expect(results(rerun)).toEqual(['success', 'failure', 'success']);
  expect(rerun.apply?.log).toContain('::error title=PLAN_STALE::');
  expect(here.introw.log.length).toBe(requests);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], next.sha]);
  expect(recorded(here)).toEqual([['acme applied', 'globex failed'], ['globex applied']]);
});

test('a conflict stops the plan before anybody is asked, until somebody lets the files win', async () => {
  const here = await place();
  const before = markApplied(here);
  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  const { sha, results: jobs } = await merge(here, file('gold', 'silver'));
  expect(results(jobs)).toEqual(['failure', 'skipped', 'skipped']);
  expect(jobs.plan?.log.match(/^::error .*$/gm)).toEqual([
    '::error title=CONFLICT::Apply would refuse: This change and Introw both changed acme. Run introwctl accept to take the live values into the files, or pass --overwrite-conflicts to let the files win.',
  ]);
  expect(jobs.plan?.summary).toContain('> **Apply would refuse:** This change and Introw both changed acme.');
  expect([tiers(here), applied(here)]).toEqual([['t9', 't1'], before]);

  expect(results(await start(here, { 'overwrite-conflicts': 'false' }))).toEqual([
    'failure',
    'skipped',
    'skipped',
  ]);
  expect(results(await start(here, { 'overwrite-conflicts': 'true' }))).toEqual([
    'success',
    'success',
    'success',
  ]);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], sha]);
});

test('a partner that was deleted in Introw is created again when somebody says so', async () => {
  const here = await place();
  markApplied(here);
  const deleted = await fetch(`${here.introw.url}${paths.partner('ptn_1')}`, {
    method: 'DELETE',
    headers: { 'x-api-key': here.introw.keys[0]?.key ?? '' },
  });
  expect(deleted.ok).toBe(true);
  const { results: jobs } = await merge(here, file('silver', 'silver').replace('id: ptn_1, ', ''));
  expect(results(jobs)).toEqual(['failure', 'skipped', 'skipped']);
  expect(jobs.plan?.log).toContain(',title=WAS_MANAGED::');
  expect(results(await start(here, { recreate: 'true' }))).toEqual(['success', 'success', 'success']);
  expect(
    here.introw
      .partners()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Acme', 'Globex']);
});

test('what somebody changed in Introw is set back, and more is changed than the files allow, when somebody says so', async () => {
  const here = await place();
  const sha = push(here, `${file('silver', 'silver')}settings: { maxChanges: 1 }\n`);
  markApplied(here);
  await changeByHand(here, 'ptn_1', { tierId: 't8' });
  await changeByHand(here, 'ptn_2', { tierId: 't9' });
  expect(results(await start(here, {}))).toEqual(['success', 'skipped', 'success']);
  const both = await start(here, { 'set-back': 'true' });
  expect(results(both)).toEqual(['failure', 'skipped', 'skipped']);
  expect(both.plan?.log).toContain('::error title=TOO_MANY_CHANGES::Apply would refuse: 2 partners');
  expect(tiers(here)).toEqual(['t8', 't9']);

  // What is filled in is a value, whatever it looks like.
  const odd = await start(here, { 'max-changes': '2 --only all; touch here' });
  expect(odd.plan).toMatchObject({ result: 'failure', log: expect.stringContaining('--max-changes takes') });
  const meant = await start(here, { 'set-back': 'true', 'max-changes': '2' });
  expect(results(meant)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t1', 't1'], sha]);
});

test('portals that an edit of the defaults would publish are published when somebody names their partners', async () => {
  const here = await place();
  const before = markApplied(here);
  const text = `${file('silver', 'silver')}defaults: { portal: { experienceId: exp_1, access: RESTRICTED_USERS } }\n`;
  const { sha, results: jobs } = await merge(here, text);
  expect(results(jobs)).toEqual(['failure', 'skipped', 'skipped']);
  expect(jobs.plan?.log).toContain('::error title=PUBLISH_NOT_ASKED::');
  expect(applied(here)).toBe(before);
  expect(results(await start(here, { publish: 'acme,globex' }))).toEqual(['success', 'success', 'success']);
  expect(applied(here)).toBe(sha);
});

test('Cancel reaches introwctl: it finishes what is under way, says and records what became of the rest, and the branch stays', async () => {
  const third = { id: 'ptn_3', name: 'Initech', tierId: 't1' };
  const here = await place({ latencyMs: 300, seed: { partners: [...seed.partners, third] } });
  const before = markApplied(here);
  const initech = '  initech: { id: ptn_3, name: Initech, tier: gold }\n';
  commit(here.work, 'Promote all', { 'partners.yaml': `${file('gold', 'gold')}${initech}` });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  const writing = () => here.introw.log.some(({ method }) => method === 'PATCH');
  const step = 'Apply exactly that plan, unless something was applied since';
  const { results: jobs, artifacts } = await attempt(here, 'introw-apply.yml', {
    kind: 'main',
    sha,
    cancel: { step, when: writing },
  });
  expect(results(jobs)).toEqual(['success', 'cancelled', 'success']);
  expect(jobs.apply?.log).toContain('Stopped:');
  const artifact = (path: string) => readFileSync(join(artifacts, path), 'utf8');
  expect(artifact('introw-plan/plan.html')).toContain('<h1>This change updates 3 partners.</h1>');
  expect(artifact('introw-outcome/outcome.html')).toContain('<h1>Applied 2, failed 0, not tried 1.</h1>');
  const outcome = JSON.parse(artifact('introw-outcome/outcome.json'));
  expect(outcome).toMatchObject({ summary: { applied: 2, skipped: 1 }, stopped: { code: 'INTERRUPTED' } });
  expect([tiers(here), applied(here)]).toEqual([['t2', 't2', 't1'], before]);
  const first = ['acme applied', 'globex applied', 'initech skipped'];
  expect(recorded(here)).toEqual([first]);

  // "Re-run failed jobs" takes the plan of the first attempt and does what is left of it.
  const again = await runWorkflow(here, 'introw-apply.yml', {
    kind: 'main',
    sha,
    rerun: { results: jobs, artifacts },
  });
  expect(results(again)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't2', 't2'], sha]);
  expect(recorded(here)).toEqual([first, ['initech applied']]);
});

test('a plan whose job lost its output is not recorded as applied', async () => {
  const here = await place();
  const before = markApplied(here);
  commit(here.work, 'Promote Acme', { 'partners.yaml': file('gold', 'silver') });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  // Whatever made GitHub mask the word: it then drops the output, and the job that applies is skipped.
  const jobs = await runWorkflow(here, 'introw-apply.yml', { kind: 'main', sha, masks: ['true'] });
  expect(results(jobs)).toEqual(['success', 'skipped', 'failure']);
  expect(jobs.record?.log).toContain('outcome.json, so what became of the 1 change of');
  expect([tiers(here), applied(here)]).toEqual([['t1', 't1'], before]);
});

test('a folder and a catalog file are applied when the workflow names them, and a partner called like a workflow command masks nothing', async () => {
  const here = await place();
  markApplied(here);
  const [catalog = '', partners = ''] = file('gold', 'silver')
    .replace('name: Acme', 'name: "::add-mask::true%0A"')
    .split(/(?=partners:)/);
  git(here.work, 'rm', '--quiet', 'partners.yaml');
  commit(here.work, 'Split the files', {
    'partners/a.yaml': `version: 1\n${partners}`,
    'tiers.yaml': catalog,
  });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  const jobs = await runWorkflow(here, 'introw-apply.yml', {
    kind: 'main',
    sha,
    files: 'partners\ntiers.yaml\n',
  });
  expect(results(jobs)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], sha]);
  expect(`${jobs.plan?.log}${jobs.apply?.log}`).not.toMatch(/^\s*::/m);
  expect(here.introw.partners()[0]?.name).toBe('::add-mask::true%0A');
});
