import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { environment, folder, introwctl, sandbox, testKey, write } from './command.ts';
import { commit, git, repository } from './repository.ts';

const catalog = 'catalog: { tiers: { gold: t2, silver: t1 } }\n';
const file = (...partners: string[]) =>
  `version: 1\n${catalog}partners:\n${partners.map((each) => `  ${each}\n`).join('')}`;
const acme = (tier: string) => `acme: { id: ptn_1, name: Acme, domain: acme.example, tier: ${tier} }`;
const globex = (tier: string) => `globex: { id: ptn_2, name: Globex, domain: globex.example, tier: ${tier} }`;
const seed = (acmeTier: string, globexTier: string) => ({
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: acmeTier },
    { id: 'ptn_2', name: 'Globex', domain: 'globex.example', tierId: globexTier },
  ],
});

async function planOf(path: string, url: string, ...args: string[]): Promise<Plan> {
  const { exit, out, err } = await introwctl(path, ['plan', '--format', 'json', ...args], environment(url));
  expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
  return JSON.parse(out);
}

const origins = (plan: Plan) =>
  plan.changes.flatMap(({ address, fields }) =>
    fields.map(({ field, origin }) => `${address} ${field} ${origin}`),
  );

test('a preview tells what the branch does from what Introw had already moved', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': file(acme('silver'), globex('gold')) });
  git(path, 'checkout', '--quiet', '-b', 'promote-acme');
  commit(path, 'Promote Acme', { 'partners.yaml': file(acme('gold'), globex('gold')) });
  const plan = await planOf(path, introw.url, '--base', 'main');
  expect(origins(plan)).toEqual(['acme tier proposed', 'globex tier drift']);
  const text = await introwctl(path, ['plan', '--base', 'main'], environment(introw.url));
  expect(text.out).toBe(`introwctl plan · since main

What this change does

  ~ acme  Acme  partners.yaml:4
      tier  silver → gold  (t1 → t2)

What had already drifted in Introw

  ~ globex  Globex  partners.yaml:5
      tier  silver → gold  (t1 → t2)
        in the files since 822dd607, 2026-10-01, by Pat: Take over the partners

This change updates 1 partner. 1 partner had already drifted in Introw.
Apply reverts what had drifted; with --only proposed, as in the pipelines, it is left alone.
Cost: 1 request spent, 2 more to apply, or 3 from a saved plan.
`);
  const only = await planOf(path, introw.url, '--base', 'main', '--only', 'proposed');
  expect(origins(only)).toEqual(['acme tier proposed']);
});

test('a field that both sides changed is a conflict, and apply refuses it without --overwrite-conflicts', async () => {
  const introw = await sandbox({ seed: seed('t9', 't1') });
  const path = repository({ 'partners.yaml': file(acme('silver')) });
  commit(path, 'Promote Acme', { 'partners.yaml': file(acme('gold')) });
  const refused = await introwctl(
    path,
    ['apply', '--base', 'HEAD~1', '--auto-approve'],
    environment(introw.url),
  );
  expect(refused.exit).toBe(1);
  expect(refused.err).toContain('CONFLICT\n  This change and Introw both changed acme.');
  expect(introw.log.every(({ method }) => method === 'GET')).toBe(true);
  const told = await introwctl(
    path,
    ['apply', '--base', 'HEAD~1', '--auto-approve', '--overwrite-conflicts'],
    environment(introw.url),
  );
  expect(told.exit).toBe(0);
  expect(introw.partners().find(({ id }) => id === 'ptn_1')?.tierId).toBe('t2');
});

test('--changed reads only the pinned partners that the change touches, and organisation.contains', async () => {
  const many = Array.from(
    { length: 300 },
    (_, index) => `p${index}: { id: ptn_${index}, name: P${index}, tier: silver }`,
  );
  const introw = await sandbox({
    seed: { partners: many.map((_, index) => ({ id: `ptn_${index}`, name: `P${index}`, tierId: 't1' })) },
  });
  const path = repository({ 'partners.yaml': `${file(...many)}organisation: { contains: ptn_7 }\n` });
  const promoted = many.map((line, index) => (index % 100 === 5 ? line.replace('silver', 'gold') : line));
  commit(path, 'Promote three', {
    'partners.yaml': `${file(...promoted)}organisation: { contains: ptn_7 }\n`,
  });
  const plan = await planOf(path, introw.url, '--base', 'HEAD~1', '--changed');
  expect(plan.complete).toBe(false);
  expect(origins(plan)).toEqual(['p5 tier proposed', 'p105 tier proposed', 'p205 tier proposed']);
  expect(introw.log.map(({ path: asked }) => asked.replace('/api/v1/partners/', ''))).toEqual([
    'ptn_5',
    'ptn_105',
    'ptn_205',
    'ptn_7',
  ]);
});

