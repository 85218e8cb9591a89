import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { parseFault } from '../../src/sandbox/faults.ts';
import { environment, folder, introwctl, sandbox, testKey } from './command.ts';

const one = 'version: 1\npartners:\n  acme: { name: Acme }\n';
const pinned = (id: string) => `version: 1\npartners:\n  acme: { name: Acme, id: ${id} }\n`;
const live = {
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example' },
    { id: 'ptn_2', name: 'Acme' },
    { id: 'ptn_3', name: 'Globex', domain: 'globex.example' },
  ],
};

/** The problem part of stderr: from the code on. */
const problem = (err: string) => err.replace(/^(Reading|Waiting).*\n/gm, '').trim();

const local: readonly {
  name: string;
  files: Record<string, string | Buffer>;
  args: string[];
  says: string;
}[] = [
  {
    name: 'no file',
    files: {},
    args: ['plan'],
    says: 'FILE_NOT_FOUND\n  There is no file partners.yaml.\n  Pass your file or folder with -f, or run introwctl init to begin with a new file.',
  },
  {
    name: 'a file of 50 MB',
    files: { 'partners.yaml': Buffer.alloc(50 * 1024 * 1024, '# \n') },
    args: ['plan'],
    says: 'FILE_TOO_LARGE\n  partners.yaml has 50 MB, more than the 16 MB that a file may have.\n  Split the partners over several files and pass their folder with -f.',
  },
  {
    name: 'an empty folder',
    files: { 'partners/.keep': '' },
    args: ['plan', '-f', 'partners'],
    says: 'NO_FILES\n  The folder partners holds no .yaml or .yml file.\n  Pass a file, or another folder, with -f.',
  },
  {
    name: 'a file that is not UTF-8',
    files: { 'partners.yaml': Buffer.from([0x76, 0xff, 0xfe]) },
    args: ['validate'],
    says: 'partners.yaml:1:2  FILE_UNREADABLE\n  partners.yaml is not UTF-8 text: a character here is in another encoding.\n  Save it as UTF-8: most editors offer the encoding with "Save as".',
  },
  {
    name: 'a file that is missing, next to one that is wrong and may need it',
    files: { 'p.yaml': 'version: 1\npartners:\n  acme: { name: Acme, tier: gold, domain: acme }' },
    args: ['validate', '-f', 'p.yaml', '-f', 'catalog.yaml'],
    says: 'FILE_NOT_FOUND\n  There is no file catalog.yaml.\n  Pass your file or folder with -f, or run introwctl init to begin with a new file.\n\np.yaml:3:43  NOT_A_DOMAIN\n  acme.domain is "acme", which is not a complete domain.\n\n    1 | version: 1\n    2 | partners:\n  > 3 |   acme: { name: Acme, tier: gold, domain: acme }\n      |                                           ^\n\n  Give the bare domain, such as acme.example.\n\n2 problems.',
  },
  {
    name: 'an unknown option',
    files: { 'partners.yaml': one },
    args: ['plan', '--fromat', 'json'],
    says: 'USAGE\n  There is no option --fromat here. Did you mean --format?\n  See introwctl plan --help.',
  },
  {
    name: 'an unknown command with an option that others have',
    files: {},
    args: ['pln', '--format', 'text'],
    says: 'USAGE\n  There is no command "pln". Did you mean plan?\n  See introwctl --help.',
  },
  {
    name: 'an empty key file',
    files: { 'partners.yaml': one, 'empty.key': '' },
    args: ['plan', '--api-key-file', 'empty.key'],
    says: 'KEY_MISSING\n  empty.key holds no key.\n  Set INTROW_API_KEY, or pass --api-key-file with a file that holds the key.',
  },
  {
    name: 'an unknown handle',
    files: { 'partners.yaml': one },
    args: ['plan', '--target', 'acmee'],
    says: 'UNKNOWN_HANDLE\n  --target names "acmee", which isn\'t in any file. Did you mean acme?\n  Use a handle: a key under partners: in your files.',
  },
  {
    name: '--changed without --base',
    files: { 'partners.yaml': one },
    args: ['plan', '--changed'],
    says: 'USAGE\n  --changed needs --base.\n  See introwctl plan --help.',
  },
  {
    name: 'a problem in a line',
    files: { 'partners.yaml': 'version: 1\npartners:\n  acme:\n    name: Acme\n    domian: acme.example\n' },
    args: ['validate'],
    says: [
      'partners.yaml:5:5  UNKNOWN_KEY',
      '  acme has no key "domian". Did you mean domain?',
      '',
      '    3 |   acme:',
      '    4 |     name: Acme',
      '  > 5 |     domian: acme.example',
      '      |     ^',
      '    6 |',
      '',
      '  Write domain:',
    ].join('\n'),
  },
];

