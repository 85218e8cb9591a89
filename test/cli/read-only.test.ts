import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** All modules that a module loads, directly or through others, at once or later; types alone load nothing. */
function reached(from: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  const text = readFileSync(from, 'utf8');
  const imports = text.matchAll(
    /^(?:import|export)\s(?!type\b)[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm,
  );
  for (const [, statically, later] of imports)
    reached(resolve(dirname(from), statically ?? later ?? ''), seen);
  return seen;
}

const modulesOf = (command: string) =>
  [...reached(join(src, 'cli', command))].map((path) => relative(src, path));

const writing = ['introw/writer.ts', 'apply/apply-plan.ts'];

test.each(['drift.ts', 'plan.ts', 'accept.ts', 'pin.ts', 'import.ts'])(
  '%s is read-only by construction: nothing that it can load writes to Introw',
  (command) => {
    const modules = modulesOf(command);
    expect(modules).toContain('introw/reader.ts');
    expect(modules.filter((module) => writing.includes(module))).toEqual([]);
    const methods = modules.filter((module) =>
      /method: '(?!GET)/.test(readFileSync(join(src, module), 'utf8')),
    );
    expect(methods).toEqual([]);
  },
);

test('the same look at apply finds what writes', () => {
  expect(modulesOf('apply.ts')).toEqual(expect.arrayContaining(writing));
});

test('plan and render are pure: nothing that they load touches files, the network, processes or the environment', () => {
  const pure = ['plan', 'render'].flatMap((folder) =>
    readdirSync(join(src, folder)).map((file) => join(src, folder, file)),
  );
  const loaded = [...new Set(pure.flatMap((file) => [...reached(file)]))];
  const impure = loaded.filter((file) =>
    /from 'node:(?!util')|process\.|Date\.now|new Date\(\)|performance\.now/.test(readFileSync(file, 'utf8')),
  );
  expect(impure.map((file) => relative(src, file))).toEqual([]);
});
