/** The README's example as a program of its own would have it: with the built package and its types. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { environment, folder, sandbox } from './cli/command.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const example = /```js\n(import [^#]*? from 'introwctl';.*?)```/s.exec(readme)?.[1] ?? '';

/** A folder with the example, in which the package is installed. */
function program(): string {
  const path = folder({
    'program.mjs': example,
    'partners.yaml':
      'version: 1\npartners:\n  acme: { name: Acme }\n  globex: { name: Globex, tierId: t1 } # ours\n',
  });
  mkdirSync(join(path, 'node_modules', '@types'), { recursive: true });
  symlinkSync(root, join(path, 'node_modules', 'introwctl'));
  symlinkSync(join(root, 'node_modules', '@types', 'node'), join(path, 'node_modules', '@types', 'node'));
  return path;
}

test('a program takes the same steps as the commands: accept, plan, save, apply', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Globex', tierId: 't2' }] } });
  const cwd = program();
  const options = { cwd, env: environment(introw.url) };
  const first = await execute(process.execPath, ['program.mjs'], options);
  expect(first.stdout).toContain('+ acme  Acme  partners.yaml:3');
  expect(first.stdout).toContain('Plan: 1 to create, 0 to update, 1 unchanged.');
  expect(first.stdout).toMatch(/\n1 applied, 0 failed\n$/);
  expect(readFileSync(join(cwd, 'partners.yaml'), 'utf8')).toContain('{ name: Globex, tierId: t2 } # ours');
  expect(JSON.parse(readFileSync(join(cwd, 'plan.json'), 'utf8')).summary).toMatchObject({ create: 1 });
  expect(introw.log.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
  const second = await execute(process.execPath, ['program.mjs'], options);
  expect(second.stdout).toMatch(/\n0 applied, 0 failed\n$/);
});

test('its types are those of the package', async () => {
  const strict = '--noEmit --allowJs --checkJs --strict --exactOptionalPropertyTypes';
  const modern = '--target es2023 --module nodenext --types node';
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  await execute(tsc, [...`${strict} ${modern}`.split(' '), 'program.mjs'], { cwd: program() });
});

test('every package that the built files load comes along when it is installed', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const built = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(root, 'dist', file), 'utf8'));
  const loaded = new Set(built.flatMap(packagesOf));
  expect(loaded).toContain('any-ascii');
  expect([...loaded].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

/** The packages that a built module names, in code or in what it gives to require later. */
function packagesOf(text: string): string[] {
  // After a quote it is only text: ajv says so how generated code would load a part of it.
  const named = text.matchAll(/(?<![`'"])(?:\brequire\(|\bimport\()([`'"])([^`'"\n$]+)\1/g);
  return [...named]
    .map(([, , name = '']) => name)
    .filter((name) => !name.startsWith('.') && !isBuiltin(name))
    .map((name) => name.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1'));
}
