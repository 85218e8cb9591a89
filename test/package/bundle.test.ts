/** What an update of yargs or of the bundler could undo while everything still works, only slower. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseAst } from 'rolldown/parseAst';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The names of what a platform of yargs has, such as `path.join`. */
async function membersOf(path: string): Promise<string[]> {
  const { default: platform } = await import(pathToFileURL(join(root, path)).href);
  const groups = ['assert', 'path', 'process', 'y18n'];
  const within = groups.flatMap((group) => Object.keys(platform[group]).map((name) => `${group}.${name}`));
  return [...Object.keys(platform), ...within].sort();
}

test('yargs finds all in our platform that is in its own', async () => {
  const own = await membersOf('node_modules/yargs/lib/platform-shims/esm.mjs');
  expect(await membersOf('build/yargs-platform.mjs')).toEqual(own);
});

/** The sources of the pattern literals of a program. */
function patternsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('regex' in node && 'type' in node && node.type === 'Literal') return [JSON.stringify(node.regex)];
  return Object.values(node).flatMap(patternsIn);
}

test('no pattern of Unicode properties is made when the bundle is loaded', () => {
  const folder = join(root, 'dist/cli');
  const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const found = texts.flatMap((text) => patternsIn(parseAst(text, { lang: 'js' })));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((pattern) => /\\p\{/iu.test(pattern))).toEqual([]);
});

test('what is always loaded together is in one file', () => {
  const files = readdirSync(join(root, 'dist/cli'));
  expect(files).toEqual(expect.arrayContaining(['start.js', 'common.js', 'files.js', 'planning.js']));
});