test('an edit of the catalog touches whom it changes, and nobody else', async () => {
  const introw = await sandbox({ seed: seed('t1', 't2') });
  const path = repository({ 'partners.yaml': file(acme('silver'), globex('gold')) });
  commit(path, 'Gold has a new id', {
    'partners.yaml': file(acme('silver'), globex('gold')).replace('gold: t2', 'gold: t3'),
  });
  const plan = await planOf(path, introw.url, '--base', 'HEAD~1', '--changed');
  expect(plan.changes.map(({ address }) => address)).toEqual(['globex']);
  expect(introw.log).toHaveLength(1);
});

test('a handle that is gone is released, one that was renamed everywhere is followed with a warning', async () => {
  const introw = await sandbox({ seed: seed('t1', 't2') });
  const unpinned = 'acme: { name: Acme, domain: acme.example }';
  const path = repository({ 'partners.yaml': file(unpinned, globex('gold')) });
  commit(path, 'Acme is now Zenith, Globex leaves', {
    'partners.yaml': file('acme: { name: Zenith, domain: zenith.example }'),
  });
  const plan = await planOf(path, introw.url, '--base', 'HEAD~1');
  expect(plan.released.map(({ address, id }) => [address, id])).toEqual([['globex', 'ptn_2']]);
  expect(plan.unmanaged).toEqual([]);
  expect(plan.changes.map(({ address, action, partner }) => [address, action, partner?.id])).toEqual([
    ['acme', 'update', 'ptn_1'],
  ]);
  expect(plan.changes[0]?.warnings.map(({ code }) => code)).toEqual(['RENAMED_ENTIRELY']);
});

test('a partner that was managed and is gone is not created again unless --recreate says so', async () => {
  const introw = await sandbox();
  const path = repository({ 'partners.yaml': file('acme: { name: Acme }') });
  const refused = await planOf(path, introw.url, '--base', 'main');
  expect(refused.blocked.map(({ code, address }) => [code, address])).toEqual([['WAS_MANAGED', 'acme']]);
  const told = await planOf(path, introw.url, '--base', 'main', '--recreate');
  expect(told.summary.create).toBe(1);
});

test('a write-only portal is published when the change alters it, and never otherwise', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1'), showExperience: false });
  const portal = (access: string) =>
    file(`acme: { id: ptn_1, name: Acme, portal: { experienceId: e1, access: ${access} } }`);
  const path = repository({ 'partners.yaml': portal('RESTRICTED_USERS') });
  expect((await planOf(path, introw.url)).summary).toMatchObject({ update: 0, publishes: 0 });
  commit(path, 'Open the portal to the domain', { 'partners.yaml': portal('RESTRICTED_DOMAINS') });
  expect((await planOf(path, introw.url, '--base', 'main')).summary).toMatchObject({
    update: 0,
    publishes: 0,
  });
  const plan = await planOf(path, introw.url, '--base', 'HEAD~1');
  expect(origins(plan)).toEqual(['acme portal.experience proposed', 'acme portal.access proposed']);
  expect(plan.summary.publishes).toBe(1);
  expect((await planOf(path, introw.url, '--publish', 'acme')).summary.publishes).toBe(1);
});

