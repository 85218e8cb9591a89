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
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  git(here.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  const halfway = await merge(here, file('gold', 'gold'));
  expect(results(halfway.jobs)).toEqual(['success', 'failure', 'skipped']);
  expect(halfway.jobs.apply?.log).toContain('Applied 1, failed 1, not tried 0.');
  expect([tiers(here), applied(here)]).toEqual([['t2', 't1'], sha]);

  const mended = await merge(here, `${file('gold', 'gold')}# Once more\n`);
  expect(results(mended.jobs)).toEqual(['success', 'success', 'success']);
  expect([tiers(here), applied(here)]).toEqual([['t2', 't2'], mended.sha]);
});
