/** Files named as words, as pre-commit and lint-staged append them, and by paths that begin with a dot. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox } from './command.ts';

const partner = (handle: string) => `version: 1\npartners:\n  ${handle}:\n    name: ${handle}\n`;
const files = {
  'partners.yaml': partner('acme'),
  'sub/b.yaml': partner('globex'),
  'sub/c.yml': partner('initech'),
};

test.each([
  ['validate partners.yaml', ['partners.yaml']],
  ['validate ./partners.yaml sub', ['partners.yaml', 'sub/b.yaml', 'sub/c.yml']],
  ['validate -f sub/c.yml -- partners.yaml', ['sub/c.yml', 'partners.yaml']],
  ['validate', ['partners.yaml']],
])('%s reads %j', async (line, read) => {
  const { exit, out } = await introwctl(
    folder(files),
    ['--format=json', ...line.split(' ')],
    environment(null),
  );
  expect({ exit, ...JSON.parse(out) }).toMatchObject({ exit: 0, files: read });
});

test('fmt formats the files that are words and no other', async () => {
  const path = folder({ ...files, 'sub/b.yaml': 'version:   1\n', 'sub/c.yml': 'version:   1\n' });
  const { exit, out } = await introwctl(path, ['fmt', './sub/b.yaml', 'partners.yaml'], environment(null));
  expect({ exit, out }).toEqual({ exit: 0, out: '1 file formatted: sub/b.yaml.\n' });
});

test('partners can be imported into a path that begins with a dot, but not into a hidden file', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] } });
  const path = folder({ 'sub/.keep': '' });
  const into = (file: string) =>
    introwctl(join(path, 'sub'), ['import', '--into', file, '--dry-run'], environment(introw.url));
  expect(await into('../new.yaml')).toMatchObject({ exit: 0 });
  expect(await into('./.new.yaml')).toMatchObject({
    exit: 1,
    err: expect.stringContaining('Partners go into a .yaml file or a folder, not into "./.new.yaml".'),
  });
});
