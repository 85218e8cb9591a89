import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, write } from './command.ts';

const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };

test('the schema that init writes follows the files: import refreshes it, --check says when it is stale', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder({});
  const env = environment(introw.url);
  const run = (...args: string[]) => introwctl(cwd, args, env);
  const schema = () => JSON.parse(readFileSync(join(cwd, 'partners.schema.json'), 'utf8'));
  await run('init');
  const partners = readFileSync(join(cwd, 'partners.yaml'), 'utf8');
  write(cwd, { 'partners.yaml': partners.replace('tiers: {}', 'tiers: { silver: t1 }') });

  const stale = await run('schema', '--for-files', '--check');
  expect(stale).toMatchObject({
    exit: 2,
    out: 'partners.schema.json is stale: the names in the files have changed.\n',
  });
  expect((await run('import')).err).toContain('Updated for editors: partners.schema.json.');
  expect(schema().$defs.partner.properties.tier).toMatchObject({
    enum: ['silver'],
    description: 'A name from catalog.tiers. Names: silver (t1).',
  });
  expect(Object.keys(schema().properties.pins.properties)).toEqual(['acme']);
  expect(await run('schema', '--for-files', '--check')).toMatchObject({ exit: 0, out: '' });
  const printed = await run('schema', '--for-files');
  expect(printed.out).toBe(readFileSync(join(cwd, 'partners.schema.json'), 'utf8'));
  expect(await run('schema', '--for-files', '--out', 'other.json')).toMatchObject({ exit: 0, out: '' });
  expect(readFileSync(join(cwd, 'other.json'), 'utf8')).toBe(printed.out);
  const checkOther = () => run('schema', '--for-files', '--out', 'other.json', '--check');
  expect(await checkOther()).toMatchObject({ exit: 0, out: '' });
  write(cwd, { 'other.json': '{}' });
  expect(await checkOther()).toMatchObject({ exit: 2, out: expect.stringContaining('other.json is stale') });
  expect(readFileSync(join(cwd, 'other.json'), 'utf8')).toBe('{}');
});

test.each([
  ['a file', ['import'], 'partners.yaml', ''],
  ['a folder', ['import', '--into', 'partners'], 'partners/acme.yaml', 'partners'],
  ['pins of their own', ['import', '--pins', 'pins.yaml'], 'pins.yaml', ''],
] as const)('%s that import makes names a schema that is there, with its names', async (...row) => {
  const [, words, file, where] = row;
  const introw = await sandbox({ seed });
  const cwd = folder({});
  const imported = await introwctl(cwd, [...words], environment(introw.url));
  const schema = join(where, 'partners.schema.json');
  expect(imported).toMatchObject({
    exit: 0,
    err: expect.stringContaining(`Written for editors: ${schema}.`),
  });
  const [first] = readFileSync(join(cwd, file), 'utf8').split('\n');
  expect(first).toBe('# yaml-language-server: $schema=./partners.schema.json');
  const text = readFileSync(join(cwd, schema), 'utf8');
  expect(Object.keys(JSON.parse(text).properties.pins.properties)).toEqual(['acme']);
  const dry = await introwctl(folder({}), [...words, '--dry-run'], environment(introw.url));
  expect(dry.err).not.toContain('for editors');
});

test('a schema of somebody else, or of an installed package, is not written over', async () => {
  const introw = await sandbox({ seed });
  const packaged = readFileSync(new URL('../../schemas/partners.schema.json', import.meta.url), 'utf8');
  const files = {
    'node_modules/introwctl/schemas/partners.schema.json': packaged,
    'own.json': '{ "title": "Ours" }',
    'a.yaml': '# yaml-language-server: $schema=./own.json\nversion: 1\n',
    'b.yaml':
      '# yaml-language-server: $schema=node_modules/introwctl/schemas/partners.schema.json\nversion: 1\npartners: {}\n',
    'c.yaml': '# yaml-language-server: $schema=https://example.com/partners.schema.json\nversion: 1\n',
  };
  const cwd = folder(files);
  const args = ['-f', 'a.yaml', '-f', 'b.yaml', '-f', 'c.yaml'];
  const imported = await introwctl(cwd, ['import', ...args], environment(introw.url));
  expect(imported).toMatchObject({ exit: 0, err: expect.not.stringContaining('Updated for editors') });
  expect(readFileSync(join(cwd, 'own.json'), 'utf8')).toBe(files['own.json']);
  const kept = readFileSync(join(cwd, 'node_modules/introwctl/schemas/partners.schema.json'), 'utf8');
  expect(kept).toBe(packaged);
});

test.each([
  [['schema', '--check'], '--check needs --for-files.'],
  [['schema', '--out', 'x.json'], '--out needs --for-files.'],
  [['schema', 'plan', '--for-files'], '--for-files is about the schema of partners.'],
])('%j is refused', async (args, says) => {
  const run = await introwctl(folder({ 'partners.yaml': 'version: 1\n' }), args, environment(null));
  expect(run).toMatchObject({ exit: 1, err: expect.stringContaining(says) });
});
