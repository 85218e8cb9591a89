/** Files that are none, have several names, or can't be where they should: said clearly, nothing sent, nothing lost. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, tool } from './command.ts';
import { commit, repository } from './repository.ts';

const acme = 'version: 1\npartners:\n  acme: { name: Acme, domain: acme.example }\n';
const live = { partners: [{ id: 'ptn_1', name: 'Acme', domain: 'acme.example' }] };
const pipe = (path: string) => execFileSync('mkfifo', [path]);

/** The files of each case, among them a pipe that nobody writes to. */
function oddFolder(): string {
  const path = folder({
    'p.yaml': acme,
    'd/a.yaml': acme,
    'notes.txt': 'mine',
    'full/p.yaml/x': '',
    empty: '',
  });
  pipe(join(path, 'pipe'));
  pipe(join(path, 'd/y.yaml'));
  symlinkSync('nowhere.yaml', join(path, 'dangling.yaml'));
  symlinkSync('circle', join(path, 'circle'));
  return path;
}

const notRegular = 'Check that it is a file and that you may read it.';
const noPlace = 'Name another place, or move away what is in this one.';
const seedHint = 'Name a JSON file with --seed, such as { "partners": [ { "name": "Acme" } ] }.';

const refused: readonly { line: string; says: string }[] = [
  {
    line: 'plan -f dangling.yaml',
    says: "FILE_NOT_FOUND\n  dangling.yaml is a link to nowhere.yaml, which doesn't exist.\n  Restore what it points to, or pass another file with -f.",
  },
  {
    line: 'plan -f p.yml',
    says: 'FILE_NOT_FOUND\n  There is no file p.yml, but there is p.yaml.\n  Pass -f p.yaml.',
  },
  {
    line: 'accept -f p.yaml nobody',
    says: 'UNKNOWN_HANDLE\n  No file has a handle "nobody".\n  Use a handle: a key under partners: in your files.',
  },
  { line: 'validate -f pipe', says: `FILE_UNREADABLE\n  pipe is not a regular file.\n  ${notRegular}` },
  { line: 'fmt -f d', says: `FILE_UNREADABLE\n  d/y.yaml is not a regular file.\n  ${notRegular}` },
  {
    line: 'plan -f /dev/zero',
    says: `FILE_UNREADABLE\n  /dev/zero is not a regular file.\n  ${notRegular}`,
  },
  {
    line: 'plan -f full',
    says: `FILE_UNREADABLE\n  full/p.yaml is a folder, not a file.\n  ${notRegular}`,
  },
  {
    line: 'show pipe',
    says: 'FILE_UNREADABLE\n  pipe is not a regular file.\n  Pass a file that plan, drift or apply wrote with --out.',
  },
  {
    line: 'drift -f p.yaml --known pipe',
    says: 'FILE_UNREADABLE\n  pipe is not a regular file.\n  Pass a file that plan, drift or apply wrote with --out.',
  },
  {
    line: 'plan -f p.yaml --api-key-file /dev/zero',
    says: 'KEY_MALFORMED\n  The key in /dev/zero contains a character that is not plain ASCII.\n  Copy the key again from Introw: one line of plain characters, without quotes.',
  },
  ...['apply', 'show'].map((word) => ({
    line: `${word} p.yaml`,
    says: 'PLAN_UNREADABLE\n  p.yaml is a file of partners, not a saved plan.\n  Pass it with -f, as in introwctl plan -f p.yaml or introwctl apply -f p.yaml.',
  })),
  { line: 'sandbox --seed pipe', says: `FILE_UNREADABLE\n  pipe is not a regular file.\n  ${seedHint}` },
  { line: 'sandbox --seed nope.json', says: `FILE_NOT_FOUND\n  There is no file nope.json.\n  ${seedHint}` },
  { line: 'sandbox --seed empty', says: `FILE_UNREADABLE\n  empty is empty.\n  ${seedHint}` },
  { line: 'sandbox --seed notes.txt', says: `FILE_UNREADABLE\n  notes.txt is not JSON.\n  ${seedHint}` },
  {
    line: 'doctor -f p.yaml --next-key-file empty',
    says: 'KEY_MISSING\n  empty holds no key.\n  Pass --next-key-file with a file that holds the key.',
  },
  {
    line: 'plan -f p.yaml --page dangling.yaml',
    says: 'FILE_NOT_WRITABLE\n  dangling.yaml could not be written: it is a link to nowhere.yaml, which leads nowhere.\n  Name another file.',
  },
  {
    line: 'schema -f p.yaml --for-files --out d',
    says: 'FILE_NOT_WRITABLE\n  d could not be written: it is a folder.\n  Name a file.',
  },

  {
    line: 'plan -f p.yaml --out /nonexistent/p.json',
    says: `FILE_NOT_WRITABLE\n  /nonexistent/p.json could not be written: there is no folder /nonexistent.\n  Create the folder first, or name another file.`,
  },
  {
    line: 'drift -f p.yaml --out notes.txt/d.json',
    says: `FILE_NOT_WRITABLE\n  notes.txt/d.json could not be written: notes.txt is not a folder.\n  ${noPlace}`,
  },
  {
    line: 'apply -f p.yaml --auto-approve --out d',
    says: `FILE_NOT_WRITABLE\n  d could not be written: it is a folder.\n  Name a file.`,
  },
  {
    line: 'plan -f p.yaml --summary',
    says: 'USAGE\n  --summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets.\n  See introwctl plan --help.',
  },

  {
    line: 'init notes.txt/new',
    says: `FILE_NOT_WRITABLE\n  notes.txt/new/partners.yaml could not be written: notes.txt is not a folder.\n  ${noPlace}`,
  },
  {
    line: 'init dangling.yaml',
    says: `FILE_NOT_WRITABLE\n  dangling.yaml/partners.yaml could not be written: dangling.yaml is not a folder.\n  ${noPlace}`,
  },
];

