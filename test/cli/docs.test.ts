/** What README and docs/ show of the command is what it does. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { withPart } from '../docs/blocks.ts';
import { environment, folder, introwctl, sandbox, tool } from './command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('the plan of the README is the plan of the examples', async () => {
  const introw = await sandbox({ seed: JSON.parse(read('examples/introw.json')) });
  const path = folder({ 'partners.yaml': read('examples/partners.yaml') });
  const { out } = await introwctl(path, ['plan'], environment(introw.url));
  const made = withPart(read('README.md'), 'plan', `\`\`\`\n$ introwctl plan\n${out}\`\`\`\n`);
  await expect(made).toMatchFileSnapshot(join(root, 'README.md'));
});

/** Runs a block of docs/json.md in a shell where introwctl is the built command. */
async function runRecipe(block: string, files: Record<string, string>) {
  const cwd = folder({ ...files, 'bin/introwctl': `#!/bin/sh\nexec '${process.execPath}' '${tool}' "$@"\n` });
  const env = { ...environment(null), PATH: `${cwd}/bin:${process.env.PATH}` };
  const script = `chmod +x bin/introwctl\n${block}`;
  return promisify(execFile)('bash', ['-c', script], { cwd, env }).then(
    ({ stdout, stderr }) => ({ exit: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ exit: code as number, out: stdout as string, err: stderr as string }),
  );
}

const [changes = '', policy = ''] = [...read('docs/json.md').matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, block = '']) => block,
);

test('the recipe for changed tiers lists them from a saved plan', async () => {
  const introw = await sandbox({ seed: JSON.parse(read('examples/introw.json')) });
  const path = folder({ 'partners.yaml': read('examples/partners.yaml') });
  await introwctl(path, ['plan', '--out', 'plan.json'], environment(introw.url));
  const plan = readFileSync(join(path, 'plan.json'), 'utf8');
  const { exit, out } = await runRecipe(changes, { 'plan.json': plan });
  expect({ exit, lines: out.trim().split('\n') }).toEqual({
    exit: 0,
    lines: ['acme: null → gold', 'globex: silver → gold', 'umbrella: null → silver'],
  });
});

test('the recipe for a policy passes files that keep it, and names the partners that break it', async () => {
  const file = read('examples/partners.yaml');
  expect(await runRecipe(policy, { 'partners.yaml': file })).toMatchObject({ exit: 0 });
  const broken = file.replace('    owner: robin\n', '');
  expect(broken).not.toBe(file);
  expect(await runRecipe(policy, { 'partners.yaml': broken })).toMatchObject({
    exit: 1,
    err: 'Gold partners without an owner: globex',
  });
});