test.each(local)('$name: a clear problem, exit 1, nothing sent', async ({ files, args, says }) => {
  const introw = await sandbox({ seed: live });
  const { exit, out, err } = await introwctl(folder(files), args, environment(introw.url));
  expect({ exit, out, err: problem(err) }).toEqual({ exit: 1, out: '', err: says });
  expect(introw.log).toEqual([]);
});

const keys: readonly { name: string; key: string; says: string }[] = [
  {
    name: 'no key',
    key: '',
    says: 'KEY_MISSING\n  There is no API key.\n  Set INTROW_API_KEY, or pass --api-key-file with a file that holds the key.',
  },
  {
    name: 'a key with a line break',
    key: 'sec\nret',
    says: 'KEY_MALFORMED\n  The key in INTROW_API_KEY contains a line break.\n  Copy the key again from Introw: one line of plain characters, without quotes.',
  },
  {
    name: 'a key with an umlaut',
    key: 'secrät',
    says: 'KEY_MALFORMED\n  The key in INTROW_API_KEY contains a character that is not plain ASCII.\n  Copy the key again from Introw: one line of plain characters, without quotes.',
  },
  {
    name: 'a key in quotes',
    key: '"secret"',
    says: 'KEY_MALFORMED\n  The key in INTROW_API_KEY contains quotes at both ends.\n  Copy the key again from Introw: one line of plain characters, without quotes.',
  },
  {
    name: 'a key that is the name of a variable',
    key: '$SECRET',
    says: 'KEY_MALFORMED\n  The key in INTROW_API_KEY contains the name of a variable instead of its value.\n  Copy the key again from Introw: one line of plain characters, without quotes.',
  },
];

test.each(keys)('$name', async ({ key, says }) => {
  const introw = await sandbox();
  const { exit, err } = await introwctl(
    folder({ 'partners.yaml': one }),
    ['plan'],
    environment(introw.url, { INTROW_API_KEY: key }),
  );
  expect({ exit, err: problem(err) }).toEqual({ exit: 1, err: says });
  expect(introw.log).toEqual([]);
});

const doubts: readonly { name: string; file: string; says: string }[] = [
  {
    name: 'a pin that is not live',
    file: pinned('ptn_9'),
    says: 'partners.yaml:3:27  PIN_NOT_LIVE\n  acme is pinned to ptn_9, and Introw has no such partner.',
  },
  {
    name: 'an ambiguous match',
    file: one,
    says: 'partners.yaml:3:3  AMBIGUOUS_MATCH\n  acme could be more than one partner: 2 partners in Introw are called Acme: Acme <acme.example> ptn_1, Acme ptn_2.',
  },
  {
    name: 'a domain and a name of different partners',
    file: 'version: 1\npartners:\n  acme: { name: Globex, domain: acme.example }\n',
    says: 'partners.yaml:3:3  AMBIGUOUS_MATCH\n  acme could be more than one partner: its domain acme.example and its name Globex are those of different partners in Introw: Acme <acme.example> ptn_1, Globex <globex.example> ptn_3.',
  },
  {
    name: 'two handles for one partner',
    file: 'version: 1\npartners:\n  globex: { name: Globex }\n  globex-inc: { name: Globex Inc, domain: globex.example }\n',
    says: 'partners.yaml:4:3  TWO_HANDLES\n  globex-inc and globex (partners.yaml:3) are the same partner in Introw: Globex <globex.example> ptn_3.',
  },
  {
    name: 'two new partners that Introw would merge',
    file: 'version: 1\npartners:\n  a: { name: New, domain: a.example }\n  b: { name: new, domain: b.example }\n',
    says: 'partners.yaml:4:3  CREATE_WOULD_MERGE\n  b would be created with the name of a (partners.yaml:3).',
  },
  {
    name: 'a key that opens another organisation',
    file: 'version: 1\norganisation: { name: Acme, contains: ptn_9 }\npartners: {}\n',
    says: "WRONG_ORGANISATION\n  This key opens an organisation without ptn_9, so it isn't Acme.\n  Use a key that was created in the organisation that these files are for.",
  },
];

