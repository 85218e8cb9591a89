/** What asks on a terminal, asked on one: script (of util-linux) gives the command a pseudo-terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, sandbox, tool } from './command.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;

/** Runs the command on a terminal; `answer` is typed when the question is shown. */
function onTerminal(
  cwd: string,
  args: string,
  env: Record<string, string>,
  answer: string,
  question = "Type 'yes' to confirm",
) {
  const child = spawn('script', ['-qec', `"${process.execPath}" "${tool}" ${args}`, '/dev/null'], {
    cwd,
    env,
  });
  return new Promise<{ exit: number | null; shown: string }>((resolve) => {
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const asked = shown.includes(question);
      shown += chunk.toString();
      if (!asked && shown.includes(question)) child.stdin.write(answer);
    });
    child.on('close', (exit) => resolve({ exit, shown }));
  });
}

const file = 'version: 1\npartners:\n  acme: { name: Acme, tierId: t2 }\n';
const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };

const answers: readonly { name: string; answer: string; exit: number; says: string; done: boolean }[] = [
  { name: 'yes', answer: 'yes\r', exit: 0, says: '', done: true },
  { name: 'y', answer: 'y\r', exit: 1, says: 'DECLINED', done: false },
  {
    name: 'Ctrl-C',
    answer: '\x03',
    exit: 130,
    says: 'interrupted at the question: nothing was sent or written.',
    done: false,
  },
  { name: 'Ctrl-D', answer: '\x04', exit: 1, says: 'DECLINED', done: false },
];

test.skipIf(!hasScript).each(answers)(
  '$name to the question of apply',
  async ({ answer, exit, says, done }) => {
    const introw = await sandbox({ seed });
    const ran = await onTerminal(folder({ 'partners.yaml': file }), 'apply', environment(introw.url), answer);
    expect(ran.shown).toContain(says);
    expect({ exit: ran.exit, tier: introw.partners()[0]?.tierId }).toEqual({
      exit,
      tier: done ? 't2' : 't1',
    });
  },
);

test.skipIf(!hasScript).each(answers)(
  '$name to the question of accept',
  async ({ answer, exit, says, done }) => {
    const introw = await sandbox({ seed });
    const path = folder({ 'partners.yaml': file });
    const ran = await onTerminal(path, 'accept', environment(introw.url), answer);
    expect(ran.shown).toContain(says);
    const now = readFileSync(join(path, 'partners.yaml'), 'utf8');
    expect({ exit: ran.exit, now }).toEqual({ exit, now: done ? file.replace('t2', 't1') : file });
  },
);

test.skipIf(!hasScript)(
  'the sandbox shows what to type to use it, even where its key is set already',
  async () => {
    const env = environment(null, { INTROW_API_KEY: 'sandbox-key' });
    const { shown } = await onTerminal(folder({}), 'sandbox', env, '\x03', 'Ctrl-C ends it.');
    expect(shown).toMatch(/^export INTROW_API_URL=http:\/\/127\.0\.0\.1:\d+ INTROW_API_KEY=sandbox-key\r$/m);
  },
);