test('drift distinguishes what was never applied from what has drifted, with since and blame; known drift raises no alarm', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': file(acme('gold'), globex('silver')) });
  commit(path, 'Promote Globex', { 'partners.yaml': file(acme('gold'), globex('gold')) });
  const env = environment(introw.url);
  const drift = await introwctl(
    path,
    ['drift', '--base', 'HEAD~1', '--format', 'json', '--out', 'known.json'],
    env,
  );
  expect(drift.exit).toBe(2);
  const found: Plan = JSON.parse(drift.out);
  expect(origins(found)).toEqual(['acme tier drift', 'globex tier proposed']);
  expect(found.changes[0]?.fields[0]).toMatchObject({
    blame: { date: '2026-10-01T09:00:00.000Z', subject: 'Take over the partners', author: 'Pat', url: null },
  });
  expect(found.changes[0]?.fields[0]?.since).toMatch(/^20\d\d-/);

  const known = await introwctl(
    path,
    ['drift', '--base', 'HEAD~1', '--known', 'known.json', '--format', 'json'],
    env,
  );
  expect(known.exit).toBe(0);
  expect(JSON.parse(known.out).changes[0].fields[0].known).toBe(true);

  await fetch(`${introw.url}/api/v1/partners/ptn_1`, {
    method: 'PATCH',
    headers: { 'x-api-key': testKey },
    body: '{"tierId":"t2"}',
  });
  const settled = await introwctl(
    path,
    ['drift', '--base', 'HEAD~1', '--known', 'known.json', '--format', 'json'],
    env,
  );
  expect(settled.exit).toBe(0);
  expect(JSON.parse(settled.out).settled).toEqual([{ address: 'acme', partnerId: 'ptn_1', field: 'tier' }]);
});

test('files with spaces, umlauts and Windows line endings, in a folder, seen from a subfolder', async () => {
  const introw = await sandbox({ seed: seed('t1', 't2') });
  const path = repository({
    'Händler und Partner/a b.yaml': file(acme('silver')).replaceAll('\n', '\r\n'),
    'Händler und Partner/c.yml': `version: 1\npartners:\n  ${globex('gold').replace('gold', 'silver')}\n`,
    'tools/readme': '',
  });
  commit(path, 'Promote Acme', {
    'Händler und Partner/a b.yaml': file(acme('gold')).replaceAll('\n', '\r\n'),
  });
  rmSync(join(path, 'Händler und Partner/c.yml'));
  const { exit, out } = await introwctl(
    join(path, 'tools'),
    ['plan', '-f', '../Händler und Partner', '--base', 'HEAD~1', '--format', 'json'],
    environment(introw.url),
  );
  expect(exit).toBe(0);
  const plan: Plan = JSON.parse(out);
  expect(origins(plan)).toEqual(['acme tier proposed']);
  expect(plan.released.map(({ address }) => address)).toEqual(['globex']);
});

test('a base that does not validate: a plan without origins and a warning, an error with --changed', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': 'version: 1\npartners: []\n' });
  commit(path, 'Mend the file', { 'partners.yaml': file(acme('gold')) });
  const plan = await planOf(path, introw.url, '--base', 'HEAD~1');
  expect(origins(plan)).toEqual(['acme tier null']);
  expect(plan.warnings.map(({ code }) => code)).toEqual(['BASE_INVALID']);
  const changed = await introwctl(path, ['plan', '--base', 'HEAD~1', '--changed'], environment(introw.url));
  expect(changed.exit).toBe(1);
  expect(changed.err).toContain('BASE_INVALID');
});

test('a file that did not exist at the base: all its handles are new', async () => {
  const introw = await sandbox();
  const path = repository({ 'readme.md': 'hello' });
  commit(path, 'Begin', { 'partners.yaml': file('acme: { name: Acme }') });
  const plan = await planOf(path, introw.url, '--base', 'HEAD~1', '--changed');
  expect(plan.summary.create).toBe(1);
  expect(plan.warnings).toEqual([
    {
      code: 'BASE_WITHOUT_FILES',
      message: 'HEAD~1 has no partners.yaml, so every handle counts as new.',
      position: null,
    },
  ]);
});

test('whichever way the file is named, detached or not, it is the same file at the base', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': file(acme('silver')) });
  commit(path, 'Promote Acme', { 'partners.yaml': file(acme('gold')) });
  git(path, 'checkout', '--quiet', '--detach');
  for (const name of ['.', join(path, 'partners.yaml')]) {
    const plan = await planOf(path, introw.url, '--base', 'main~1', '-f', name);
    expect(origins(plan)).toEqual(['acme tier proposed']);
  }
});

