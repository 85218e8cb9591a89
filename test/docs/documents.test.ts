/** README, docs/ and CONTRIBUTING: what they point at exists, and the files that they show are valid. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadDesired } from '../../src/desired/load.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const top = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
const documents = [...top, ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];

test.each(documents)('every link in %s leads to a file, and every path that it names exists', (name) => {
  const text = read(name).replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const local = links.filter((target) => !/^[a-z]+:/.test(target));
  const named = [...text.matchAll(/`((?:src|test|docs|build|schemas|templates|\.github)\/[^\s`*]*)`/g)];
  const missing = [
    ...local.filter((target) => !existsSync(join(root, dirname(name), target))),
    ...named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path))),
  ];
  expect(missing).toEqual([]);
});

test('what CONTRIBUTING says to add a row to is in the file that it names', () => {
  const pairs = [...read('CONTRIBUTING.md').matchAll(/`(\w+)` (?:in|of) `(src\/[^`]+|test\/[^`]+)`/g)];
  expect(pairs.length).toBeGreaterThan(6);
  const missing = pairs.filter(
    ([, name, path = '']) =>
      !new RegExp(`\\b(?:(?:const|function) ${name}\\b|${name}: [[{])`).test(read(path)),
  );
  expect(missing.map(([pair]) => pair)).toEqual([]);
});

test('CONTRIBUTING names scripts that package.json has', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...read('CONTRIBUTING.md').matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});

test('the map of the house names every folder of src', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  const text = read('docs/architecture.md');
  expect(folders.map(({ name }) => name).filter((name) => !text.includes(`\`src/${name}\``))).toEqual([]);
});

const examples = documents.flatMap((name) =>
  [...read(name).matchAll(/```yaml\n(version: 1\n[\s\S]*?)```/g)].map(([, text = '']) => ({ name, text })),
);

test.each(examples)('a file of partners that $name shows is valid, and nothing in it is odd', ({ text }) => {
  const desired = loadDesired([{ path: 'partners.yaml', text }]);
  expect(desired.partners.size).toBeGreaterThan(0);
  expect(desired.warnings).toEqual([]);
});

test('the pre-commit hooks of docs/ci.md are those of .pre-commit-hooks.yaml, from the installed package', () => {
  const [, shown = ''] = /```yaml\n(repos:[\s\S]*?)```/.exec(read('docs/ci.md')) ?? [];
  const hooks = parse(shown).repos[0].hooks;
  const offered = parse(read('.pre-commit-hooks.yaml'));
  expect(hooks).toEqual(
    offered.map(({ description: _, entry, ...rest }: Record<string, string>) => ({
      ...rest,
      entry: `npx --no-install ${entry}`,
      language: 'system',
    })),
  );
});

test('every schema is in the table of docs/json.md', () => {
  const text = read('docs/json.md');
  const schemas = readdirSync(join(root, 'schemas'));
  expect(schemas.filter((name) => !text.includes(`(../schemas/${name})`))).toEqual([]);
});
