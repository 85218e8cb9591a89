/** Results that can't be written: said, exit 1, and whatever else was to be written is written. */
import { execFile } from 'node:child_process';
import { existsSync, linkSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, tool } from './command.ts';

const file = 'version: 1\npartners:\n  acme: { name: Acme }\n';
const lost = 'OUTPUT_NOT_WRITABLE\n  The result could not be written to stdout: the disk is full.\n';

/** Runs a shell line in which $introwctl is the command; asynchronously, since the sandbox is in this process. */
function shell(cwd: string, line: string, env: Record<string, string>) {
  return new Promise<{ exit: unknown; out: string; err: string }>((resolve) => {
    const script = `introwctl() { "${process.execPath}" "${tool}" "$@"; }; set -o pipefail; ${line}`;
    execFile('bash', ['-c', script], { cwd, env }, (error, out, err) =>
      resolve({ exit: error === null ? 0 : error.code, out, err }),
    );
  });
}

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  test.each(['--help', 'schema', 'validate', 'validate --format json', 'completion'])(
    'introwctl %s > /dev/full is an error',
    async (args) => {
      const run = await shell(
        folder({ 'partners.yaml': file }),
        `introwctl ${args} > /dev/full`,
        environment(null),
      );
      expect(run.exit).toBe(1);
      expect(run.err).toContain(lost);
    },
  );

  test('introwctl --version > /dev/full exits 1', async () => {
    expect(await shell(folder({}), 'introwctl --version > /dev/full', environment(null))).toMatchObject({
      exit: 1,
      err: '',
    });
  });

  test('an apply whose outcome cannot be printed still writes the pins and --out', async () => {
    const introw = await sandbox();
    const path = folder({ 'partners.yaml': file });
    const line = 'introwctl apply --auto-approve --pin --format json --out outcome.json > /dev/full';
    const run = await shell(path, line, environment(introw.url));
    expect(run.exit).toBe(1);
    expect(run.err).toContain(lost);
    const [result] = JSON.parse(readFileSync(join(path, 'outcome.json'), 'utf8')).results;
    expect(result).toMatchObject({ address: 'acme', status: 'applied' });
    expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toContain(result.partnerId);
  });

  test('--out that cannot be written loses neither the outcome nor the pins, and stdout holds one document', async () => {
    const introw = await sandbox();
    const path = folder({ 'partners.yaml': file });
    const line = 'introwctl apply --auto-approve --pin --format json --out /dev/full';
    const run = await shell(path, line, environment(introw.url));
    expect(run.exit).toBe(1);
    expect(JSON.parse(run.out).summary).toMatchObject({ applied: 1 });
    expect(run.err).toContain('FILE_NOT_WRITABLE\n  /dev/full could not be written');
    expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toContain('id:');
  });
});

test('a reader that leaves early is no error', async () => {
  const introw = await sandbox();
  const path = folder({ 'partners.yaml': file });
  const run = await shell(
    path,
    'introwctl plan --format json --out plan.json | true',
    environment(introw.url),
  );
  expect(run).toMatchObject({ exit: 0, out: '' });
  expect(JSON.parse(readFileSync(join(path, 'plan.json'), 'utf8')).kind).toBe('plan');
});

test('a pipe that is full, and shared with a program that does not wait for it, still gets the complete result', async () => {
  const fill = `node -e "process.stdout.write('x'.repeat(65000)); setTimeout(() => {}, 600)"`;
  const line = `{ ${fill} & sleep 0.3; introwctl --help; wait; } | { sleep 0.6; cat; }`;
  const run = await shell(folder({}), line, environment(null));
  const { out } = await shell(folder({}), 'introwctl --help', environment(null));
  expect(run.out.slice(65_000)).toBe(out);
});

test('--out is written complete or not at all', async () => {
  const introw = await sandbox();
  const path = folder({ 'partners.yaml': file, 'plan.json': 'earlier' });
  const limited = "trap '' XFSZ; ulimit -f 1; introwctl plan --out plan.json";
  const run = await shell(path, limited, environment(introw.url));
  expect(run).toMatchObject({ exit: 1 });
  expect(run.out).toContain('Plan: 1 to create');
  expect(run.err).toContain('FILE_NOT_WRITABLE\n  plan.json could not be written');
  expect(readFileSync(join(path, 'plan.json'), 'utf8')).toBe('earlier');
  expect(readdirSync(path)).toEqual(['partners.yaml', 'plan.json']);
});

const inputs: readonly { name: string; args: string[]; says: string }[] = [
  { name: 'the file', args: ['plan', '--out', 'partners.yaml'], says: '--out names partners.yaml, which' },
  { name: 'another name of it', args: ['plan', '--out', 'link.yaml'], says: 'reads as partners.yaml.' },
  {
    name: 'a file of the folder',
    args: ['plan', '-f', '.', '--out', './partners.yaml'],
    says: 'which this command reads as link.yaml.',
  },
  { name: 'what is known', args: ['drift', '--known', 'k.json', '--out', 'k.json'], says: 'names k.json' },
  {
    name: 'the saved plan',
    args: ['apply', 'k.json', '--auto-approve', '--out', './k.json'],
    says: 'as k.json',
  },
  { name: 'the key', args: ['plan', '--api-key-file', 'k.json', '--out', 'k.json'], says: 'names k.json' },
];

test.each(inputs)('--out that names $name is refused, nothing sent', async ({ args, says }) => {
  const introw = await sandbox();
  const path = folder({ 'partners.yaml': file, 'k.json': '{}' });
  linkSync(join(path, 'partners.yaml'), join(path, 'link.yaml'));
  const { exit, err } = await introwctl(path, args, environment(introw.url));
  expect(exit).toBe(1);
  expect(err).toContain(says);
  expect(introw.log).toEqual([]);
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(file);
});