test('a shallow clone that has the ref is enough', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const origin = repository({ 'partners.yaml': file(acme('silver')) });
  const clone = join(folder({}), 'clone');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${origin}`, clone]);
  write(clone, { 'partners.yaml': file(acme('gold')) });
  expect(origins(await planOf(clone, introw.url, '--base', 'origin/main'))).toEqual(['acme tier proposed']);
});

test('where two shallow ends do not meet, that is said, and is no error', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const origin = repository({ 'partners.yaml': file(acme('silver')) });
  git(origin, 'checkout', '--quiet', '-b', 'promote-acme');
  commit(origin, 'Look at Acme', { 'readme.md': '' });
  commit(origin, 'Promote Acme', { 'partners.yaml': file(acme('gold')) });
  const clone = join(folder({}), 'clone');
  const shallow = ['--quiet', '--depth=1'];
  execFileSync('git', ['clone', ...shallow, '--branch', 'promote-acme', `file://${origin}`, clone]);
  git(clone, 'fetch', ...shallow, 'origin', 'main:refs/remotes/origin/main');
  const plan = await planOf(clone, introw.url, '--base', 'origin/main', '--changed');
  expect(origins(plan)).toEqual(['acme tier proposed']);
  expect(plan.warnings.map(({ code }) => code)).toEqual(['SHALLOW_CLONE']);

  // The oldest commit that a shallow clone has may not have set the line.
  const drift = await introwctl(clone, ['drift', '--format', 'json'], environment(introw.url));
  expect(JSON.parse(drift.out).changes[0].fields[0].blame).toBeNull();
});

test('a change that touches no handle does nothing, and costs nothing to preview', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': file(acme('silver')) });
  commit(path, 'Explain', { 'partners.yaml': `${file(acme('silver'))}# since 2024\n` });
  const args = ['plan', '--base', 'HEAD~1', '--changed'];
  const { exit, out } = await introwctl(path, args, environment(introw.url));
  expect(exit).toBe(0);
  expect(out).toContain('\nThis change does nothing in Introw.\nNo handle of the files had to be checked.\n');
  expect(introw.log).toEqual([]);
});

test('a base that has gone another way is warned about, and an error with --changed', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': file(acme('silver')) });
  git(path, 'checkout', '--quiet', '-b', 'promote-acme');
  commit(path, 'Promote Acme', { 'partners.yaml': file(acme('gold')) });
  git(path, 'checkout', '--quiet', 'main');
  commit(path, 'Go on', { 'readme.md': '' });
  git(path, 'checkout', '--quiet', 'promote-acme');
  const plan = await planOf(path, introw.url, '--base', 'main');
  expect(plan.warnings.map(({ code }) => code)).toEqual(['BASE_NOT_ANCESTOR']);
  const changed = await introwctl(path, ['plan', '--base', 'main', '--changed'], environment(introw.url));
  expect(changed.exit).toBe(1);
  expect(changed.err).toContain('BASE_NOT_ANCESTOR\n  main is not an ancestor of HEAD');
});

test('problems are annotated at paths from the root of the checkout, wherever the command runs', async () => {
  const path = repository({ 'crm/partners.yaml': file('acme: { name: Acme, tier: glod }') });
  const env = environment(null, { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: path });
  const { exit, err } = await introwctl(join(path, 'crm'), ['validate'], env);
  expect(exit).toBe(1);
  expect(err).toContain('::error file=crm/partners.yaml,line=4,col=29,title=UNKNOWN_NAME::');
});

test('what an earlier check listed as not applied yet raises an alarm when it turns out to be drift', async () => {
  const introw = await sandbox({ seed: seed('t1', 't1') });
  const path = repository({ 'partners.yaml': file(acme('silver')) });
  const env = environment(introw.url);
  write(path, { 'partners.yaml': file(acme('gold')) });
  const pending = await introwctl(path, ['drift', '--base', 'HEAD', '--out', 'pending.json'], env);
  expect(pending.exit).toBe(0);
  commit(path, 'Promote Acme');

  const lost = await introwctl(
    path,
    ['drift', '--base', 'HEAD', '--known', 'pending.json', '--out', 'lost.json', '--format', 'json'],
    env,
  );
  expect(lost.exit).toBe(2);
  expect(origins(JSON.parse(lost.out))).toEqual(['acme tier drift']);
  const known = await introwctl(path, ['drift', '--base', 'HEAD', '--known', 'lost.json'], env);
  expect(known.exit).toBe(0);

  // Without a base a plan doesn't tell the two apart: all that it shows is known.
  await introwctl(path, ['plan', '--out', 'plan.json'], env);
  const planned = await introwctl(path, ['drift', '--base', 'HEAD', '--known', 'plan.json'], env);
  expect(planned.exit).toBe(0);
});
