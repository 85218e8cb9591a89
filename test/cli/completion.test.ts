import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { completeWord } from '../../src/cli/complete.ts';
import { environment, folder, introwctl, tool } from './command.ts';

const files = {
  'partners.yaml':
    'version: 1\ncatalog: { tiers: { gold: t2, gray: t1 }, owners: { "Jo Ann": u1 } }\npartners: { acme: { name: Acme }, acorn: { name: Acorn }, globex: { nome: 1 } }\n',
  'tiers.yaml': 'version: 1\ncatalog: { tiers: { gold: t2, silver: t1 } }\n',
  'more/other.yaml': 'version: 1\npartners: { other: { name: Other } }\n',
};

const cases: readonly { words: string[]; offers: string[] }[] = [
  { words: ['plan', '--target', 'ac'], offers: ['acme', 'acorn'] },
  { words: ['plan', '--exclude', 'acme,g'], offers: ['acme,globex'] },
  { words: ['apply', '--publish', ''], offers: ['acme', 'acorn', 'globex'] },
  { words: ['accept', 'gl'], offers: ['globex'] },
  { words: ['accept', 'acme', ''], offers: ['acme', 'acorn', 'globex'] },
  { words: ['accept', '-f', 'more', ''], offers: ['other'] },
  { words: ['plan', '--target', 'acme,'], offers: ['acme,acorn', 'acme,globex'] },
  { words: ['plan', '--target=ac'], offers: ['--target=acme', '--target=acorn'] },
  { words: ['plan', '--target=acme,a'], offers: ['--target=acme,acorn'] },
  { words: ['plan', '--target', '=', 'ac'], offers: ['acme', 'acorn'] },
  { words: ['plan', '--file=more', '--target', ''], offers: ['other'] },
  { words: ['plan', '--file', '=', 'more', '--target', ''], offers: ['other'] },
  { words: ['plan', '-f=more', '--target='], offers: ['--target=other'] },
  { words: ['plan', '-f', 'nothing.yaml', '--target', ''], offers: [] },
  { words: ['set', 'tier=gold', 'ac'], offers: ['access=', 'acme', 'acorn'] },
  { words: ['set', 'acme', 'tier=', '-f', 'tiers.yaml', 'tier=g'], offers: ['tier=gold'] },
  { words: ['set', '-f', 'tiers.yaml', 'tier', '='], offers: ['gold', 'silver'] },
  { words: ['set', 'name='], offers: [] },
  { words: ['rename', '-f', 'tiers.yaml', ''], offers: ['tiers.gold', 'tiers.silver'] },
  { words: ['set', 'ti'], offers: ['tier='] },
  { words: ['set', 'a'], offers: ['access=', 'acme', 'acorn'] },
  { words: ['set', 'tier=g'], offers: ['tier=gold', 'tier=gray'] },
  { words: ['set', 'tier', '=', 'go'], offers: ['gold'] },
  { words: ['set', 'tier', '='], offers: ['gold', 'gray'] },
  { words: ['set', 'access=RESTRICTED_U'], offers: ['access=RESTRICTED_USERS'] },
  { words: ['set', 'tier=gold', 'acme,ac'], offers: ['acme,acorn'] },
  { words: ['set', 'tier=gold', '--where', 'handle=gl'], offers: ['handle=globex'] },
  { words: ['set', 'owner=J'], offers: ['owner=Jo Ann'] },
  { words: ['set', 'colour=r'], offers: [] },
  { words: ['export', '--where', 'tier!=go'], offers: ['tier!=gold'] },
  { words: ['export', '--where', '=', 'tier', '=', 'go'], offers: ['gold'] },
  { words: ['export', '--where=tier=go'], offers: ['--where=tier=gold'] },
  { words: ['export', '--where', 'tier~g'], offers: [] },
  { words: ['rename', 'ac'], offers: ['acme', 'acorn'] },
  { words: ['rename', 'tiers.go'], offers: ['tiers.gold'] },
  { words: ['rename', '--check', 'tiers.gold', ''], offers: [] },
  { words: ['pin', 'acm'], offers: ['acme='] },
];

test.each(cases)('introwctl $words offers $offers', async ({ words, offers }) => {
  const path = folder(files);
  const line = ['introwctl', ...words].map((word) =>
    word.replace(/^(-.*=)?(more|tiers\.yaml)$/, (_, option = '', file) => `${option}${join(path, file)}`),
  );
  expect(await completeWord(line, { INTROW_FILES: join(path, 'partners.yaml') })).toEqual(offers);
});

