import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { hashOf, readStamp } from '../../src/cli/pipelines.ts';
import { folder, type Run, write } from './command.ts';
import { runCommand } from './in-process.ts';
import { git, repository } from './repository.ts';

const workflows = ['preview', 'apply', 'drift', 'accept'].map(
  (name) => `.github/workflows/introw-${name}.yml`,
);
const paths = { github: workflows, gitlab: ['.gitlab-ci.yml'] } as const;
const apply = '.github/workflows/introw-apply.yml';

function init(
  path: string,
  system: 'github' | 'gitlab',
  file: string[] | null = null,
  check = false,
): Promise<Run> {
  const given = file === null ? {} : { file, defaulted: new Set<string>() };
  return runCommand('init', { positionals: [path], ci: system, check, ...given }, {});
}

const read = (path: string, name: string) => readFileSync(join(path, name), 'utf8');
const example = (name: string) =>
  readFileSync(
    new URL(
      `../../examples/${name.replace('.github/workflows', 'github').replace('.gitlab-ci', 'gitlab/.gitlab-ci')}`,
      import.meta.url,
    ),
    'utf8',
  );

/** The file as an earlier version wrote it: other text, and a stamp that fits it. */
function asEarlierVersion(text: string): string {
  const body = readStamp(text).body.replace('timeout-minutes: 15', 'timeout-minutes: 14');
  return `# introwctl 0.0.9 ${hashOf(body)}: introwctl init --ci github updates this file.\n${body}`;
}

test.each(['github', 'gitlab'] as const)(
  'the examples for %s are exactly what init --ci writes',
  async (system) => {
    const path = folder({});
    expect(await init(path, system)).toMatchObject({ exit: 0 });
    for (const name of paths[system]) await expect(read(path, name)).toMatchFileSnapshot(fileOf(name));
    const again = await init(path, system);
    expect(again).toMatchObject({ exit: 0, out: expect.not.stringMatching(/written|updated/) });
    expect(await init(path, system, null, true)).toMatchObject({ exit: 0 });
  },
);

function fileOf(name: string): string {
  const inside = name.startsWith('.github') ? name.replace('.github/workflows', 'github') : `gitlab/${name}`;
  return new URL(`../../examples/${inside}`, import.meta.url).pathname;
}

test('an update rewrites what nobody has edited, keeps what somebody has, and shows the difference', async () => {
  const path = folder({});
  await init(path, 'github');
  const edited = asEarlierVersion(read(path, apply)).replace('Introw apply', 'Our apply');
  const drift = workflows[2] ?? '';
  write(path, { [apply]: edited, [drift]: asEarlierVersion(read(path, drift)) });

  const checked = await init(path, 'github', null, true);
  expect(checked.exit).toBe(2);
  expect(checked.out).toContain('introw-apply.yml: from other templates than those of this version, edited.');
  expect(checked.out).toContain('introw-drift.yml: from other templates than those of this version.');
  expect(checked.out).toContain('introw-preview.yml: up to date.');

  const updated = await init(path, 'github');
  expect(updated.exit).toBe(1);
  expect(updated.out).toContain('-name: Our apply\n+name: Introw apply\n');
  expect(updated.out).toContain('introw-apply.yml: edited since introwctl wrote it, so it was left as it is');
  expect(updated.out).toContain('introw-drift.yml: updated.');
  expect(read(path, apply)).toBe(edited);
  expect(read(path, drift)).toBe(example(drift));
});

const takeOver = 'To keep your edits, take over what you want of the lines with a +';
const canStay = "The templates haven't changed since, so your edits can stay.";

test.each([
  ['a file of somebody else', () => 'name: Ours\n', 'not written by introwctl', takeOver, 1, 2],
  ['an edit of this version', (text: string) => `${text}# more\n`, 'edited since', canStay, 1, 0],
  ['Windows line endings', (text: string) => text.replaceAll('\n', '\r\n'), 'up to date', '', 0, 0],
  [
    'a stamp by hand',
    (text: string) => text.replace(/[0-9a-f]{16}/, '0'.repeat(16)),
    'edited since',
    takeOver,
    1,
    2,
  ],
])('%s is distinguished from what introwctl wrote', async (_, change, says, wayOut, exit, checkExit) => {
  const path = folder({});
  await init(path, 'github');
  const text = change(read(path, apply));
  write(path, { [apply]: text });
  expect(await init(path, 'github', null, true)).toMatchObject({ exit: checkExit });
  const run = await init(path, 'github');
  expect(run).toMatchObject({ exit, out: expect.stringContaining(`introw-apply.yml: ${says}`) });
  expect(run.out.replaceAll(/\s+/g, ' ')).toContain(wayOut);
  expect(run.out.includes('delete the file')).toBe(wayOut !== '');
  expect(read(path, apply)).toBe(text);
});

test('the files of -f are named wherever a pipeline names them, and an update without -f keeps them', async () => {
  const path = folder({
    'partners/acme.yaml': '',
    'my tiers*.yaml': '',
    'later/.keep': '',
    'partners.yaml': '',
  });
  const file = ['./partners/', 'my tiers*.yaml', 'later'];
  await init(path, 'github', file);
  await init(path, 'gitlab', file);
  const lines = 'partners\nmy tiers*.yaml\nlater\n';
  const patterns = ['partners/*', 'my tiers\\*.yaml', 'later/*'];
  expect(parse(read(path, apply))).toMatchObject({
    env: { INTROW_FILES: lines },
    on: { push: { paths: patterns } },
  });
  expect(parse(read(path, '.gitlab-ci.yml'))).toMatchObject({
    variables: { INTROW_FILES: lines },
    '.introw-changes': patterns,
    'introw-preview': { rules: [{ changes: patterns }] },
  });
  expect(await init(path, 'github')).toMatchObject({ exit: 0, out: expect.not.stringContaining('updated') });
  expect(await init(path, 'github', null, true)).toMatchObject({ exit: 0 });
  expect(await init(path, 'github', ['partners.yaml'])).toMatchObject({ exit: 0 });
  expect(read(path, apply)).toBe(example(apply));
});

