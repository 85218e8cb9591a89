/** Whatever a repository's configuration names, git runs none of it for this tool, and none of its processes gets the key. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, testKey, write } from './command.ts';
import { commit, git, repository } from './repository.ts';

const files = {
  'partners.yaml': 'version: 1\npartners:\n  acme:\n    id: ptn_1\n    name: Acme\n    tierId: tier_1\n',
  '.gitattributes': '*.yaml filter=evil diff=evil\n',
};

test.each([
  ['drift', '--base', 'HEAD'],
  ['plan', '--base', 'HEAD~1', '--changed'],
  ['history', 'acme'],
])('git runs no program that the repository names for %s', async (...args) => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 'tier_2' }] } });
  const path = repository({ 'partners.yaml': 'version: 1\npartners: {}\n' });
  commit(path, 'Add Acme', files);
  const seen = folder({});
  const spy = join(seen, 'spy.sh');
  write(seen, { 'spy.sh': `#!/bin/sh\nenv > ${seen}/ran\nexec cat "$@"\n` });
  chmodSync(spy, 0o755);
  const hooks = folder({ 'post-index-change': `#!/bin/sh\nexec ${spy}\n` });
  chmodSync(join(hooks, 'post-index-change'), 0o755);
  for (const [name, value] of [
    ['core.fsmonitor', spy],
    ['core.hooksPath', hooks],
    ['core.pager', spy],
    ['core.askPass', spy],
    ['credential.helper', spy],
    ['diff.external', spy],
    ['diff.evil.textconv', spy],
    ['diff.evil.command', spy],
    ['filter.evil.clean', spy],
    ['filter.evil.smudge', spy],
    ['filter.evil.process', spy],
    ['log.showSignature', 'true'],
    ['gpg.program', spy],
  ] as const)
    git(path, 'config', name, value);
  // A file that differs from what is committed makes git read it again.
  write(path, { 'partners.yaml': `${files['partners.yaml']}# a comment\n` });
  const run = await introwctl(path, [...args], environment(introw.url));
  expect(run.exit, run.err).toBe(args[0] === 'drift' ? 2 : 0);
  if (args[0] === 'drift') expect(run.out).toContain('Add Acme');
  expect(existsSync(join(seen, 'ran'))).toBe(false);
});

test('git itself gets neither the key nor any token of the pipeline', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 'tier_2' }] } });
  const path = repository(files);
  const bin = folder({
    git: '#!/bin/sh\nenv >> "$(dirname "$0")/seen"\nPATH=$(echo "$PATH" | cut -d: -f2-) exec git "$@"\n',
  });
  chmodSync(join(bin, 'git'), 0o755);
  const plain = environment(introw.url);
  const secrets = { GITHUB_TOKEN: 'ghs_secret', NPM_TOKEN: 'npm_secret', DB: 'postgres://u:pw_secret@h' };
  const { exit } = await introwctl(path, ['drift', '--base', 'HEAD'], {
    ...plain,
    ...secrets,
    PATH: `${bin}:${plain.PATH}`,
  });
  expect(exit).toBe(2);
  const seen = readFileSync(join(bin, 'seen'), 'utf8');
  expect(seen).toContain('GIT_TERMINAL_PROMPT=0');
  for (const secret of [testKey, '_secret']) expect(seen).not.toContain(secret);
});
