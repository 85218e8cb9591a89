import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, tool } from './command.ts';

const files = {
  'partners.yaml':
    'version: 1\npartners: { acme: { name: Acme }, acorn: { name: Acorn }, globex: { nome: 1 } }\n',
  'more/other.yaml': 'version: 1\npartners: { other: { name: Other } }\n',
};

const cases: readonly { words: string[]; offers: string[] }[] = [
  { words: ['plan', '--target', 'ac'], offers: ['acme', 'acorn'] },
  { words: ['plan', '--exclude', 'acme,g'], offers: ['acme,globex'] },
  { words: ['apply', '--publish', ''], offers: ['acme', 'acorn', 'globex'] },
  { words: ['accept', 'gl'], offers: ['globex'] },
  { words: ['accept', 'acme', ''], offers: ['acme', 'acorn', 'globex'] },
  { words: ['accept', '-f', 'more', ''], offers: ['other'] },
  { words: ['plan', '-f', 'nothing.yaml', '--target', ''], offers: [] },
];

test.each(cases)('introwctl $words offers handles', async ({ words, offers }) => {
  const { out } = await introwctl(
    folder(files),
    ['--get-yargs-completions', 'introwctl', ...words],
    environment(null),
  );
  expect(out.split('\n').filter((line) => line !== '')).toEqual(offers);
});

test('commands and options are offered too', async () => {
  const offered = async (...words: string[]) =>
    (await introwctl(folder(files), ['--get-yargs-completions', 'introwctl', ...words], environment(null)))
      .out;
  expect(await offered('dr')).toMatch(/^drift(:|$)/m);
  expect(await offered('accept', '--fi')).toContain('--field');
});

test('the script works in bash', () => {
  const path = folder(files);
  const script = `
    introwctl() { ${JSON.stringify(process.execPath)} ${JSON.stringify(tool)} "$@"; }
    source <(introwctl completion)
    COMP_WORDS=(introwctl accept ac); COMP_CWORD=2; COMP_LINE='introwctl accept ac'; COMP_POINT=\${#COMP_LINE}
    _introwctl_yargs_completions; echo "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', script], {
    cwd: path,
    encoding: 'utf8',
    env: { ...environment(null), SHELL: '/bin/bash', PATH: `${join(tool, '..')}:${process.env.PATH}` },
  });
  expect(out.trim()).toBe('acme acorn');
});
