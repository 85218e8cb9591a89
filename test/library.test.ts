/** The README's example as a program of its own would have it: with the built package and its types. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as tool from '../src/index.ts';
import { environment, folder, sandbox, testKey, write } from './cli/command.ts';
import { commit, repository } from './cli/repository.ts';

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

test.each([
  [
    'a file that is wrong',
    { 'partners.yaml': 'version: 1\npartners:\n  acme: { name: Acme, tier: gold }\n' },
    {},
    /^partners\.yaml:3:\d+ {2}UNKNOWN_NAME\n {2}.*\n\n(?:.*\|.*\n)+\n {2}Pass the file/,
  ],
  ['no file', { 'partners.yaml': null }, {}, /^FILE_NOT_FOUND\n {2}There is no file partners\.yaml\.\n/],
  [
    'a key that Introw refuses',
    {},
    { INTROW_API_KEY: 'another-key' },
    /^UNAUTHORIZED\n {2}.*\n {2}The key is/,
  ],
])(
  'a program that meets %s prints what is wrong, without a stack or a file',
  async (_, files, more, says) => {
    const introw = await sandbox({ seed: { partners: [] } });
    const cwd = program();
    for (const [name, text] of Object.entries(files))
      text === null ? rmSync(join(cwd, name)) : write(cwd, { [name]: text });
    const run = execute(process.execPath, ['program.mjs'], { cwd, env: environment(introw.url, more) });
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 1, stderr: expect.stringMatching(says) });
    expect(error).toMatchObject({ stderr: expect.not.stringMatching(/^\s+at |node:internal|library/m) });
  },
);

test('an error that is printed shows no file', () => {
  const failed = new tool.Failure([{ code: 'USAGE', message: 'No.', hint: '', position: null }], {
    sources: new Map([['a.yaml', 'secret: text']]),
  });
  expect(inspect(failed)).not.toContain('secret');
  expect(failed.sources.get('a.yaml')).toBe('secret: text');
});

test('a program imports, sets, renames, exports and looks back as the commands do', async () => {
  const seed = { partners: [{ id: 'ptn_1', name: 'Globex', tierId: 't2' }] };
  const introw = await sandbox({ seed });
  const cwd = repository({ 'partners.yaml': 'version: 1\ncatalog: { tiers: { gold: t2, silver: t1 } }\n' });
  const file = join(cwd, 'partners.yaml');
  const read = async () => tool.loadDesired(await tool.readSources([file]));
  const connection = tool.openConnection({ url: introw.url, key: testKey, userAgent: 'test' });
  const live = await tool.readLive(connection, { kind: 'list' });
  await connection.close();
  const desired = await read();
  const imported = tool.importPartners(desired, live, { fileOf: () => file });
  expect(imported.handles).toEqual(['globex']);
  await tool.writeFiles(imported.files, (_, text) => text);

  const { tier } = Object.fromEntries(tool.fields.map((field) => [field.name, field]));
  if (tier === undefined) throw new Error('there is no tier');
  const gold = tool.conditionsIn(['tier=gold'], await read());
  const state = await read();
  const chosen = [...state.partners.values()].filter((partner) => gold(tool.desiredRow(partner)));
  const wanted = tool.valueReader(state)(tier, 'silver');
  const set = tool.setFields(state, chosen, [{ field: tier, wanted }]);
  expect(set.changes).toEqual([{ address: 'globex', field: 'tier', from: 'gold', to: 'silver' }]);
  await tool.writeFiles(set.files, (_, text) => text);
  const renamed = tool.rename(await read(), { kind: 'handle', from: 'globex', to: 'globex-inc' });
  await tool.writeFiles(renamed, (_, text) => text);

  const now = await read();
  const rows = tool.exportRows(now, live, false);
  const { partners } = tool.exportDocument(rows, tool.namesOf(now.catalog), '1.0.0');
  expect(partners).toMatchObject([{ handle: 'globex-inc', tier: 'silver', live: { tier: 'gold' } }]);

  commit(cwd, 'Take over the partners');
  const here = process.cwd();
  process.chdir(cwd);
  const findings = await tool.readHistory({ files: ['partners.yaml'] }).finally(() => process.chdir(here));
  const history = tool.historyDocument(findings, { fields: ['tier'], runs: false }, '1.0.0');
  expect(history.entries[0]?.changes).toMatchObject([{ handle: 'globex-inc', kind: 'added' }]);
  expect(introw.log.map(({ method }) => method)).toEqual(['GET']);
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
