import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, tool } from './command.ts';
import { runCommand } from './in-process.ts';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server with an organisation for each key; what a key answers, by path, null where there is nothing. */
async function organisations(byKey: Readonly<Record<string, (path: string) => unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const answer = byKey[String(request.headers['x-api-key'])]?.(request.url ?? '') ?? null;
    response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(answer ?? { error: { code: 'PARTNER_NOT_FOUND', message: 'No such partner.' } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fingerprint(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}

const both = ['partners:read', 'partners:write'] as const;
const keys = [
  { key: 'oldkey-secret', scopes: both },
  { key: 'newkey-secret', scopes: both },
  { key: 'reader-secret', scopes: ['partners:read'] as const },
  { key: 'reader2-secret', scopes: ['partners:read'] as const },
  { key: 'writer-secret', scopes: ['partners:write'] as const },
];
const files = {
  'partners.yaml': 'version: 1\norganisation: { contains: ptn_1 }\npartners: {}\n',
  'new.key': 'newkey-secret\n',
};
const seed = { partners: [{ id: 'ptn_1', name: 'Acme', owner: { id: 'user_1' } }] };

test('a key with all it needs, and one to replace it', async () => {
  const introw = await sandbox({ seed, keys, credits: 100 });
  const { exit, out, err } = await introwctl(
    folder(files),
    ['doctor', '--probe-write', '--next-key-file', 'new.key'],
    environment(introw.url, { INTROW_API_KEY: 'oldkey-secret' }),
  );
  expect(out).toBe(`  key           ${fingerprint('oldkey-secret')}
✔ partners:read
✔ partners:write
✔ organisation  contains ptn_1
  partners      1
  paging        cursor, 1 on the first page
  list says     nextCursor
  owner         in owner.id
  experience    not shown for any partner
  credits       98 of 100 left this month
  a plan        1 request
  daily drift   31 requests a month, of 100
  hourly drift  744 requests a month, more than the 100 of a month
  next key      ${fingerprint('newkey-secret')}
✔ partners:read
✔ partners:write
✔ same organisation
  The current key can be revoked once the next one is deployed.
  doctor itself 4 requests
`);
  expect(exit).toBe(0);
  expect(out + err).not.toMatch(/secret|oldk|newk/);
  expect(introw.partners()[0]?.name).toBe('Acme');
});

describe('a key may be revoked only when the next one takes its place', () => {
  const rotations: readonly {
    name: string;
    current?: string;
    next: string;
    probe?: boolean;
    exit: number;
    because: string | null;
    sent: number;
  }[] = [
    { name: 'the next can do all that it can', next: 'newkey-secret', exit: 0, because: null, sent: 4 },
    {
      name: 'both only read',
      current: 'reader-secret',
      next: 'reader2-secret',
      exit: 0,
      because: null,
      sent: 4,
    },
    {
      name: 'the next can do more',
      current: 'reader-secret',
      next: 'newkey-secret',
      exit: 0,
      because: null,
      sent: 4,
    },
    {
      name: 'the next may not write',
      next: 'reader-secret',
      exit: 1,
      because: 'the next key may not write partners',
      sent: 4,
    },
    {
      name: 'it was not probed',
      next: 'newkey-secret',
      probe: false,
      exit: 1,
      because: "it isn't known which of the keys may write: pass --probe-write",
      sent: 2,
    },
    {
      name: 'they are the same',
      next: 'oldkey-secret',
      exit: 1,
      because: 'the next key is the current key',
      sent: 2,
    },
    {
      name: 'the next may not read',
      next: 'writer-secret',
      exit: 1,
      because: 'the next key may not read partners',
      sent: 4,
    },
    {
      name: 'the next is refused',
      next: 'wrong-secret',
      exit: 1,
      because: "the next key couldn't be checked",
      sent: 3,
    },
  ];
  test.each(rotations)(
    '$name',
    async ({ current = 'oldkey-secret', next, probe = true, exit, because, sent }) => {
      const introw = await sandbox({ seed, keys });
      const cwd = folder({ ...files, 'next.key': `${next}\n` });
      const json = await runCommand(
        'doctor',
        {
          file: [join(cwd, 'partners.yaml')],
          'next-key-file': join(cwd, 'next.key'),
          'probe-write': probe,
          format: 'json',
        },
        environment(introw.url, { INTROW_API_KEY: current }),
      );
      expect({ exit: json.exit, requests: introw.log.length }).toEqual({ exit, requests: sent });
      expect(JSON.parse(json.out).nextKey).toMatchObject({
        fingerprint: fingerprint(next),
        mayReplace: because === null,
        because,
      });
      expect(json.out + json.err).not.toContain('secret');
    },
  );

  test('in text the report on the current key comes first, then what is wrong with the next one', async () => {
    const introw = await sandbox({ seed, keys });
    const cwd = folder({ ...files, 'next.key': 'wrong-secret' });
    const args = ['doctor', '--next-key-file', 'next.key', '--probe-write'];
    const { out } = await introwctl(cwd, args, environment(introw.url, { INTROW_API_KEY: 'oldkey-secret' }));
    expect(out).toMatch(
      /^ {2}key .* partners:write\n.*\n {2}next key .*✖ UNAUTHORIZED: Introw refused the key.* {2}Do not revoke the current key: the next key couldn't be checked\.\n/s,
    );
  });

  test.each([
    ['which holds none', { 'next.key': '' }, 'KEY_MISSING'],
    ['which is not there', {}, "--next-key-file names a file that doesn't exist"],
    ['with a line break in it', { 'next.key': 'a\nb' }, 'KEY_MALFORMED'],
  ])('a file for the next key %s costs nothing', async (_, more, says) => {
    const introw = await sandbox({ seed, keys });
    const cwd = folder({ 'partners.yaml': files['partners.yaml'], ...more });
    const { exit, err } = await introwctl(
      cwd,
      ['doctor', '--next-key-file', 'next.key'],
      environment(introw.url),
    );
    expect({ exit, requests: introw.log.length }).toEqual({ exit: 1, requests: 0 });
    expect(err).toContain(says);
  });

  test('another organisation, and two that are empty', async () => {
    const answers = (partners: readonly string[]) => (path: string) =>
      path.includes('?') ? { data: partners.map((id) => ({ id })), nextCursor: null } : null;
    const verdicts = [];
    for (const [ours, theirs] of [
      [['ptn_1'], ['ptn_2']],
      [[], ['ptn_2']],
      [[], []],
    ] as const) {
      const introw = await organisations({
        'oldkey-secret': answers(ours),
        'newkey-secret': answers(theirs),
      });
      const cwd = folder({ 'partners.yaml': 'version: 1\npartners: {}\n', 'new.key': 'newkey-secret' });
      const args = ['doctor', '--next-key-file', 'new.key', '--format', 'json'];
      const { exit, out } = await introwctl(
        cwd,
        args,
        environment(introw, { INTROW_API_KEY: 'oldkey-secret' }),
      );
      verdicts.push([exit, JSON.parse(out).nextKey.because]);
    }
    expect(verdicts).toEqual([
      [1, 'the next key opens another organisation'],
      [1, 'the next key opens another organisation'],
      [1, 'no partner shows that both keys open the same organisation'],
    ]);
  });
});

test('keys that come through pipes are read once', async () => {
  const introw = await sandbox({ seed, keys });
  const script = `node ${tool} doctor --probe-write --api-key-file <(echo oldkey-secret) --next-key-file <(echo newkey-secret)`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: folder(files),
    env: environment(introw.url),
  });
  expect(stdout).toContain('The current key can be revoked');
});

test('what Introw answers is reported by the names of members, without any value', async () => {
  const partners = Array.from({ length: 100 }, (_, index) => ({
    id: `ptn_${index}`,
    name: `Secretive ${index}`,
    owner: null,
    ownerId: 'user_hidden',
    experience: { id: 'exp_hidden' },
    experienceTemplateId: undefined,
    mood: { today: 'sunny-hidden' },
  }));
  const introw = await sandbox({ seed: { partners }, keys, paging: 'silent-offset', showExperience: false });
  const { exit, out } = await introwctl(
    folder({}),
    ['doctor', '--format', 'json'],
    environment(introw.url, { INTROW_API_KEY: 'oldkey-secret' }),
  );
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    partners: 100,
    planCost: 4,
    list: {
      paging: 'offset',
      probes: 2,
      pageSize: 100,
      listMembers: [],
      owner: ['ownerId'],
      experience: ['experience.id'],
      unknownMembers: ['mood'],
    },
  });
  expect(out).not.toMatch(/hidden|Secretive|ptn_\d/);
});

test('the write scope is not probed unasked', async () => {
  const introw = await sandbox({ seed, keys });
  const { exit, out } = await introwctl(
    folder(files),
    ['doctor', '--format', 'json'],
    environment(introw.url, { INTROW_API_KEY: 'reader-secret' }),
  );
  expect([exit, JSON.parse(out).write]).toEqual([0, null]);
  expect(introw.log.map(({ method }) => method)).toEqual(['GET']);
});

test('files that are not valid do not keep it from looking at the key', async () => {
  const introw = await sandbox();
  const path = folder({ 'partners.yaml': 'version: 1\npartners: []\n' });
  const { exit, out, err } = await introwctl(path, ['doctor'], environment(introw.url));
  expect({ exit, read: out.includes('✔ partners:read') }).toEqual({ exit: 0, read: true });
  expect(err).toContain('introwctl validate says why.');
});

test("an address where Introw's API is not says so", async () => {
  const introw = await sandbox();
  const { exit, err } = await introwctl(folder({}), ['doctor'], environment(`${introw.url}/elsewhere`));
  expect(exit).toBe(1);
  expect(err).toContain("UNEXPECTED_STATUS\n  Introw's API is not at this address");
});
