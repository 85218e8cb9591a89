import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FormatName } from '../../src/render/formats.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { environment, folder, sandbox, write } from './command.ts';
import { runCommand } from './in-process.ts';

const partners =
  'version: 1\npartners:\n  acme: { name: Acme }\n  beta: { name: Beta }\n  gamma: { name: Gamma }\n';

/** An apply of three creates: one applied, one refused, and one never sent, as its outcome was printed and saved. */
async function applied(format: FormatName) {
  const introw = await sandbox({
    faults: [parseFault('status=422@create:2'), parseFault('revoke@create:3')],
  });
  const cwd = folder({ 'partners.yaml': partners });
  const out = join(cwd, 'outcome.json');
  const file = [join(cwd, 'partners.yaml')];
  const run = await runCommand('apply', { file, 'auto-approve': true, format, out }, environment(introw.url));
  expect(run.exit).toBe(1);
  return { cwd, out, printed: run.out };
}

test.each<FormatName>(['text', 'json', 'markdown', 'html', 'slack', 'teams'])(
  'show prints a saved outcome as apply printed it: %s',
  async (format) => {
    const { out, printed } = await applied(format);
    const shown = await runCommand('show', { positionals: [out], format }, environment(null));
    expect(shown).toMatchObject({ exit: 0, out: printed });
    expect(printed).toMatch(/gamma/i);
  },
);

const spoiled: readonly [string, (text: string) => string | Uint8Array, string][] = [
  ['cut off', (text) => text.slice(0, 300), 'is not complete JSON; was it cut off?'],
  ['empty', () => '\n', 'is empty.'],
  ['a file of partners', () => partners, 'is not JSON.'],
  ['saved by an old PowerShell', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), 'is UTF-16 text'],
  ['of a newer format', (text) => text.replace('"1.0"', '"2.0"'), 'has format 2.0; this version reads 1.0.'],
  [
    'without a format',
    (text) => text.replace('"formatVersion"', '"version"'),
    'is another document, not a plan, drift or outcome of introwctl.',
  ],
  [
    'a history',
    () => '{ "formatVersion": "1.0", "kind": "history" }',
    'is a document of history, not a plan, drift or outcome of introwctl.',
  ],
  [
    'what a command printed that failed',
    () =>
      '{ "error": { "code": "UNAUTHORIZED", "message": "The key is revoked.", "hint": "", "problems": [] } }',
    'holds the error of a run that failed: The key is revoked.',
  ],
  [
    'a failure without a reason',
    (text) => text.replace(/"error": \{[^}]*\}/, '"error": null'),
    "doesn't fit the schema of outcomes: /results/1/error must be object.",
  ],
  [
    'a status that no result has',
    (text) => text.replace('"status": "failed"', '"status": "tried"'),
    "doesn't fit the schema of outcomes: /results/1/status must be equal to constant.",
  ],
  [
    'a number where a handle belongs',
    (text) => text.replace('"address": "gamma"', '"address": 7'),
    "doesn't fit the schema of outcomes: /results/2/address must be string.",
  ],
];

test("a file that isn't an outcome that can be trusted is a problem", async () => {
  const { cwd, out, printed } = await applied('json');
  for (const [name, spoil, says] of spoiled) {
    writeFileSync(join(cwd, 'outcome.json'), spoil(printed));
    const { exit, err } = await runCommand('show', { positionals: [out] }, environment(null));
    const shown = err.replaceAll(/\s+/g, ' ');
    expect([name, exit, shown]).toEqual([name, 1, expect.stringContaining(says)]);
  }
});

test('a byte order mark at the beginning is no part of the document', async () => {
  const { cwd, out, printed } = await applied('json');
  write(cwd, { 'outcome.json': `\uFEFF${printed}` });
  const { exit } = await runCommand('show', { positionals: [out] }, environment(null));
  expect(exit).toBe(0);
});

test('show --summary writes the outcome to the job summary', async () => {
  const { cwd, out } = await applied('json');
  const summary = join(cwd, 'summary.md');
  const env = { ...environment(null), GITHUB_STEP_SUMMARY: summary };
  const { exit } = await runCommand('show', { positionals: [out], summary: true }, env);
  expect(exit).toBe(0);
  expect(readFileSync(summary, 'utf8')).toContain('### Applied 1, failed ');
});