test.each(doubts)('$name: apply sends nothing and says why', async ({ file, says }) => {
  const introw = await sandbox({ seed: live });
  const { exit, out, err } = await introwctl(
    folder({ 'partners.yaml': file }),
    ['apply', '--auto-approve'],
    environment(introw.url),
  );
  expect({ exit, out }).toEqual({ exit: 1, out: '' });
  expect(problem(err)).toContain(says);
  expect(introw.log.map(({ method }) => method)).toEqual(['GET']);
});

const servers: readonly { name: string; fault: string; says: string }[] = [
  {
    name: 'HTML',
    fault: 'html',
    says: 'UNREADABLE_ANSWER\n  Introw should have answered with JSON and sent an HTML page (GET /api/v1/partners: 200).\n  Check INTROW_API_URL or --api-url, and whether a proxy or a login page is in between.',
  },
  {
    name: 'half of the JSON',
    fault: 'half',
    says: 'UNREADABLE_ANSWER\n  Introw should have answered with JSON and sent JSON that breaks off or is not right (GET /api/v1/partners: 200).\n  Check INTROW_API_URL or --api-url, and whether a proxy or a login page is in between.',
  },
  {
    name: 'a redirect',
    fault: 'redirect=https://elsewhere.example/login',
    says: 'REDIRECTED\n  The server points to https://elsewhere.example instead of answering (GET /api/v1/partners: 302).\n  Give the final address in INTROW_API_URL or --api-url; the key is never sent on to where a redirect points.',
  },
  {
    name: 'an unknown error body',
    fault: 'bad-error',
    says: 'VALIDATION_ERROR\n  Introw refused what was sent (GET /api/v1/partners: 422, path: tierId; messages: unknown).\n  Correct the value in the file; ids must exist in this organisation.',
  },
  {
    name: 'a revoked key',
    fault: 'revoke',
    says: 'UNAUTHORIZED\n  Introw refused the key (GET /api/v1/partners: 401, The API key is missing, invalid, expired or revoked).\n  The key is missing, invalid, expired or revoked: check INTROW_API_KEY or --api-key-file, or create a new key in Introw.',
  },
];

test.each(servers)('a server that answers with $name', async ({ fault, says }) => {
  const introw = await sandbox({ seed: live, faults: [parseFault(fault)] });
  const { exit, out, err } = await introwctl(
    folder({ 'partners.yaml': one }),
    ['plan'],
    environment(introw.url),
  );
  expect({ exit, out, err: problem(err) }).toEqual({ exit: 1, out: '', err: says });
  expect(introw.log).toHaveLength(1);
});

test('no credits left: not tried again, and the day of their return is named', async () => {
  const introw = await sandbox({ seed: live, credits: 0 });
  const { exit, err } = await introwctl(folder({ 'partners.yaml': one }), ['plan'], environment(introw.url));
  expect(exit).toBe(1);
  expect(problem(err)).toMatch(
    /^API_CREDITS_EXHAUSTED\n {2}This month's API credits are spent .*\n {2}They come back on \d{4}-\d\d-01 \(UTC\); nothing was retried\.$/,
  );
  expect(introw.log).toHaveLength(1);
});

test('a closed port', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const { exit, err } = await introwctl(
    folder({ 'partners.yaml': one }),
    ['plan'],
    environment(`http://127.0.0.1:${port}`),
  );
  expect({ exit, err: problem(err) }).toEqual({
    exit: 1,
    err: `NETWORK\n  Nothing answers at 127.0.0.1:${port} (GET /api/v1/partners).\n  Start introwctl sandbox at this port, or correct INTROW_API_URL or --api-url.`,
  });
});

test('a key is not sent over plain http to another machine', async () => {
  const { exit, err } = await introwctl(
    folder({ 'partners.yaml': one }),
    ['plan'],
    environment('http://introw.example'),
  );
  expect(exit).toBe(1);
  expect(problem(err)).toBe(
    'INSECURE_URL\n  http://introw.example would carry the key unencrypted.\n  Use https://, or pass --insecure-http if this network may see your key.',
  );
});

test('failures as JSON are on stdout, and the key is nowhere', async () => {
  const introw = await sandbox({ seed: live, keys: [{ key: 'another', scopes: ['partners:read'] }] });
  const { exit, out, err } = await introwctl(
    folder({ 'partners.yaml': one }),
    ['plan', '--format', 'json', '--verbose'],
    environment(introw.url),
  );
  expect(exit).toBe(1);
  expect(JSON.parse(out).error).toMatchObject({
    code: 'UNAUTHORIZED',
    problems: [{ code: 'UNAUTHORIZED', position: null }],
  });
  expect(err).toContain('GET /api/v1/partners?limit=100 → 401 in ');
  expect(out + err).not.toContain(testKey);
});