test.each(refused)('introwctl $line', async ({ line, says }) => {
  const introw = await sandbox({ seed: live });
  const { exit, out, err } = await introwctl(oddFolder(), line.split(' '), environment(introw.url));
  expect({ exit, out, err }).toEqual({ exit: 1, out: '', err: `${says}\n` });
  expect(introw.log).toEqual([]);
});

const reading = [
  'validate -f',
  'show',
  'apply',
  'drift -f p.yaml --known',
  'edit -f p.yaml --from',
  'sandbox --seed',
  'plan -f p.yaml --api-key-file',
  'doctor -f p.yaml --next-key-file',
  'record',
  'import --into p.yaml -f',
];
const writing = [
  'plan -f p.yaml --out',
  'plan -f p.yaml --page',
  'schema -f p.yaml --for-files --out',
  'import -f p.yaml --into',
  'import -f p.yaml --pins',
  'pin -f p.yaml --auto-approve --into',
  'init',
];
const nowhere = ['none.yaml', 'none/none.yaml', 'notes.txt/none.yaml', 'circle/none.yaml', 'circle', ''];

test('every option that takes a path says of each that leads nowhere what is wrong with it, and what to do', async () => {
  const introw = await sandbox({ seed: { partners: [...live.partners, { id: 'ptn_2', name: 'Globex' }] } });
  const path = oddFolder();
  const lines = [
    ...reading.flatMap((words) => nowhere.map((file) => [...words.split(' '), file])),
    ...writing.flatMap((words) => nowhere.slice(2).map((file) => [...words.split(' '), file])),
  ];
  for (const words of lines) {
    const { exit, out, err } = await introwctl(path, words, environment(introw.url));
    const [code = '', , hint] = err.trim().split('\n').slice(-3);
    const isClear = [
      'FILE_NOT_FOUND',
      'FILE_UNREADABLE',
      'FILE_NOT_WRITABLE',
      'FILE_EXISTS',
      'USAGE',
    ].includes(code);
    expect([words, { exit, out }, isClear ? 'clear' : err]).toEqual([words, { exit: 1, out: '' }, 'clear']);
    expect([words, hint?.trim()]).toEqual([words, expect.stringMatching(/^[A-Z].*[.?]$/)]);
  }
  expect(introw.log).toEqual([]);
  expect(readdirSync(path)).toEqual(readdirSync(oddFolder()));
});

test.skipIf(process.platform !== 'linux')('where the system makes no folder, init says so', async () => {
  const { exit, err } = await introwctl(folder({}), ['init', '/proc/x/y'], environment(null));
  expect({ exit, err }).toEqual({
    exit: 1,
    err: `FILE_NOT_WRITABLE\n  /proc/x/y/partners.yaml could not be written: its folder does not exist and cannot be created.\n  Name another place.\n`,
  });
});

test('an import into what is no folder says what is in the way', async () => {
  const introw = await sandbox({ seed: live });
  const path = oddFolder();
  const { exit, err } = await introwctl(
    path,
    ['import', '--into', 'notes.txt/x.yaml'],
    environment(introw.url),
  );
  expect(exit).toBe(1);
  expect(err).toContain('notes.txt/x.yaml could not be written: notes.txt is not a folder.');
  expect(readFileSync(join(path, 'notes.txt'), 'utf8')).toBe('mine');
});

test.each(['validate', 'plan', 'fmt', 'history'])('%s where the current folder is gone', async (command) => {
  const line = `cd "$1" && rmdir "$1" && "${process.execPath}" "${tool}" ${command}`;
  const gone = promisify(execFile)('bash', ['-c', line, 'bash', folder({})], { env: environment(null) });
  const { code, stderr } = await gone.then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: { code: number; stderr: string }) => error,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^FILE_NOT_FOUND\n {2}The current folder doesn't exist any more\.\n/m);
  expect(stderr).not.toContain('INTERNAL');
});

