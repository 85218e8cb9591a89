import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox } from './command.ts';

const both = ['partners:read', 'partners:write'] as const;
const keys = [
  { key: 'oldkey-secret', scopes: both },
  { key: 'newkey-secret', scopes: both },
  { key: 'reader-secret', scopes: ['partners:read'] as const },
];
const files = {
  'partners.yaml': 'version: 1\norganisation: { contains: ptn_1 }\npartners: {}\n',
  'new.key': 'newkey-secret\n',
  'reader.key': 'reader-secret\n',
};
const seed = { partners: [{ id: 'ptn_1', name: 'Acme' }] };

test('a key with all it needs, and one to replace it', async () => {
  const introw = await sandbox({ seed, keys, credits: 100 });
  const { exit, out, err } = await introwctl(
    folder(files),
    ['doctor', '--probe-write', '--next-key-file', 'new.key'],
    environment(introw.url, { INTROW_API_KEY: 'oldkey-secret' }),
  );
  expect(out).toBe(`  key           oldk…
✔ partners:read
✔ partners:write
✔ organisation  contains ptn_1
  partners      1
  credits       98 of 100 left this month
  a plan        1 request
  daily drift   31 requests a month, of 100
  hourly drift  744 requests a month, more than the 100 of a month
✔ next key has the same scopes
✔ next key opens the same organisation
  The old key can be revoked once the new one is deployed.
  doctor itself 4 requests
`);
  expect(exit).toBe(0);
  expect(out + err).not.toMatch(/secret/);
  expect(introw.partners()[0]?.name).toBe('Acme');
});

test('a next key with fewer scopes is not enough', async () => {
  const introw = await sandbox({ seed, keys });
  const { exit, out } = await introwctl(
    folder(files),
    ['doctor', '--probe-write', '--next-key-file', 'reader.key', '--format', 'json'],
    environment(introw.url, { INTROW_API_KEY: 'oldkey-secret' }),
  );
  expect(exit).toBe(1);
  expect(JSON.parse(out).nextKey).toEqual({ read: true, write: false, sameOrganisation: true });
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
