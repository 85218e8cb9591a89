/** What holds the house together: which folder may import which, what is pure, and what can't write to Introw. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** The folders from top to bottom: each imports only itself and those below. */
const floors = [
  'cli/commands',
  'cli',
  'sandbox',
  'apply',
  'git-history',
  'render',
  'sheet',
  'edit',
  'plan',
  'history',
  'git',
  'desired',
  'yaml',
  'files',
  'code-host',
  'introw',
];

const modules = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.split(sep).join('/'));

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

function importsOf(module: string): Import[] {
  const text = readFileSync(join(src, module), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s(type\b)?[^;']*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)(\.)?/gm,
  );
  return [...found].map(([, type, statically, later, member]) => ({
    from: module,
    to: relative(src, resolve(src, dirname(module), statically ?? later ?? ''))
      .split(sep)
      .join('/'),
    typeOnly: type !== undefined || member === '.',
  }));
}

const imports = modules.flatMap(importsOf);

/** The floor that a module is on: its folder's row, or the ground for the words that everyone uses. */
function floorOf(module: string): number {
  const row = floors.findIndex((folder) => module.startsWith(`${folder}/`));
  if (row !== -1) return row;
  return module === 'index.ts' ? -1 : floors.length;
}

test('every folder of src is a row of the floors', () => {
  const rooms = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rooms.map(({ name }) => name).filter((name) => !floors.includes(name))).toEqual([]);
});

test('imports go one way, top to bottom', () => {
  // The table of commands is the one thing upstairs that the program and the words of a command line need.
  const isTable = ({ to }: Import) => to === 'cli/commands/table.ts';
  const upwards = imports.filter((each) => floorOf(each.to) < floorOf(each.from) && !isTable(each));
  expect(upwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('a command is a file of its own, that no other command imports', () => {
  const across = imports.filter(
    ({ from, to }) =>
      from.startsWith('cli/commands/') && to.startsWith('cli/commands/') && !from.endsWith('table.ts'),
  );
  expect(across.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

/** All modules that a module loads, directly or through others, at once or later; types alone load nothing. */
function loadedBy(module: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(module)) return seen;
  seen.add(module);
  for (const { to, typeOnly } of importsOf(module)) if (!typeOnly) loadedBy(to, seen);
  return seen;
}

const writing = ['introw/writer.ts', 'apply/apply-plan.ts'];

test.each(['drift', 'plan', 'accept', 'pin', 'import', 'export'])(
  '%s is read-only by construction: nothing that it can load writes to Introw',
  (command) => {
    const loaded = [...loadedBy(`cli/commands/${command}.ts`)];
    expect(loaded).toContain('introw/reader.ts');
    expect(loaded.filter((module) => writing.includes(module))).toEqual([]);
    // CONNECT goes to a proxy on the way, and never to Introw.
    const methods = loaded.filter((module) =>
      /method: '(?!GET|CONNECT)/.test(readFileSync(join(src, module), 'utf8')),
    );
    expect(methods).toEqual([]);
  },
);

test('the same look at apply finds what writes', () => {
  expect([...loadedBy('cli/commands/apply.ts')]).toEqual(expect.arrayContaining(writing));
});

test('only what has a writer opens a connection that can write', () => {
  const named = (pattern: RegExp) =>
    modules.filter((module) => pattern.test(readFileSync(join(src, module), 'utf8')));
  const opening = named(/import \{[^}]*\bconnectToWrite\b[^}]*\} from/);
  expect(opening).toEqual(['cli/commands/apply.ts', 'cli/commands/doctor.ts']);
  for (const module of opening) expect(importsOf(module).map(({ to }) => to)).toContain('introw/writer.ts');
  expect(named(/(?<!GET )\/api\/v1/).filter((module) => !module.startsWith('sandbox/'))).toEqual([
    'introw/api.ts',
  ]);
});

// node:url is there for domainToASCII, which only computes.
test('what leaves has passed a door, and nothing but the terminal writes it', () => {
  const holding = (pattern: RegExp) =>
    modules.filter((module) => pattern.test(readFileSync(join(src, module), 'utf8')));
  expect(holding(/\bas Passed\b/)).toEqual(['render/doors.ts']);
  expect(holding(/\bconsole\.|process\.std(out|err)\b|\bwriteSync\(/)).toEqual([
    'cli/main.ts',
    'cli/standard-streams.ts',
  ]);
  expect(holding(/\b(writeStdout|streamOf)\b/)).toEqual([
    'cli/main.ts',
    'cli/standard-streams.ts',
    'cli/terminal.ts',
  ]);
  // Files are written complete or not at all by files/, and the summary of a job is added to in one place.
  expect(holding(/\b(writeFile|appendFile|createWriteStream)\b/)).toEqual([
    'cli/output.ts',
    'files/in-place.ts',
    'files/write.ts',
  ]);
});

// A hash is computed from nothing but what it is given.
const impurity =
  /(?<!import \{ createHash \} )from 'node:(?!util'|url')|process\.|Date\.now|new Date\(\)|performance\.now/;

test.each(['plan', 'history', 'edit', 'sheet', 'render', 'yaml'])(
  '%s is pure: nothing that it loads touches files, the network, processes, the clock or the environment',
  (folder) => {
    const own = modules.filter((module) => module.startsWith(`${folder}/`));
    expect(own.length).toBeGreaterThan(0);
    const loaded = new Set(own.flatMap((module) => [...loadedBy(module)]));
    // Schemas are read once, from this package: data of ours, not of the run.
    const impure = [...loaded].filter(
      (module) =>
        module !== 'desired/schema-json.ts' && impurity.test(readFileSync(join(src, module), 'utf8')),
    );
    expect(impure).toEqual([]);
  },
);
