/** Bad input around git: a clear problem each, through the built command, and nothing sent. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, write } from './command.ts';
import { commit, git, repository } from './repository.ts';

const acme = 'version: 1\npartners:\n  acme: { name: Acme }\n';

const refused: readonly { name: string; args: string[]; prepare: (path: string) => void; says: string }[] = [
  {
    name: 'an unknown ref',
    args: ['--base', 'origin/main'],
    prepare: () => undefined,
    says: 'UNKNOWN_REF\n  git has no ref "origin/main" here.\n  In a shallow clone, fetch it first: git fetch --depth=1 origin main:refs/remotes/origin/main',
  },
  {
    name: 'a ref that is nearly one of this clone',
    args: ['--base', 'origin/mian'],
    prepare: (path) => git(path, 'update-ref', 'refs/remotes/origin/main', 'HEAD'),
    says: 'git has no ref "origin/mian" here.\n  Did you mean origin/main? In a shallow clone, fetch it first: git fetch --depth=1 origin mian',
  },
  {
    name: 'an empty ref, from a variable that is not set',
    args: ['--base='],
    prepare: () => undefined,
    says: 'USAGE\n  --base is empty.\n  Give it a value, or leave it out; was a variable of the pipeline not set?',
  },
  {
    name: 'a commit that is not here',
    args: ['--base', '0123456789012345678901234567890123456789'],
    prepare: () => undefined,
    says: 'In a shallow clone, fetch it first: git fetch --depth=1 origin 0123456789012345678901234567890123456789\n',
  },
  {
    name: 'the zeros that CI passes for a branch that is new',
    args: ['--base', '0000000000000000000000000000000000000000'],
    prepare: () => undefined,
    says: 'CI systems pass zeros where a branch is new: compare with the branch that it began at, such as origin/main.',
  },
  {
    name: 'more generations back than there are',
    args: ['--base', 'HEAD~9'],
    prepare: () => undefined,
    says: 'In a shallow clone, fetch it first: git fetch --deepen=9\n',
  },
  {
    name: 'a range',
    args: ['--base', 'main..HEAD'],
    prepare: () => undefined,
    says: 'UNKNOWN_REF\n  git has no ref "main..HEAD" here.\n  Check the spelling: it takes a branch, a tag or a commit.',
  },
  {
    name: 'a file at a ref instead of the ref',
    args: ['--base', 'main:partners.yaml'],
    prepare: () => undefined,
    says: 'UNKNOWN_REF\n  git has no ref "main:partners.yaml" here.\n  Check the spelling: it takes a branch, a tag or a commit.',
  },
  {
    name: 'a file outside of the repository',
    args: ['--base', 'main', '-f', '../outside.yaml'],
    prepare: (path) => write(path, { '../outside.yaml': acme }),
    says: 'NOT_A_GIT_REPOSITORY\n  ../outside.yaml is outside of the git repository',
  },
  {
    name: 'a file in a submodule',
    args: ['--base', 'main', '-f', 'mod/partners.yaml'],
    prepare: (path) => {
      const inner = join(path, 'mod');
      write(path, { 'mod/partners.yaml': acme });
      git(inner, 'init', '--quiet', '-b', 'main');
      commit(inner, 'Begin');
      git(
        path,
        'update-index',
        '--add',
        '--cacheinfo',
        `160000,${git(inner, 'rev-parse', 'HEAD').trim()},mod`,
      );
      git(path, 'commit', '--quiet', '-m', 'Add the submodule');
    },
    says: 'GIT_FAILED\n  mod/partners.yaml belongs to another git repository',
  },
  {
    name: 'a folder that is a submodule at the base',
    args: ['--base', 'main', '-f', 'mod'],
    prepare: (path) => {
      write(path, { 'mod/partners.yaml': acme });
      git(
        path,
        'update-index',
        '--add',
        '--cacheinfo',
        `160000,${git(path, 'rev-parse', 'HEAD').trim()},mod`,
      );
      git(path, 'commit', '--quiet', '-m', 'Add the submodule');
    },
    says: 'GIT_FAILED\n  mod is a submodule at main',
  },
  {
    name: 'a file that was a symbolic link at the base',
    args: ['--base', 'main', '-f', 'link.yaml'],
    prepare: (path) => {
      execFileSync('ln', ['-s', 'partners.yaml', 'link.yaml'], { cwd: path });
      commit(path, 'Add a link');
      rmSync(join(path, 'link.yaml'));
      write(path, { 'link.yaml': acme });
    },
    says: 'GIT_FAILED\n  link.yaml is a symbolic link at main',
  },
  {
    name: 'a ref that looks like an option',
    args: ['--base=--output=x'],
    prepare: () => undefined,
    says: 'UNKNOWN_REF',
  },
  {
    name: 'no repository',
    args: ['--base', 'main'],
    prepare: (path) => rmSync(join(path, '.git'), { recursive: true }),
    says: 'NOT_A_GIT_REPOSITORY',
  },
  {
    name: 'a symbolic link',
    args: ['--base', 'main', '-f', 'link.yaml'],
    prepare: (path) => execFileSync('ln', ['-s', 'partners.yaml', 'link.yaml'], { cwd: path }),
    says: 'GIT_FAILED\n  link.yaml is a symbolic link',
  },
];

test.each(refused)('$name: a clear problem, nothing sent', async ({ args, prepare, says }) => {
  const introw = await sandbox();
  const path = join(folder({}), 'a repository');
  mkdirSync(path);
  write(path, { 'partners.yaml': acme });
  git(path, 'init', '--quiet', '-b', 'main');
  commit(path, 'Take over the partners');
  prepare(path);
  const { exit, err } = await introwctl(path, ['plan', ...args], environment(introw.url));
  expect(exit).toBe(1);
  expect(err).toContain(says);
  expect(introw.log).toEqual([]);
});

const notKnown: readonly { name: string; text: string; says: string }[] = [
  {
    name: 'a file of partners',
    text: 'version: 1\n',
    says: 'known.json is not JSON.',
  },
  {
    name: 'a list',
    text: '[]',
    says: 'known.json is another document, not a plan, drift or outcome of introwctl.',
  },
  {
    name: 'an outcome',
    text: '{ "formatVersion": "1.0", "kind": "outcome" }',
    says: 'known.json is an outcome: it says what an apply did, not what is to be done.',
  },
];

test.each(notKnown)('--known with $name: a clear problem, nothing sent', async ({ text, says }) => {
  const introw = await sandbox();
  const path = repository({ 'partners.yaml': acme, 'known.json': text });
  const { exit, err } = await introwctl(path, ['drift', '--known', 'known.json'], environment(introw.url));
  expect(exit).toBe(1);
  expect(err.slice(0, 17 + says.length + 1)).toBe(`PLAN_UNREADABLE\n  ${says}`);
  expect(introw.log).toEqual([]);
});
