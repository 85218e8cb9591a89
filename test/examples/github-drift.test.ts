import { expect, test } from 'vitest';
import { environment, introwctl } from '../cli/command.ts';
import { commit, git } from '../cli/repository.ts';
import { runWorkflow } from './actions.ts';
import { closePull, githubOf, startGithub } from './github.ts';
import { serveApi } from './http.ts';
import { changeByHand, keys, openPlace, type Place } from './place.ts';

const file = (acme: string, globex = 'silver') => `version: 1
catalog: { tiers: { gold: t2, silver: t1 } }
partners:
  acme: { id: ptn_1, name: Acme, tier: ${acme} } # since 2024
  globex: { id: ptn_2, name: Globex, tier: ${globex} }
`;
const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', tierId: 't1' },
    { id: 'ptn_2', name: 'Globex', tierId: 't1' },
  ],
};

async function place(): Promise<Place> {
  const opened = await openPlace({ 'partners.yaml': file('silver') }, { seed });
  await startGithub(opened, {
    issues: [{ number: 1, state: 'open', title: 'Something else', body: '', user: { login: 'somebody' } }],
  });
  git(opened.work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/introw-applied');
  return opened;
}

async function run(
  here: Place,
  file: 'introw-drift.yml' | 'introw-accept.yml',
  more: { files?: string; webhook?: string } = {},
) {
  const sha = git(here.work, 'rev-parse', 'HEAD').trim();
  const [job] = Object.values(await runWorkflow(here, file, { kind: 'main', sha, ...more }));
  return job;
}

test('drift opens one issue, keeps it up to date, and closes it when it is settled', async () => {
  const here = await place();
  const posted: object[] = [];
  const webhook = await serveApi(({ body }) => {
    posted.push(body);
    return { status: 200, json: {} };
  });
  commit(here.work, 'Promote Globex, not applied yet', { 'partners.yaml': file('silver', 'gold') });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  expect((await run(here, 'introw-drift.yml', { webhook }))?.result).toBe('success');
  expect(posted).toMatchObject([{ text: expect.stringContaining('Drift: 1 field of 1 partner') }]);
  const opened = githubOf(here).issues[1];
  expect(opened).toMatchObject({ state: 'open', title: 'Introw has drifted from the files' });
  expect(opened?.body).toContain('### Drift: 1 field of 1 partner differs from the files.');
  expect(opened?.body).toContain('| moved | acme · Acme | tier is gold, the files say silver |');
  expect(opened?.body).toContain('Not applied yet (1 partner)');
  expect(opened?.body).toContain('in the files since');

  await changeByHand(here, 'ptn_2', { tierId: 't9' });
  await run(here, 'introw-drift.yml');
  expect(githubOf(here).issues).toHaveLength(2);
  expect(githubOf(here).issues[1]?.body).toContain('### Drift: 2 fields of 2 partners differ');

  await changeByHand(here, 'ptn_1', { tierId: 't1' });
  await changeByHand(here, 'ptn_2', { tierId: 't1' });
  expect((await run(here, 'introw-drift.yml', { webhook }))?.result).toBe('success');
  expect(posted).toHaveLength(1);
  const { issues, calls } = githubOf(here);
  expect(issues[1]).toMatchObject({ state: 'closed', state_reason: 'completed' });
  expect(issues[1]?.body).toContain('### No drift.');
  expect(issues[0]).toMatchObject({ state: 'open', body: '' });
  expect(calls).toEqual(['POST issues', 'PATCH issues/2', 'PATCH issues/2']);
});

test('drift that somebody has committed as known opens no issue', async () => {
  const here = await place();
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  const env = environment(here.introw.url, { INTROW_API_KEY: keys.read });
  const found = await introwctl(here.work, ['drift', '--out', 'known-drift.json'], env);
  expect(found.exit).toBe(2);
  commit(here.work, 'Leave Acme at gold for now');
  git(here.work, 'push', '--quiet', 'origin', 'main');
  const job = await run(here, 'introw-drift.yml');
  expect(job?.result).toBe('success');
  expect(job?.log).toContain('Drift: 1 field of 1 partner differs from the files. All of it is known.');
  expect(githubOf(here).issues).toHaveLength(1);
});

test('what somebody changed in Introw is proposed in one pull request, until it is settled', async () => {
  const here = await place();
  commit(here.work, 'Promote Globex, not applied yet', { 'partners.yaml': file('silver', 'gold') });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  expect((await run(here, 'introw-accept.yml'))?.result).toBe('success');
  expect(githubOf(here).pulls).toMatchObject([
    { number: 1, state: 'open', head: 'introw-accept', base: 'main' },
  ]);
  expect(git(here.origin, 'show', 'introw-accept:partners.yaml')).toBe(file('gold', 'gold'));
  const proposed = git(here.origin, 'rev-parse', 'introw-accept');

  expect((await run(here, 'introw-accept.yml'))?.result).toBe('success');
  expect(githubOf(here).pulls).toHaveLength(1);
  expect(git(here.origin, 'rev-parse', 'introw-accept')).toBe(proposed);

  await changeByHand(here, 'ptn_1', { tierId: 't1' });
  expect((await run(here, 'introw-accept.yml'))?.result).toBe('success');
  expect(githubOf(here).pulls).toMatchObject([
    { number: 1, state: 'closed', body: 'Resolved: Introw and the files agree.' },
  ]);
});

test('a proposal that was closed is not made again for the same values, until the difference was settled', async () => {
  const here = await place();
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  await run(here, 'introw-accept.yml');
  const [first] = githubOf(here).pulls;
  expect(first?.body).toMatch(
    /^<!-- introwctl:accept [0-9a-f]{40} -->\n\nSomebody changed these values in Introw\./,
  );
  closePull(here, 'closed');
  git(here.origin, 'update-ref', '-d', 'refs/heads/introw-accept');
  commit(here.work, 'Say more', { 'partners.yaml': `# Our partners\n${file('silver')}` });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  const again = await run(here, 'introw-accept.yml');
  expect(again?.result).toBe('success');
  expect(again?.log).toContain(
    'The pull request 1 proposed the same and was closed: it is not proposed again.',
  );
  expect(githubOf(here).pulls).toMatchObject([{ number: 1, state: 'closed', body: first?.body }]);

  // More than was declined is another proposal; while it is open, it follows Introw.
  await changeByHand(here, 'ptn_2', { tierId: 't2' });
  await run(here, 'introw-accept.yml');
  const [, second] = githubOf(here).pulls;
  expect(second).toMatchObject({ number: 2, state: 'open' });
  await changeByHand(here, 'ptn_2', { tierId: 't1' });
  expect((await run(here, 'introw-accept.yml'))?.result).toBe('success');
  expect(githubOf(here).pulls).toMatchObject([{}, { number: 2, state: 'open', body: first?.body }]);
  closePull(here, 'closed');

  // Set back and changed once more: that is news.
  await changeByHand(here, 'ptn_1', { tierId: 't1' });
  await run(here, 'introw-accept.yml');
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  await run(here, 'introw-accept.yml');
  expect(githubOf(here).pulls).toMatchObject([{}, { state: 'closed' }, { number: 3, state: 'open' }]);

  // So is what was merged, taken back in the files, and then changed in Introw again.
  closePull(here, 'merged');
  await run(here, 'introw-accept.yml');
  expect(githubOf(here).pulls).toMatchObject([{}, {}, { state: 'closed' }, { number: 4, state: 'open' }]);
});

test('drift in a folder and a catalog file is found and proposed when the workflows name them', async () => {
  const [catalog = '', partners = ''] = file('silver').split(/(?=partners:)/);
  const here = await openPlace(
    { 'partners/a.yaml': `version: 1\n${partners}`, 'tiers.yaml': catalog },
    { seed },
  );
  await startGithub(here);
  await changeByHand(here, 'ptn_1', { tierId: 't2' });
  const files = 'partners\ntiers.yaml\n';
  expect((await run(here, 'introw-drift.yml', { files }))?.result).toBe('success');
  expect(githubOf(here).issues[0]?.body).toContain(
    '| moved | acme · Acme | tier is gold, the files say silver |',
  );
  expect((await run(here, 'introw-accept.yml', { files }))?.result).toBe('success');
  expect(git(here.origin, 'show', 'introw-accept:partners/a.yaml')).toContain('tier: gold } # since 2024');
});
