/**
 * A new field is a new row: a copy of the checkout, with three rows more in its table (a list, a text that can be
 * cleared, and one that Introw never returns) and no other edit, takes the new
 * fields all the way from a file to Introw and back.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { environment, folder, introwctl, testKey } from './command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const rows = `
  field({
    name: 'categories',
    description: 'What kind of partner it is.',
    example: ['reseller'],
    shape: listOfTexts(),
  }),
  field({
    name: 'managerEmail',
    description: 'Whom to write to.',
    example: 'jo@acme.example',
    clearable: true,
  }),
  field({
    name: 'welcomeNote',
    description: 'What new people of the partner read first.',
    example: 'Hello!',
    returned: 'no',
  }),
`;

/** Builds the copy, in a folder that has `src` and white space in its path, and gives the command that it makes. */
async function builtWithMoreRows(): Promise<string> {
  const copy = join(folder({}), 'src dir', 'src', 'introwctl');
  mkdirSync(copy, { recursive: true });
  const parts = [
    'src',
    'build',
    'schemas',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'biome.json',
  ];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const table = join(copy, 'src/fields.ts');
  const source = readFileSync(table, 'utf8');
  const changed = source.replace(/(export const fields: .*?\n)\];\n/s, `$1${rows}];\n`);
  expect(changed).not.toBe(source);
  writeFileSync(table, `import { listOfTexts } from './shapes.ts';\n${changed}`);
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: copy });
  return join(copy, 'dist/cli/main.js');
}

/** Where the sandbox of that command listens. */
async function sandboxOf(program: string, cwd: string): Promise<string> {
  const sandbox = spawn(process.execPath, [program, 'sandbox', '--seed', 'seed.json'], { cwd });
  onTestFinished(() => void sandbox.kill());
  const [line] = await once(createInterface(sandbox.stdout), 'line');
  return JSON.parse(String(line)).url;
}

const files = {
  'seed.json': JSON.stringify({
    partners: [
      { id: 'ptn_1', name: 'Acme', categories: ['reseller'], managerEmail: 'jo@acme.example' },
      { id: 'ptn_2', name: 'Globex', categories: ['agency', 'a, b'], managerEmail: 'al@globex.example' },
    ],
  }),
  'partners.yaml': `version: 1
defaults:
  managerEmail: nobody@example.com
partners:
  acme:
    name: Acme
    categories: # as agreed
      - reseller # since 2019
      - agency
    managerEmail: null
    welcomeNote: Hello, Acme!
  initech: { name: Initech, categories: [consultant], welcomeNote: Hi! }
`,
  'wrong.yaml': `version: 1
partners:
  acme: { name: Acme, categories: reseller, managerEmail: "a\\nb", ignore: [categorys] }
  globex: { name: Globex, categories: [a, a], managerEmail: "" }
`,
};

test('more rows in the table of fields are all that more fields need', {
  timeout: 240_000,
}, async () => {
  const program = await builtWithMoreRows();
  const cwd = folder(files);
  const url = await sandboxOf(program, cwd);
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  const live = async (id: string, patch?: object) => {
    const headers = { 'x-api-key': testKey, 'content-type': 'application/json' };
    const request = patch === undefined ? {} : { method: 'PATCH', body: JSON.stringify(patch) };
    const answer = await fetch(`${url}/api/v1/partners/${id}`, { headers, ...request });
    return (await answer.json()) as { data: Record<string, unknown> };
  };
  const run = (...args: string[]) => introwctl(cwd, args, environment(url), { program });

  const wrong = await run('validate', '-f', 'wrong.yaml');
  expect(wrong.err).toContain('acme.categories is text; it must be a list.');
  expect(wrong.err).toContain('acme.managerEmail is "a\\nb", which holds a line break');
  expect(wrong.err).toContain('Did you mean categories?');
  expect(wrong.err).toContain('globex.categories has "a" twice.');
  expect(wrong.err).toContain('globex.managerEmail is empty.');

  const plan = await run('plan', '--out', 'plan.json');
  expect(plan.out).toContain('categories    reseller → reseller, agency');
  expect(plan.out).toContain('managerEmail  jo@acme.example → (none)');
  expect(plan.out).toContain(
    'categories    consultant\n      managerEmail  nobody@example.com\n      welcomeNote   Hi!',
  );

  // The version without the rows shows that plan, and doesn't apply it.
  const before = { run: (...args: string[]) => introwctl(cwd, args, environment(url)) };
  const shown = await before.run('show', 'plan.json');
  expect(shown.out).toContain('categories    reseller → reseller, agency');
  const refused = await before.run('apply', 'plan.json', '--auto-approve');
  expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining('PLAN_NEWER') });

  const applied = await run('apply', 'plan.json', '--auto-approve', '--format', 'json');
  expect(JSON.parse(applied.out).results).toMatchObject([
    { address: 'acme', status: 'applied', keptByServer: [] },
    { address: 'initech', status: 'applied', keptByServer: [] },
  ]);
  expect(await live('ptn_1')).toMatchObject({
    data: { categories: ['reseller', 'agency'], managerEmail: null },
  });

  const imported = await run('import');
  expect(imported).toMatchObject({ exit: 0 });
  expect(read('partners.yaml')).toContain(
    'categories: [agency, "a, b"]\n    managerEmail: al@globex.example',
  );

  await live('ptn_1', { categories: ['distributor', 'reseller'], managerEmail: 'new@acme.example' });
  await live('ptn_2', { categories: [] });
  const accepted = await run('accept', '--auto-approve');
  expect(accepted).toMatchObject({ exit: 0 });
  expect(read('partners.yaml')).toContain(`    categories: # as agreed
      - reseller # since 2019
      - distributor
    managerEmail: new@acme.example
    welcomeNote: Hello, Acme!
`);
  expect(read('partners.yaml')).toContain('categories: []');

  // In another order they are the same categories; what Introw doesn't return is no drift, and nothing to warn of.
  await live('ptn_1', { categories: ['reseller', 'distributor'] });
  const drift = await run('drift');
  expect(drift).toMatchObject({ exit: 0, out: expect.stringContaining('No drift.') });
  expect(drift.out).not.toContain('welcomeNote');
});