test('names with quotes, signs and more are the same to YAML, to GitHub and to introwctl', async () => {
  const names = [
    'a "b" $HOME.yaml',
    "it's.yaml",
    '#x.yaml',
    '- y.yaml',
    'ü: {z}.yaml',
    '[a]?.yaml',
    '!no.yaml',
  ];
  const path = folder(Object.fromEntries(names.map((name) => [name, ''])));
  expect(await init(path, 'github', names)).toMatchObject({ exit: 0 });
  const { env, on } = parse(read(path, apply));
  expect(env.INTROW_FILES.split('\n')).toEqual([...names, '']);
  expect(on.push.paths).toEqual([...names.slice(0, 5), '\\[a\\]\\?.yaml', '\\!no.yaml']);
  expect(await init(path, 'github', null, true)).toMatchObject({ exit: 0 });
  expect(await init(path, 'gitlab', names.slice(1))).toMatchObject({ exit: 0 });
  expect(await init(path, 'gitlab', names)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('holds $, which GitLab would replace'),
  });
});

test('what is behind -f is checked: that it is there, and that git sees its changes', async () => {
  const path = folder({ 'real.yaml': '', 'real/a.yaml': '' });
  symlinkSync('real.yaml', join(path, 'link.yaml'));
  symlinkSync('real', join(path, 'link'));
  const cases = [
    ['nope.yaml', 'nope.yaml.'],
    ['nope/', 'nope.'],
    ['link.yaml', 'Pass -f real.yaml'],
    ['link', 'Pass -f real\n'],
    ['link/a.yaml', 'Pass -f real/a.yaml'],
  ] as const;
  for (const [file, says] of cases)
    expect(await init(path, 'github', [file])).toMatchObject({ exit: 1, err: expect.stringContaining(says) });
  expect(existsSync(join(path, '.github'))).toBe(false);
  const early = await init(path, 'github');
  expect(early).toMatchObject({ exit: 0, err: expect.stringContaining('partners.yaml yet') });
});

test('a folder where a pipeline belongs is a problem, with and without --check', async () => {
  const path = folder({ '.gitlab-ci.yml/a': '' });
  for (const check of [false, true])
    expect(await init(path, 'gitlab', null, check)).toMatchObject({
      exit: 1,
      err: expect.stringContaining('.gitlab-ci.yml is a folder'),
    });
});

test('a file with Windows line endings keeps them in an update, and in the difference that is shown', async () => {
  const path = folder({});
  await init(path, 'github');
  const windows = (text: string) => text.replaceAll('\n', '\r\n');
  const drift = workflows[2] ?? '';
  const edited = windows(read(path, apply)).replace('Introw apply', 'Our apply');
  write(path, { [apply]: edited, [drift]: windows(asEarlierVersion(read(path, drift))) });
  const run = await init(path, 'github');
  expect(run.out.match(/^[-+][^-+].*$/gm)).toEqual(['-name: Our apply', '+name: Introw apply']);
  expect([read(path, apply), read(path, drift)]).toEqual([edited, windows(example(drift))]);
});

test('the default branch of the remote is the one that is applied', async () => {
  const path = repository({ 'partners.yaml': '' });
  git(path, 'update-ref', 'refs/remotes/origin/trunk', 'HEAD');
  git(path, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
  await init(path, 'github');
  const { on, jobs } = parse(read(path, apply));
  expect([on.push.branches, jobs.plan.if]).toEqual([['trunk'], "github.ref == 'refs/heads/trunk'"]);
});

test.each([
  [['master'], 'master'],
  [['trunk'], 'trunk'],
  [['trunk', 'topic'], 'main'],
  [['master', 'topic'], 'master'],
])(
  'without a remote that says its default, of %j the branch that is applied is %s',
  async (names, branch) => {
    const path = repository({ 'partners.yaml': '' });
    for (const name of names) git(path, 'branch', name);
    git(path, 'checkout', '--quiet', names[0] ?? 'main');
    git(path, 'branch', '--delete', 'main');
    await init(path, 'github');
    expect(parse(read(path, apply)).on.push.branches).toEqual([branch]);
  },
);

test.each(['github', 'gitlab'] as const)(
  'below the top of a repository, where %s reads nothing, nothing is written',
  async (system) => {
    const top = repository({ 'deep/partners/partners.yaml': '' });
    const run = await init(join(top, 'deep/partners'), system);
    expect(run).toMatchObject({ exit: 1, err: expect.stringContaining('and this is deep/partners/ of it') });
    expect(run.err).toContain(`Run introwctl init --ci ${system} `);
    expect(run.err).toMatch(/ -f deep\/partners\/partners\.yaml\n/);
    const given = await init(join(top, 'deep/partners'), system, ['../catalog.yaml', 'u s']);
    expect(given.err).toMatch(/ -f deep\/catalog\.yaml -f 'deep\/partners\/u s'\n/);
    expect(git(top, 'status', '--porcelain')).toBe('');
  },
);

test.each([
  '../partners.yaml',
  '/etc/partners.yaml',
  'C:\\partners.yaml',
  'a\nb.yaml',
  ' a.yaml',
  `$${'{{ secrets.KEY }}'}.yaml`,
])('-f %j is refused, and nothing is written', async (file) => {
  const path = folder({});
  expect(await init(path, 'github', [file])).toMatchObject({
    exit: 1,
    err: expect.stringContaining('USAGE'),
  });
  expect(() => read(path, apply)).toThrow();
});
