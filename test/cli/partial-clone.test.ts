/** Clones that left something out: read with one fetch for all that is missing, which runs no program of the repository's. */
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, write } from './command.ts';
import { commit, git, repository } from './repository.ts';

const handles = ['acme', 'globex', 'hooli'] as const;
const file = (handle: string, tier: string) =>
  `version: 1\npartners:\n  ${handle}: { name: ${handle}, tierId: ${tier} }\n`;
const files = (tier: string) =>
  Object.fromEntries(handles.map((handle) => [`partners/${handle}.yaml`, file(handle, tier)]));

/** Three commits: all in one folder, then acme changes, then the folder is renamed. */
function origin(): string {
  const path = repository(files('t1'));
  commit(path, 'Promote acme', { 'partners/acme.yaml': file('acme', 't2') });
  git(path, 'mv', 'partners', 'people');
  commit(path, 'Rename the folder');
  git(path, 'config', 'uploadpack.allowFilter', 'true');
  return path;
}

function cloneOf(path: string, ...args: string[]): string {
  const clone = join(folder({}), 'clone');
  git(path, 'clone', '--quiet', ...args, `file://${path}`, clone);
  return clone;
}

const introw = () =>
  sandbox({
    seed: { partners: handles.map((handle, n) => ({ id: `ptn_${n}`, name: handle, tierId: 't1' })) },
  });

const packs = (path: string) =>
  readdirSync(join(path, '.git/objects/pack')).filter((name) => name.endsWith('.pack'));

test.each([
  ['blob:none', 1],
  ['tree:0', 2],
])(
  'a clone with --filter=%s: %i fetches at most, and none by a program that it names',
  async (filter, most) => {
    const { url } = await introw();
    const path = cloneOf(origin(), `--filter=${filter}`);
    const seen = folder({});
    const spy = join(seen, 'spy.sh');
    write(seen, { 'spy.sh': `#!/bin/sh\ntouch ${seen}/ran\nexec git-upload-pack "$@"\n` });
    chmodSync(spy, 0o755);
    for (const name of ['remote.origin.uploadpack', 'core.sshCommand', 'core.gitProxy', 'core.askPass'])
      git(path, 'config', name, spy);
    const before = packs(path).length;
    const args = ['-f', 'people', '--base', 'HEAD~2', '--only', 'proposed', '--format', 'json'];
    const { exit, out, err } = await introwctl(path, ['plan', ...args], environment(url));
    expect(exit, err).toBe(0);
    const plan = JSON.parse(out);
    expect(plan.summary).toMatchObject({ create: 0, update: 1, unchanged: 2, released: 0 });
    expect(packs(path).length - before).toBeLessThanOrEqual(most);
    const history = await introwctl(path, ['history', '-f', 'people', '--format', 'json'], environment(null));
    expect([history.exit, JSON.parse(history.out).entries.length]).toEqual([0, 2]);
    expect(existsSync(join(seen, 'ran'))).toBe(false);
  },
);

test('a remote that is a command is not run, and one that is gone is a clear problem', async () => {
  const { url, log } = await introw();
  const from = origin();
  const path = cloneOf(from, '--filter=blob:none');
  const marker = join(folder({}), 'ran');
  git(path, 'config', 'protocol.ext.allow', 'always');
  for (const address of [`ext::sh -c touch%20${marker}`, `file://${from}-gone`]) {
    git(path, 'config', 'remote.origin.url', address);
    const { exit, err } = await introwctl(
      path,
      ['plan', '-f', 'people', '--base', 'HEAD~2'],
      environment(url),
    );
    expect(exit).toBe(1);
    expect(err).toContain(
      'GIT_FAILED\n  This partial clone lacks versions of the files, and origin gave none',
    );
  }
  expect([existsSync(marker), log.length]).toEqual([false, 0]);
});

test('what a sparse checkout leaves out is not gone: it says nothing of handles elsewhere', async () => {
  const { url } = await introw();
  const path = repository({
    'emea/partners.yaml': file('newcomer', 't1'),
    'apac/partners.yaml': file('acme', 't1'),
  });
  git(path, 'sparse-checkout', 'set', 'apac');
  commit(path, 'Add a partner', { 'apac/more.yaml': file('newcomer', 't1') });
  expect(existsSync(join(path, 'emea'))).toBe(false);
  const args = ['plan', '-f', 'apac', '--base', 'HEAD~1', '--format', 'json'];
  const plan = JSON.parse((await introwctl(path, args, environment(url))).out);
  expect([plan.summary.create, plan.blocked]).toEqual([1, []]);
  rmSync(join(path, 'apac/more.yaml'));
});
