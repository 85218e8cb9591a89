/** What README and docs/ show of the command is what it does. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { withPart } from '../docs/blocks.ts';
import { environment, folder, introwctl, sandbox, tool, write } from './command.ts';
import { repository } from './repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('the plan of the README is the plan of the examples', async () => {
  const introw = await sandbox({ seed: JSON.parse(read('examples/introw.json')) });
  const path = folder({ 'partners.yaml': read('examples/partners.yaml') });
  const { out } = await introwctl(path, ['plan'], environment(introw.url));
  const made = withPart(read('README.md'), 'plan', `\`\`\`\n$ introwctl plan\n${out}\`\`\`\n`);
  await expect(made).toMatchFileSnapshot(join(root, 'README.md'));
});

const script = `#!/bin/sh\nexec '${process.execPath}' '${tool}' "$@"\n`;

/** Runs a block of docs/json.md in a shell where introwctl is the built command. */
async function runRecipe(block: string, files: Record<string, string>) {
  const cwd = folder({ ...files, 'bin/introwctl': script });
  const env = { ...environment(null), PATH: `${cwd}/bin:${process.env.PATH}` };
  return promisify(execFile)('bash', ['-c', `chmod +x bin/introwctl\n${block}`], { cwd, env }).then(
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

test('the tier review of the README, with one tier changed in the sheet', async () => {
  const introw = await sandbox({ seed: JSON.parse(read('examples/introw.json')) });
  const file = read('examples/partners.yaml').replace('tier: silver\n    ignore', 'tier: gold\n    ignore');
  const path = repository({ 'partners.yaml': file, 'bin/introwctl': script });
  const [, block = ''] = /<!-- review -->\n```sh\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
  const [first = '', ...rest] = block.trim().split('\n');
  expect(rest).toHaveLength(5);
  const env = { ...environment(introw.url), PATH: `${path}/bin:${process.env.PATH}` };
  const run = (commands: string) =>
    promisify(execFile)('bash', ['-ec', `chmod +x bin/introwctl\n${commands}`], { cwd: path, env });
  await run(first);
  const sheet = readFileSync(join(path, 'review.csv'), 'utf8');
  const changed = sheet.replace('Initech,initech.example,gold', 'Initech,initech.example,silver');
  expect(changed).not.toBe(sheet);
  write(path, { 'review.csv': changed });
  await run(rest.join('\n'));
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(read('examples/partners.yaml'));
  expect(readFileSync(join(path, 'review.html'), 'utf8')).toContain('<!doctype html>');
  const initech = introw.partners().find(({ name }) => name === 'Initech');
  expect(initech).toMatchObject({ tierId: 'tier_123' });
});
