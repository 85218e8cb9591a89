/** What is loaded before the first output: some of Node's own modules take longer to load than a small file to check. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, tool } from './command.ts';

/** Modules that no command needs which only checks files or answers from its own tables. */
const costly = [
  'child_process',
  'crypto',
  'dns',
  'fs/promises',
  'http',
  'https',
  'net',
  'os',
  'readline',
  'stream',
  'timers/promises',
  'tls',
  'v8',
  'zlib',
];

/** Prints on stderr what the program loads that an empty one doesn't. */
const report = `
const atStart = new Set(process.moduleLoadList);
process.on('exit', () => {
  const added = process.moduleLoadList.filter((name) => !atStart.has(name));
  require('node:fs').writeSync(2, JSON.stringify(added.map((name) => name.replace('NativeModule ', ''))));
});
`;

test.each(['--version', '--help', 'help plan', 'validate', 'validate --format json'])(
  'introwctl %s loads nothing of Node that takes long to load',
  (words) => {
    const cwd = folder({
      'report.cjs': report,
      'partners.yaml': 'version: 1\npartners:\n  acme: { name: Acme, domain: acme.example }\n',
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--require', join(cwd, 'report.cjs'), tool, ...words.split(' ')],
      { cwd, env: environment(null), encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout).not.toBe('');
    const loaded: readonly string[] = JSON.parse(stderr);
    expect(loaded.filter((name) => costly.includes(name))).toEqual([]);
  },
);

test('a command whose work never ends is an error, not silence', () => {
  const cwd = folder({
    'never.cjs': `require('node:fs').stat = () => {}; require('node:module').syncBuiltinESMExports();`,
    'partners.yaml': 'version: 1\npartners:\n  acme: { name: Acme }\n',
  });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', join(cwd, 'never.cjs'), tool, 'validate'],
    { cwd, env: environment(null), encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'INTERNAL\n  introwctl stopped before the command had ended.\n',
  });
});