test('a colon is not the beginning of a description', async () => {
  const path = folder({ 'partners.yaml': 'version: 1\npartners: { "a:b": { name: A } }\n' });
  const env = { INTROW_FILES: join(path, 'partners.yaml') };
  const words = ['introwctl', 'accept', ''];
  expect(await completeWord(words, { ...env, SHELL: 'zsh' })).toEqual(['a\\:b']);
  expect(await completeWord(words, { ...env, SHELL: 'bash' })).toEqual(['a:b']);
});

test('yargs completes what is no handle, field or name', async () => {
  for (const words of [['dr'], ['plan', '--ba'], ['accept', '--field', ''], ['plan', '']])
    expect(await completeWord(['introwctl', ...words], {})).toBe(null);
});

test('commands and options are offered too', async () => {
  const offered = async (...words: string[]) =>
    (await introwctl(folder(files), ['--get-yargs-completions', 'introwctl', ...words], environment(null)))
      .out;
  expect(await offered('dr')).toMatch(/^drift(:|$)/m);
  expect(await offered('accept', '--fi')).toContain('--field');
  // yargs stumbles over this; in the middle of a word, nobody wants to read why.
  expect(await offered('accept', '--__proto__', '')).toBe('\n');
});

test.each([
  ['introwctl accept ac', 'accept ac', 'acme acorn'],
  // To bash, = is a word of its own.
  ['introwctl plan --target=ac', 'plan --target = ac', 'acme acorn'],
  ['introwctl set ti', 'set ti', 'tier='],
  ['introwctl set tier=', 'set tier =', 'gold gray'],
  ['introwctl set owner=J', 'set owner = J', 'Jo\\ Ann'],
])('the script works in bash: %s', (line, words, offers) => {
  const path = folder(files);
  const script = `
    introwctl() { ${JSON.stringify(process.execPath)} ${JSON.stringify(tool)} "$@"; }
    source <(introwctl completion bash)
    COMP_WORDS=(introwctl ${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}
    _introwctl_yargs_completions; echo "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', script], {
    cwd: path,
    encoding: 'utf8',
    env: { ...environment(null), SHELL: '/bin/bash', PATH: `${join(tool, '..')}:${process.env.PATH}` },
  });
  expect(out.trim()).toBe(offers);
});

test.each([
  ['node_modules/.bin/introwctl accept ac', 'node_modules/.bin/introwctl accept ac', 'acme acorn'],
  ['npx introwctl accept ac', 'npx introwctl accept ac', 'acme acorn'],
  ['npx other ac', 'npx other ac', ''],
])('the script for bash asks the program that was typed: %s', (line, words, offers) => {
  const path = folder(files);
  const bin = join(path, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  const run = `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(tool)} "$@"\n`;
  writeFileSync(join(bin, 'introwctl'), run, { mode: 0o755 });
  const script = `
    npx() { shift; node_modules/.bin/introwctl "$@"; }
    source <(node_modules/.bin/introwctl completion bash)
    complete -p introwctl >/dev/null && complete -p npx >/dev/null || echo 'not registered'
    COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}
    _introwctl_yargs_completions; echo "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', script], { cwd: path, encoding: 'utf8', env: environment(null) });
  expect(out.trim()).toBe(offers);
});

test.each(['bash', 'zsh', 'fish'])('completion %s is for that shell, whatever $SHELL says', async (shell) => {
  const env = { ...environment(null), SHELL: '/bin/zsh' };
  const { exit, out } = await introwctl(folder({}), ['completion', shell], env);
  expect([exit, out.split('\n').find((line) => line.includes('completion for'))]).toEqual([
    0,
    expect.stringContaining(`# introwctl completion for ${shell}:`),
  ]);
});

test('another shell is refused, and zsh gets descriptions', async () => {
  const refused = await introwctl(folder({}), ['completion', 'tcsh'], environment(null));
  expect([refused.exit, refused.err]).toEqual([1, expect.stringContaining('Name one of bash, zsh, fish.')]);
  const asked = ['--get-yargs-completions', 'introwctl', 'dr'];
  const zsh = await introwctl(folder({}), asked, { ...environment(null), SHELL: 'zsh' });
  expect(zsh.out).toMatch(/^drift:Show what/m);
});
