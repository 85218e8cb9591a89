/** The README's example as a program of its own would have it: with the built package and its types. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { environment, folder, sandbox } from './cli/command.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const example = /```js\n(import [^`]*? from 'introwctl';.*?)```/s.exec(readme)?.[1] ?? '';

/** A folder with the example, in which the package is installed. */
function program(): string {
  const path = folder({
    'program.mjs': example,
    'partners.yaml': 'version: 1\npartners:\n  acme: { name: Acme }\n  globex: { name: Globex }\n',
  });
  mkdirSync(join(path, 'node_modules', '@types'), { recursive: true });
  symlinkSync(root, join(path, 'node_modules', 'introwctl'));
  symlinkSync(join(root, 'node_modules', '@types', 'node'), join(path, 'node_modules', '@types', 'node'));
  return path;
}

test('a program takes the same steps as the commands: load, read, plan, apply', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Globex' }] } });
  const options = { cwd: program(), env: environment(introw.url) };
  const first = await execute(process.execPath, ['program.mjs'], options);
  expect(first.stdout).toBe('acme: create\nglobex: none\n1 applied, 0 failed\n');
  const second = await execute(process.execPath, ['program.mjs'], options);
  expect(second.stdout).toBe('acme: none\nglobex: none\n0 applied, 0 failed\n');
});

test('its types are those of the package', async () => {
  const strict = '--noEmit --allowJs --checkJs --strict --exactOptionalPropertyTypes';
  const modern = '--target es2023 --module nodenext --types node';
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  await execute(tsc, [...`${strict} ${modern}`.split(' '), 'program.mjs'], { cwd: program() });
});

test('what talks to the network is not in the bundle, so that npm audit and overrides of the project reach it', () => {
  const bundled = readFileSync(join(root, 'dist', 'cli', 'LICENCES.txt'), 'utf8');
  expect(bundled).toContain('yargs');
  expect(bundled).not.toContain('undici');
});
