/**
 * Hostile names in every place that a name can come from, at every command's every format: nothing that leaves moves a
 * cursor, hides or turns text, commands a CI system, or shows the key.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Run } from './command.ts';
import { type GivenArgs, runCommand } from './in-process.ts';
import { commit, repository } from './repository.ts';

const key = 'intro+live/"Zk3\\q.9$x';

/** What a terminal or a CI system would act on, and what would show the key. */
const hostile = [
  '\u001b[31mred\u001b[8mhidden',
  '\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  'over\rwritten',
  'next\nline',
  '\n::add-mask::true%0A::stop-commands::x',
  '::add-mask::true%0D%0A::error::x',
  'x ##[error]y ##vso[task.complete] ##teamcity[buildStop]',
  'section_start:1:a\u000dsection_end:1:a',
  'c1\u009b31m\u0085\u0090',
  'bidi\u202egnp.exe\u2066\u061c\u200f',
  'unseen\u200b\u00ad\u{e0041}\u2800\u3164\ufe0f',
  'lines\u2028of\u2029text',
  '</details> `````` @everyone <!-- --> [a](javascript:b)',
  key,
  `in the middle of ${key} and more`,
  encodeURIComponent(key),
  Buffer.from(`user:${key}`).toString('base64'),
];

const acted = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\u2800]/u;
const commands = /^\s*::(?!error file=|error title=)|##\[|##vso\[|##teamcity\[|section_(start|end):/m;

function spellingsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    Buffer.from(secret).toString('base64').slice(0, 20),
    Buffer.from(`user:${secret}`).toString('base64').slice(8, 28),
    // As Markdown spells it.
    [...secret].map((each) => (/[\p{L}\p{N} .,]/u.test(each) ? each : `&#${each.codePointAt(0)};`)).join(''),
    'Zk3\\q.9$x',
  ];
}

function expectHarmless({ out, err }: Pick<Run, 'out' | 'err'>): void {
  const text = `${out}\n${err}`;
  expect(text.replaceAll('\n', '')).not.toMatch(acted);
  expect(text).not.toMatch(commands);
  for (const spelled of spellingsOf(key)) expect(text).not.toContain(spelled);
}

const keyless = hostile.filter((name) => !spellingsOf(key).some((spelled) => name.includes(spelled)));
const printable = (all: readonly string[]) => all.filter((name) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u.test(name));

/** What is in the files and what is in Introw; as one text, names are also cut and wrapped. */
const worlds: readonly { name: string; file: string; live: string }[] = [
  { name: 'files that are not valid', file: hostile.join(' '), live: hostile.join(' ') },
  { name: 'valid files, no key in sight', file: printable(keyless).join(' '), live: keyless.join(' ') },
  { name: 'the key everywhere', file: printable(hostile).join(' '), live: hostile.toReversed().join(' ') },
];

function filesOf(name: string): string {
  const quoted = (text: string) => JSON.stringify(text.slice(0, 190));
  return [
    'version: 1',
    `organisation: { name: ${quoted(name)} }`,
    `catalog: { tiers: { ${quoted(name)}: tier_1, other: tier_2 } }`,
    'partners:',
    `  create: { name: ${quoted(`new ${name}`)}, domain: a.example, tier: ${quoted(name)} }`,
    `  update: { id: ptn_1, name: ${quoted(`old ${name}`)}, tier: ${quoted(name)} }`,
    `  drifted: { id: ptn_2, name: Drifted, ownerId: ${quoted(name)} }`,
    '  unpinned: { name: Unpinned, tier: other }',
    '',
  ].join('\n');
}

function liveOf(name: string) {
  const partner = (id: string, more: object) => ({ id, domain: `${id}.example`, ...more });
  return [
    partner('ptn_1', { name: 'Old', tierId: name }),
    partner('ptn_2', { name: `Moved ${name}`, owner: { id: `x${name}` } }),
    partner('ptn_3', { name: 'Unpinned', tierId: `y${name}` }),
    partner('ptn_4', { name }),
    partner(`ptn ${name}`, { name: `Unmanaged ${name}`, domain: name }),
  ];
}

const runs: readonly (readonly [command: string, args: GivenArgs])[] = [
  ['validate', {}],
  ['plan', {}],
  ['plan', { verbose: true, out: 'out.json', summary: true }],
  ['plan', { base: 'HEAD~1' }],
  ['drift', {}],
  ['drift', { base: 'HEAD', known: 'missing.json' }],
  ['drift', { base: 'HEAD' }],
  ['import', { 'dry-run': true, into: 'new.yaml' }],
  ['accept', { check: true }],
  ['pin', { check: true }],
  ['fmt', { check: true }],
  ['doctor', {}],
  ['apply', { 'auto-approve': true, out: 'outcome.json', summary: true, 'max-changes': '100%' }],
];
const formats = ['text', 'json', 'markdown', 'slack', 'teams', 'html'] as const;

describe.each(worlds)('$name', ({ file, live }) => {
  test.each(runs)('no harm is done by %s %o', async (command, given) => {
    const introw = await startSandbox({
      seed: { partners: liveOf(live) },
      keys: [{ key, scopes: ['partners:read', 'partners:write'] }],
    });
    const path = repository({ 'partners.yaml': 'version: 1\npartners: {}\n' });
    commit(path, file.replaceAll('\0', ''), { 'partners.yaml': filesOf(file) });
    const env = {
      INTROW_API_KEY: key,
      INTROW_API_URL: introw.url,
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(path, 'summary.md'),
    };
    const home = process.cwd();
    try {
      process.chdir(path);
      for (const format of formats) {
        const run = await runCommand(command, { ...given, format }, env);
        expectHarmless(run);
        expect(run.out + run.err).not.toContain('INTERNAL');
        if (format === 'json') JSON.parse(run.out);
      }
      for (const name of ['out.json', 'outcome.json', 'summary.md'])
        if (existsSync(name)) expectHarmless({ out: readFileSync(name, 'utf8'), err: '' });
    } finally {
      process.chdir(home);
      await introw.close();
    }
  });
});
