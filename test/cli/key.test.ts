/** The key is in no output, however it got where it doesn't belong. */
import { expect, test } from 'vitest';
import { failureOf } from '../../src/introw/errors.ts';
import { environment, folder, introwctl, sandbox } from './command.ts';

const key = 'intro_live_Zk39xQ7vT2+/"\\w$.*(b';
const one = 'version: 1\npartners:\n  acme: { name: Acme, id: ptn_1 }\n';
const scopes = ['partners:read', 'partners:write'] as const;

type Case = {
  readonly name: string;
  readonly args: readonly string[];
  readonly file?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly says: string;
  /** Whether to look at the JSON too. */
  readonly asJson?: boolean;
};

const cases: readonly Case[] = [
  {
    name: 'typed for the file that holds it',
    args: ['plan', '--api-key-file', key],
    says: "that doesn't exist",
  },
  {
    name: 'of another run, typed for the file that holds it',
    args: ['plan', '--api-key-file', 'sk-of-something-else'],
    says: "--api-key-file names a file that doesn't exist",
  },
  { name: 'typed as an argument', args: ['plan', key], says: 'means nothing here' },
  { name: 'typed as a handle', args: ['plan', '--target', `acme,${key}`], says: "which isn't in any file" },
  { name: 'typed as a command', args: [key], says: 'There is no command' },
  { name: 'typed as an option', args: ['plan', `--key=${key}`], says: 'takes no --key' },
  { name: 'typed as a file', args: ['plan', '-f', key], says: 'There is no file [key]', asJson: true },
  {
    name: 'typed as a git ref',
    args: ['plan', '--base', key],
    says: 'not in a git repository',
  },
  {
    name: 'in the address',
    args: ['plan', '--api-url', `https://user:${encodeURIComponent(key)}@h`],
    says: 'must not hold a user',
  },
  {
    name: 'in the query of the address',
    args: ['plan', '--api-url', `https://h.example/?key=${encodeURIComponent(key)}`],
    says: 'The address of Introw (h.example) must not hold a ? or a #.',
  },
  {
    name: 'behind the # of the address',
    args: ['plan', '--api-url', `https://h.example/#${encodeURIComponent(key)}`],
    says: 'The address of Introw (h.example) must not hold a ? or a #.',
  },
  { name: 'in what is no address', args: ['plan', '--api-url', `//u:${key}@h`], says: '//…@h' },
  {
    name: 'in the host of the address',
    args: ['plan', '--api-url', `http://${key.slice(0, 20)}.example`],
    says: '',
  },
  { name: 'in a file that is not valid', args: ['validate'], file: `version: 1\n${key}: 1\n`, says: '[key]' },
  {
    name: 'with a line break at its end, in the environment',
    args: ['validate'],
    env: { INTROW_API_KEY: `${key}\n` },
    file: `version: 1\nx: '${key.replaceAll("'", "''")}'\n`,
    says: '[key]',
  },
];

test.each(cases)('a key $name', async ({ args, file = one, env = {}, says, asJson = false }) => {
  const introw = await sandbox({ keys: [{ key, scopes: [...scopes] }] });
  const path = folder({ 'partners.yaml': file });
  for (const more of asJson ? [[], ['--format', 'json']] : [[]]) {
    const run = await introwctl(
      path,
      [...args, ...more],
      environment(introw.url, { INTROW_API_KEY: key, ...env }),
    );
    expect(run.exit).toBe(1);
    const text = run.out + run.err;
    expect(text).toContain(says);
    for (const part of ['Zk39xQ7vT2', 'sk-of-something', 'user:'] as const) expect(text).not.toContain(part);
    expect(text).not.toContain('    at ');
  }
});

test('a key that the server repeats, in what is cut, is masked before it is cut', () => {
  for (let filler = 270; filler < 300; filler++) {
    const body = JSON.stringify({ error: { code: 'X', message: `${'x'.repeat(filler)} ${key}` } });
    const { message } = failureOf({ status: 422, headers: {}, body, flaw: null }, 'GET /x', key);
    expect(message).not.toContain('intro_l');
  }
});