test('a key may come through a pipe', async () => {
  const introw = await sandbox({ seed: live });
  const { INTROW_API_KEY: key = '', ...env } = environment(introw.url);
  const line = `"${process.execPath}" "${tool}" plan -f p.yaml --api-key-file <(echo ${key})`;
  const { stdout } = await promisify(execFile)('bash', ['-c', line], { cwd: oddFolder(), env });
  expect(stdout).toContain('No changes.');
  expect(introw.log.map(({ status }) => status)).toEqual([200]);
});

test('a link that leads nowhere is not replaced by a file', async () => {
  const introw = await sandbox({ seed: live });
  const path = oddFolder();
  const into = ['import', '--into', 'dangling.yaml'];
  const imported = await introwctl(path, into, environment(introw.url));
  expect([imported.exit, imported.err]).toEqual([1, expect.stringContaining('FILE_EXISTS\n  dangling.yaml')]);
  mkdirSync(join(path, 'new'));
  symlinkSync('nowhere', join(path, 'new/partners.schema.json'));
  const begun = await introwctl(path, ['init', 'new'], environment(null));
  expect([begun.exit, begun.err]).toEqual([
    1,
    expect.stringContaining('FILE_EXISTS\n  new/partners.schema.json'),
  ]);
  expect(readdirSync(join(path, 'new'))).toEqual(['partners.schema.json']);
  for (const link of ['dangling.yaml', 'new/partners.schema.json'])
    expect(lstatSync(join(path, link)).isSymbolicLink()).toBe(true);
});

const spellings: readonly { name: string; files: (path: string) => string[]; read: string[] }[] = [
  {
    name: 'its absolute path',
    files: (path) => ['p.yaml', join(path, 'p.yaml')],
    read: ['p.yaml'],
  },
  { name: 'a link to it', files: () => ['./link.yaml', 'p.yaml'], read: ['link.yaml'] },
  {
    name: 'the folder that it is in',
    files: (path) => ['more', join(path, 'more'), 'more/q.yaml'],
    read: ['more/q.yaml'],
  },
];

test.each(spellings)('a file and $name are one file, under its first name', async ({ files, read }) => {
  const path = folder({ 'p.yaml': acme, 'more/q.yaml': acme });
  symlinkSync('p.yaml', join(path, 'link.yaml'));
  const args = files(path).flatMap((file) => ['-f', file]);
  const { out } = await introwctl(path, ['validate', '--format', 'json', ...args], environment(null));
  expect(JSON.parse(out)).toEqual({ valid: true, partners: 1, files: read, warnings: [] });
});

test('so they are at the base, and where ids are written', async () => {
  const introw = await sandbox({ seed: live });
  const path = repository({ 'p.yaml': acme });
  commit(path, 'Rename Acme', { 'p.yaml': acme.replace('Acme', 'Acme Inc') });
  const env = environment(introw.url);
  const files = ['-f', 'p.yaml', '-f', join(path, 'p.yaml')];
  const plan = await introwctl(path, ['plan', ...files, '--base', 'HEAD~1', '--format', 'json'], env);
  expect(JSON.parse(plan.out)).toMatchObject({
    source: { files: ['p.yaml'] },
    warnings: [],
    changes: [{ fields: [{ field: 'name', origin: 'proposed' }] }],
  });
  const into = ['--into', join(path, 'p.yaml')];
  const pinned = await introwctl(path, ['pin', '-f', './p.yaml', ...into, '--auto-approve'], env);
  expect([pinned.exit, pinned.err]).toEqual([0, expect.stringMatching(/^Written: p\.yaml\.$/m)]);
  expect(readFileSync(join(path, 'p.yaml'), 'utf8')).toContain('pins:\n  acme: ptn_1\n');
  const again = await introwctl(path, ['import', '-f', 'p.yaml', ...into], env);
  expect([again.exit, again.out]).toEqual([0, expect.stringContaining('Nothing to import')]);
});

test('a path that would colour the terminal is shown as what it is', async () => {
  const { exit, out } = await introwctl(folder({}), ['init', 'a\u001b[31mb'], environment(null));
  expect(exit).toBe(0);
  expect(out).toContain('a\\u{1b}[31mb/partners.yaml');
  expect(out).not.toContain('\u001b');
});

test('Ctrl-C twice ends even what hangs in the system', async () => {
  const introw = await sandbox({ seed: live });
  const path = oddFolder();
  const child = spawn(process.execPath, [tool, 'plan', '-f', 'p.yaml', '--out', 'pipe'], {
    cwd: path,
    env: environment(introw.url),
  });
  const ended = once(child, 'close');
  while (introw.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const wait of [300, 100]) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    child.kill('SIGINT');
  }
  // To a shell this is 130.
  expect(await ended).toEqual([null, 'SIGINT']);
});
