import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commit, git } from '../cli/repository.ts';
import { attempt, runWorkflow } from './actions.ts';
import { githubOf, startGithub } from './github.ts';
import { changeByHand, keys, openPlace, type Place } from './place.ts';

const file = (tier: string, id = 'ptn_1') =>
  `version: 1\ncatalog: { tiers: { gold: t2, silver: t1 } }\npartners:\n  acme: { id: ${id}, name: Acme, tier: ${tier} }\n`;
const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };

async function place(): Promise<Place> {
  const opened = await openPlace({ 'partners.yaml': file('silver') }, { seed });
  await startGithub(opened, {
    comments: [
      { id: 1, user: { login: 'somebody' }, body: '<!-- introwctl:plan --> is what the bot writes' },
    ],
  });
  return opened;
}

/** Commits on the branch of pull request 7, and gives the merge with main that GitHub makes of it. */
function push({ work }: Place, files: Record<string, string>): string {
  git(work, 'checkout', '--quiet', '-B', 'change');
  commit(work, 'Change the partners', files);
  git(work, 'checkout', '--quiet', '--detach', 'main');
  git(work, 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
  git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/7/merge');
  const sha = git(work, 'rev-parse', 'HEAD').trim();
  git(work, 'checkout', '--quiet', 'change');
  return sha;
}

test('a pull request gets one comment, and when it is pushed again the same one is updated', async () => {
  const here = await place();
  const { results: opened, artifacts } = await attempt(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': file('gold') }),
  });
  expect(readFileSync(join(artifacts, 'introw-plan-page', 'plan.html'), 'utf8')).toContain(
    '<h1>This change updates 1 partner.</h1>',
  );
  expect(opened).toMatchObject({ validate: { result: 'success' }, preview: { result: 'success' } });
  const [, first, ...more] = githubOf(here).comments;
  expect(more).toEqual([]);
  expect(first?.body).toMatch(/^<!-- introwctl:plan -->\n\n### This change updates 1 partner\.\n/);
  expect(first?.body).toContain('tier: silver → gold');
  expect(first?.body).toMatch(/\ncompared with origin&#47;main \([0-9a-f]{8}\)\n$/);
  expect(opened.preview?.summary).toBe(first?.body);
  expect(here.introw.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/partners/ptn_1',
  ]);

  const again = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': `${file('gold')}  globex: { name: Globex }\n` }),
  });
  expect(again.preview?.result).toBe('success');
  const github = githubOf(here);
  expect(github.comments.map(({ id }) => id)).toEqual([1, 2]);
  expect(github.comments[0]?.body).toBe('<!-- introwctl:plan --> is what the bot writes');
  expect(github.comments[1]?.body).toContain('### This change creates 1 partner and updates 1.');
  expect(github.calls).toEqual(['POST issues/7/comments', 'PATCH issues/comments/2']);
  expect(JSON.stringify([again, github])).not.toContain(keys.read);
});

test('a pull request from a fork is validated, its problems at their lines, without a key, a request or a comment', async () => {
  const here = await place();
  const jobs = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': file('glod') }),
    headRepository: 'stranger/partners',
  });
  expect(jobs).toMatchObject({ validate: { result: 'failure' }, preview: { result: 'skipped' } });
  expect(jobs.validate?.log).toContain('::error file=partners.yaml,line=4,col=40,title=UNKNOWN_NAME::');
  const fixed = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': file('gold') }),
    headRepository: 'stranger/partners',
  });
  expect(fixed).toMatchObject({ validate: { result: 'success' }, preview: { result: 'skipped' } });
  expect(here.introw.log).toEqual([]);
  expect(githubOf(here).calls).toEqual([]);
});

test('a preview that fails says so in the comment, instead of leaving an old one there', async () => {
  const here = await place();
  const jobs = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': file('glod') }),
  });
  expect(jobs.preview?.result).toBe('failure');
  expect(jobs.preview?.log).toContain('UNKNOWN_NAME');
  expect(githubOf(here).comments[1]?.body).toBe(
    '<!-- introwctl:plan -->\n\n### There is no preview: [the run](https://github.com/example/partners/actions/runs/42) failed and says why.\n',
  );
});

test('a preview of what apply would refuse is commented on, and fails with a line for each guard', async () => {
  const here = await place();
  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  const text = file('gold').replace('partners:', 'settings: { maxChanges: 30% }\npartners:');
  const jobs = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': text }),
  });
  expect(jobs).toMatchObject({ validate: { result: 'success' }, preview: { result: 'failure' } });
  expect(jobs.preview?.log.match(/^::error .*$/gm)).toEqual([
    '::error title=CONFLICT::Apply would refuse: This change and Introw both changed acme. Run introwctl accept to take the live values into the files, or pass --overwrite-conflicts to let the files win.',
    '::error title=TOO_MANY_CHANGES::Apply would refuse: 1 partner would change, more than the 0 (30%25 of 1) allowed. Read the plan; if it is right, raise settings.maxChanges or pass --max-changes.',
  ]);
  expect(githubOf(here).comments[1]?.body).toContain('> **Apply would refuse:** This change and Introw both');
});

test('what had already moved is shown apart, with what becomes of it, and fails nothing', async () => {
  const here = await place();
  await changeByHand(here, 'ptn_1', { tierId: 't9' });
  const text = file('silver').replace('name: Acme', 'name: Acme, domain: acme.example');
  const jobs = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'partners.yaml': text }),
  });
  expect(jobs.preview?.result).toBe('success');
  const { body } = githubOf(here).comments[1] ?? {};
  expect(body).toContain('### This change updates 1 partner. 1 partner had already drifted in Introw.');
  expect(body).toContain(
    'Apply reverts what had drifted; with --only proposed, as in the pipelines, it is left alone.',
  );
});

test('a pull request that leaves the files alone passes both checks without a request', async () => {
  const here = await place();
  const jobs = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    sha: push(here, { 'readme.md': 'About our partners\n' }),
  });
  expect(jobs).toMatchObject({ validate: { result: 'success' }, preview: { result: 'success' } });
  expect(jobs.preview?.log).toContain('Nothing to comment on: the change touches no partner.');
  expect(here.introw.log).toEqual([]);
  expect(githubOf(here).calls).toEqual([]);
});

test('a folder and a catalog file are previewed when the workflow names them', async () => {
  const [catalog = '', partners = ''] = file('silver')
    .replace('version: 1\n', '')
    .split(/(?=partners:)/);
  const tiers = `version: 1\n${catalog}`;
  const files = { 'partners/a.yaml': `version: 1\n${partners}`, 'tiers.yaml': tiers };
  const here = await openPlace(files, { seed });
  await startGithub(here);
  const jobs = await runWorkflow(here, 'introw-preview.yml', {
    kind: 'pull_request',
    files: 'partners\ntiers.yaml\n',
    sha: push(here, { 'tiers.yaml': tiers.replace('silver: t1', 'silver: t2') }),
  });
  expect(jobs).toMatchObject({ validate: { result: 'success' }, preview: { result: 'success' } });
  expect(jobs.validate?.log).toContain('1 partner in 2 files: valid.');
  expect(githubOf(here).comments[0]?.body).toContain('### This change updates 1 partner.');
});
