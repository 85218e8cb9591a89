import { expect, test } from 'vitest';
import { parseFault } from '../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { commit, git } from '../cli/repository.ts';
import { runWorkflow } from './actions.ts';
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
  startGithub(opened);
  return opened;
}

/** Merges a change into main, and runs the workflow as GitHub does then. */
async function merge(here: Place, partners: string) {
  commit(here.work, 'Change the partners', { 'partners.yaml': partners });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  return { sha, jobs: await runWorkflow(here, 'introw-apply.yml', { kind: 'main', sha }) };
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
const tiers = ({ introw }: Place) => introw.partners().map(({ tierId }) => tierId);
const results = (jobs: Readonly<Record<string, { result: string }>>) =>
  Object.values(jobs).map(({ result }) => result);

test('what is merged is applied, and the branch moves; what somebody changed by hand is left alone', async () => {
  const here = await place();
  const first = await merge(here, file('gold', 'silver'));
  expect(results(first.jobs)).toEqual(['success', 'success', 'success']);
  expect(first.jobs.plan?.log).toContain('Plan: 0 to create, 1 to update, 1 unchanged.');
  expect(first.jobs.apply?.summary).toContain('### Applied 1, failed 0, not tried 0');
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], first.sha]);

  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  const second = await merge(here, file('gold', 'gold'));
  expect(results(second.jobs)).toEqual(['success', 'success', 'success']);
  expect(second.jobs.plan?.log).toContain('This change updates 1 partner.');
  expect([tiers(here), applied(here)]).toEqual([['t9', 't2'], second.sha]);

  const third = await merge(here, `${file('gold', 'gold')}# A word more\n`);
  expect(results(third.jobs)).toEqual(['success', 'skipped', 'success']);
  expect(applied(here)).toBe(third.sha);

  const old = await runWorkflow(here, 'introw-apply.yml', { kind: 'main', sha: first.sha });
  expect(results(old)).toEqual(['failure', 'skipped', 'skipped']);
  expect(old.plan?.log).toContain('::error::A later commit than this one has been applied already.');
  expect([tiers(here), applied(here)]).toEqual([['t9', 't2'], third.sha]);

  const elsewhere = { kind: 'main', sha: third.sha, branch: 'not-merged' } as const;
  const byHand = await runWorkflow(here, 'introw-apply.yml', elsewhere);
  expect(results(byHand)).toEqual(['skipped', 'skipped', 'skipped']);
});

test('an apply that fails halfway does not move the branch, so that the next one does what is left', async () => {
  const here = await place({ faults: [parseFault('status=422@update:2')] });
  const sha = markApplied(here);
  const halfway = await merge(here, file('gold', 'gold'));
  expect(results(halfway.jobs)).toEqual(['success', 'failure', 'skipped']);
  expect(halfway.jobs.apply?.log).toContain('Applied 1, failed 1, not tried 0.');
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], sha]);

  const mended = await merge(here, `${file('gold', 'gold')}# Once more\n`);
  expect(results(mended.jobs)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't2'], mended.sha]);
});

test('a conflict stops the plan before anybody is asked, until somebody lets the files win', async () => {
  const here = await place();
  const before = markApplied(here);
  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  const { sha, jobs } = await merge(here, file('gold', 'silver'));
  expect(results(jobs)).toEqual(['failure', 'skipped', 'skipped']);
  expect(jobs.plan?.log.match(/^::error .*$/gm)).toEqual([
    '::error title=CONFLICT::Apply would refuse: This change and Introw both changed acme. introwctl accept takes the live values into the files; --overwrite-conflicts lets the files win.',
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

test('what somebody changed in Introw is set back, and more is changed than the files allow, when somebody says so', async () => {
  const here = await place();
  const text = `${file('silver', 'silver')}settings: { maxChanges: 1 }\n`;
  const { sha } = await merge(here, text);
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
  const { sha, jobs } = await merge(here, text);
  expect(results(jobs)).toEqual(['failure', 'skipped', 'skipped']);
  expect(jobs.plan?.log).toContain('::error title=PUBLISH_NOT_ASKED::');
  expect(applied(here)).toBe(before);
  expect(results(await start(here, { publish: 'acme,globex' }))).toEqual(['success', 'success', 'success']);
  expect(applied(here)).toBe(sha);
});

test('a folder and a catalog file are applied when the workflow names them', async () => {
  const here = await place();
  const [catalog = '', partners = ''] = file('gold', 'silver').split(/(?=partners:)/);
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
    files: 'partners tiers.yaml',
  });
  expect(results(jobs)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], sha]);
});
