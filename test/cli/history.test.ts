import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { History } from '../../src/history/history.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { environment, folder, introwctl, type Run, sandbox, write } from './command.ts';
import { type GivenArgs, runCommand } from './in-process.ts';
import { git, gitEnvironment } from './repository.ts';

const catalog = 'catalog: { tiers: { gold: t2, silver: t1 } }\n';
const file = (...partners: string[]) =>
  `version: 1\n${catalog}partners:\n${partners.map((each) => `  ${each}\n`).join('')}`;
const acme = (tier: string) => `acme: { id: ptn_1, name: Acme, domain: acme.example, tier: ${tier} }`;
const globex = (tier: string) => `globex: { name: Globex, tier: ${tier} }`;

type Files = Readonly<Record<string, string | null>>;

/** Commits on one day of March 2026, by somebody; a file that is null is deleted. */
function commitOn(path: string, day: number, subject: string, files: Files, author = 'Pat'): string {
  for (const [name, text] of Object.entries(files))
    if (text === null) rmSync(join(path, name));
    else write(path, { [name]: text });
  const date = `2026-03-${String(day).padStart(2, '0')}T09:00:00Z`;
  const env = {
    ...process.env,
    ...gitEnvironment,
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  execFileSync('git', ['add', '-A'], { cwd: path, env });
  execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', subject], { cwd: path, env });
  return git(path, 'rev-parse', 'HEAD').trim();
}

function emptyRepository(): string {
  const path = folder({});
  git(path, 'init', '--quiet', '-b', 'main');
  return path;
}

/** Each commit's files, on the days 1, 2, 3, …; the subject of each is its number. */
function repositoryOf(...commits: readonly Files[]): string {
  const path = emptyRepository();
  commits.forEach((files, index) => void commitOn(path, index + 1, String(index), files));
  return path;
}

async function historyIn(path: string, given: GivenArgs = {}): Promise<Run> {
  const here = process.cwd();
  process.chdir(path);
  try {
    return await runCommand('history', given, {});
  } finally {
    process.chdir(here);
  }
}

async function documentOf(path: string, given: GivenArgs = {}): Promise<History> {
  const { exit, out, err } = await historyIn(path, { format: 'json', ...given });
  expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
  return JSON.parse(out);
}

/** What each commit changed, in a few words: `1: acme tier silver→gold`. */
async function eventsOf(path: string, given: GivenArgs = {}): Promise<string[]> {
  const { entries } = await documentOf(path, given);
  return [...entries].reverse().flatMap(({ subject, changes, bridged }) =>
    changes.flatMap(({ handle, kind, from, fields }) => {
      const head = `${subject}${bridged.length === 0 ? '' : ` (or ${bridged.length} before)`}: ${handle}`;
      const renamed = from === null ? [] : [`${head} renamed from ${from}`];
      if (kind !== 'changed') return [`${head} ${kind}`, ...renamed];
      return [
        ...renamed,
        ...fields.map(({ field, before, after, source }) => {
          const said = (value: typeof after) => value?.name ?? value?.value ?? '-';
          return `${head} ${field} ${said(before)}→${said(after)}${source === 'partner' ? '' : ` by ${source}`}`;
        }),
      ];
    }),
  );
}

test('the first line answers since when acme has its tier, and who decided it', async () => {
  const path = emptyRepository();
  const first = commitOn(path, 1, 'Take over the partners', {
    'partners.yaml': file(acme('gold'), globex('gold')),
  });
  const moved = commitOn(
    path,
    2,
    'Move Acme to silver (#42)',
    { 'partners.yaml': file(acme('silver')) },
    'Jo',
  );
  git(path, 'remote', 'add', 'origin', 'https://user:secret@github.com/us/partners.git');
  const { exit, out } = await introwctl(path, ['history', 'acme', '--field', 'tier'], environment(null));
  expect({ exit, out }).toEqual({
    exit: 0,
    out: `acme: tier is silver (t1) since 2026-03-02
  Set by Jo in ${moved.slice(0, 8)}: Move Acme to silver (#42)  https://github.com/us/partners/pull/42
`.concat(`
2026-03-02  ${moved.slice(0, 8)}  Jo, committed by Pat: Move Acme to silver (#42)
  https://github.com/us/partners/pull/42
  acme  tier: gold (t2) → silver (t1)

2026-03-01  ${first.slice(0, 8)}  Pat: Take over the partners
  https://github.com/us/partners/commit/${first}
  acme  added, tier gold (t2)

What was applied, and when, is not known here: this clone has no record of an apply.
If apply --record wrote some, fetch them: git fetch origin refs/notes/introw:refs/notes/introw
`),
  });
});

const both = (more: string, partners: string) => `version: 1\n${more}\npartners:\n${partners}`;

test.each<{ name: string; commits: readonly Files[]; events: readonly string[]; given?: GivenArgs }>([
  {
    name: 'a catalog key that is renamed is no event',
    commits: [
      { 'partners.yaml': file(acme('gold')) },
      { 'partners.yaml': file(acme('gold')).replaceAll('gold', 'premium') },
    ],
    events: ['0: acme added'],
  },
  {
    name: "a catalog's id that changes is one for everybody who has the name",
    commits: [
      { 'partners.yaml': file(acme('gold'), globex('gold')) },
      { 'partners.yaml': file(acme('gold'), globex('gold')).replace('t2', 't9') },
    ],
    events: [
      '0: acme added',
      '0: globex added',
      '1: acme tier gold→gold by catalog',
      '1: globex tier gold→gold by catalog',
    ],
  },
  {
    name: 'a default is one for everybody who has it',
    commits: [
      {
        'partners.yaml': both('defaults: { tierId: t1 }', '  a: { name: A }\n  b: { name: B, tierId: t3 }\n'),
      },
      {
        'partners.yaml': both('defaults: { tierId: t2 }', '  a: { name: A }\n  b: { name: B, tierId: t3 }\n'),
      },
      { 'partners.yaml': both('', '  a: { name: A }\n  b: { name: B, tierId: t3 }\n') },
    ],
    events: ['0: a added', '0: b added', '1: a tier t1→t2 by defaults', '2: a tier t2→- by defaults'],
  },
  {
    name: 'a renamed handle is followed by its pin, with what else changed',
    commits: [
      { 'partners.yaml': file(acme('gold')) },
      { 'partners.yaml': file(acme('silver').replace('acme:', 'apex:').replace('Acme', 'Apex')) },
    ],
    events: [
      '0: acme added',
      '1: apex renamed from acme',
      '1: apex name Acme→Apex',
      '1: apex tier gold→silver',
    ],
  },
  {
    name: 'without a pin by name and domain, where that is clear',
    commits: [
      { 'partners.yaml': file(globex('gold'), 'a: { name: Twin }', 'b: { name: Twin }') },
      { 'partners.yaml': file(globex('gold').replace('globex', 'hooli'), 'c: { name: Twin }') },
    ],
    events: [
      '0: globex added',
      '0: a added',
      '0: b added',
      '1: hooli renamed from globex',
      '1: c added',
      '1: a removed',
      '1: b removed',
    ],
  },
  {
    name: 'removed and added back',
    commits: [
      { 'partners.yaml': file(acme('gold'), globex('gold')) },
      { 'partners.yaml': file(acme('gold')) },
      { 'partners.yaml': file(acme('gold'), globex('gold')) },
    ],
    events: ['0: acme added', '0: globex added', '1: globex removed', '2: globex added'],
  },
  {
    name: 'files that are renamed, and edited at the same time',
    commits: [
      { 'old.yaml': file(acme('gold')) },
      { 'old.yaml': null, 'mid.yaml': file(acme('gold')) },
      { 'mid.yaml': null, 'partners.yaml': file(acme('silver')) },
    ],
    events: ['0: acme added', '2: acme tier gold→silver'],
  },
  {
    name: 'a file that was split off another, which goes on with what is not asked for',
    commits: [
      { 'all.yaml': file(acme('gold'), globex('gold')) },
      { 'all.yaml': file(acme('silver'), globex('silver')) },
      { 'all.yaml': file(globex('silver')), 'partners.yaml': file(acme('silver')) },
    ],
    events: ['0: acme added', '1: acme tier gold→silver'],
  },
  {
    name: 'files that are joined',
    commits: [
      { 'partners.yaml': file(acme('gold')), 'emea.yaml': 'version: 1\npartners:\n  b: { name: B }\n' },
      { 'partners.yaml': file(acme('gold'), 'b: { name: B }'), 'emea.yaml': null },
    ],
    events: ['0: acme added', '0: b added'],
  },
  {
    name: 'YAML about something else is nothing of ours',
    commits: [
      { 'partners.yaml': file(acme('gold')), 'k8s.yaml': 'kind: Deployment\n---\nkind: Service\n' },
      { 'partners.yaml': file(acme('silver')), 'k8s.yaml': null, 'x.yaml': '{{ template }}\n' },
    ],
    events: ['0: acme added', '1: acme tier gold→silver'],
  },
  {
    name: 'commits that are not valid are bridged, in the middle and at both ends',
    commits: [
      { 'partners.yaml': 'version: 1\npartners: [\n' },
      { 'partners.yaml': file(acme('gold')) },
      { 'partners.yaml': file(acme('bronze')) },
      { 'partners.yaml': file(acme('bronze'), acme('bronze')) },
      { 'partners.yaml': file(acme('silver')) },
      { 'partners.yaml': '' },
    ],
    events: ['1 (or 1 before): acme added', '4 (or 2 before): acme tier gold→silver'],
  },
  {
    name: 'Windows line endings, a byte order mark, comments and another order are no events',
    commits: [
      { 'partners.yaml': file(acme('gold'), globex('gold')) },
      {
        'partners.yaml': `\uFEFF${file(`# b\r\n  ${globex('gold')}`, acme('gold')).replaceAll('\n', '\r\n')}`,
      },
    ],
    events: ['0: acme added', '0: globex added'],
  },
  {
    name: 'anchors and merges, JSON, and a file of comments',
    commits: [
      { 'partners.yaml': 'version: 1\nx-a: &a { tierId: t1 }\npartners:\n  a: { <<: *a, name: A }\n' },
      { 'partners.yaml': '{"version":1,"partners":{"a":{"name":"A","tierId":"t2"}}}' },
      { 'partners.yaml': '# Nobody\n' },
    ],
    events: ['0: a added', '1: a tier t1→t2', '2: a removed'],
  },
  {
    name: 'a revert',
    commits: [
      { 'partners.yaml': file(acme('gold')) },
      { 'partners.yaml': file(acme('silver')) },
      { 'partners.yaml': file(acme('gold')) },
    ],
    events: ['0: acme added', '1: acme tier gold→silver', '2: acme tier silver→gold'],
  },
  {
    name: 'pins and what is left to the CRM',
    commits: [
      { 'partners.yaml': file('a: { name: A }') },
      { 'partners.yaml': file('a: { name: A, id: ptn_1, ignore: [tier] }') },
    ],
    events: ['0: a added', '1: a id -→ptn_1', '1: a ignore -→tier'],
  },
  {
    name: 'only some fields, of some handles',
    commits: [
      { 'partners.yaml': file(acme('gold'), globex('gold')) },
      { 'partners.yaml': file(acme('silver').replace('Acme', 'Acme Inc'), globex('silver')) },
    ],
    given: { positionals: ['acme'], field: ['tier,phase'] },
    events: ['0: acme added', '1: acme tier gold→silver'],
  },
])('$name', async ({ commits, events, given }) => {
  expect(await eventsOf(repositoryOf(...commits), given)).toEqual(events);
});

test.each<{ given: GivenArgs; subjects: readonly string[] }>([
  { given: { since: 'v1' }, subjects: ['2', '3'] },
  { given: { until: 'v1' }, subjects: ['0', '1'] },
  { given: { since: 'HEAD~3', until: 'HEAD~1' }, subjects: ['1', '2'] },
  { given: { since: '2026-03-03' }, subjects: ['2', '3'] },
  { given: { until: '2026-03-03' }, subjects: ['0', '1', '2'] },
  { given: { since: '2026-03-02T09:00:00Z', until: '2026-03-03T08:59Z' }, subjects: ['1'] },
  { given: { since: '2026-03-02T12:00+03:00' }, subjects: ['1', '2', '3'] },
  { given: { since: 'HEAD' }, subjects: [] },
  { given: { until: '2020-01-01' }, subjects: [] },
])('from $given.since to $given.until', async ({ given, subjects }) => {
  const path = repositoryOf(
    ...['gold', 'silver', 'gold', 'silver'].map((tier) => ({ 'partners.yaml': file(acme(tier)) })),
  );
  git(path, 'tag', 'v1', 'HEAD~2');
  const { entries } = await documentOf(path, given);
  expect([...entries].reverse().map(({ subject }) => subject)).toEqual(subjects);
});

test.each<{ name: string; path: () => string; given: GivenArgs; says: readonly string[] }>([
  {
    name: 'a handle that no commit had',
    path: () => repositoryOf({ 'partners.yaml': file(acme('gold')) }),
    given: { positionals: ['acmee'] },
    says: ['UNKNOWN_HANDLE', 'Did you mean acme?'],
  },
  {
    name: 'a date that is also a ref',
    path: () => {
      const path = repositoryOf({ 'partners.yaml': file(acme('gold')) });
      git(path, 'tag', '2026-03-01');
      return path;
    },
    given: { since: '2026-03-01' },
    says: ['USAGE', 'refs/tags/2026-03-01', '2026-03-01T00:00Z'],
  },
  {
    name: 'a day that does not exist',
    path: () => repositoryOf({ 'partners.yaml': file(acme('gold')) }),
    given: { until: '2026-02-31' },
    says: ['USAGE', '2026-02-31'],
  },
  {
    name: 'a ref that does not exist',
    path: () => repositoryOf({ 'partners.yaml': file(acme('gold')) }),
    given: { since: 'v9' },
    says: ['UNKNOWN_REF', 'v9', 'YYYY-MM-DD'],
  },
  { name: 'no commit yet', path: emptyRepository, given: {}, says: ['NO_HISTORY', 'no commit yet'] },
  { name: 'no repository', path: () => folder({}), given: {}, says: ['NOT_A_GIT_REPOSITORY'] },
  {
    name: 'a file without the catalog that it needs',
    path: () =>
      repositoryOf({
        'partners.yaml': `version: 1\npartners:\n  ${acme('gold')}\n`,
        'catalog.yaml': `version: 1\n${catalog}`,
      }),
    given: { positionals: ['acme'] },
    says: ['NO_HISTORY', 'No file has names in catalog.tiers, and 1 value needs one.', 'such as the catalog'],
  },
  {
    name: 'a file that git never had',
    path: () => repositoryOf({ 'partners.yaml': file(acme('gold')) }),
    given: { file: ['partner.yaml'] },
    says: ['NO_HISTORY', 'partner.yaml'],
  },
  {
    name: 'a file of another repository in this one',
    path: () => {
      const path = repositoryOf({ 'partners.yaml': file(acme('gold')) });
      const inner = join(path, 'mod');
      write(inner, { 'partners.yaml': file(acme('gold')) });
      git(inner, 'init', '--quiet', '-b', 'main');
      return path;
    },
    given: { file: ['mod/partners.yaml'] },
    says: ['GIT_FAILED', 'mod/partners.yaml belongs to another git repository', 'Run this in there'],
  },
])('$name is a clear problem', async ({ path, given, says }) => {
  const { exit, out, err } = await historyIn(path(), given);
  expect({ exit, out }).toEqual({ exit: 1, out: '' });
  for (const each of says) expect(err).toContain(each);
});

test('a shallow clone says where its history ends, and claims nothing of what was before', async () => {
  const path = repositoryOf(
    ...['gold', 'silver', 'gold'].map((tier) => ({ 'partners.yaml': file(acme(tier), globex('gold')) })),
  );
  const clone = join(folder({}), 'clone');
  git(path, 'clone', '--quiet', '--depth', '2', `file://${path}`, clone);
  expect(await eventsOf(clone)).toEqual(['2: acme tier silver→gold']);
  const { out } = await historyIn(clone, { positionals: ['globex'], field: ['tier'] });
  expect(out).toMatch(/^globex: tier is gold \(t2\) since before 2026-03-02, where this history begins\n/);
  expect(out).toContain('git fetch --unshallow');
});

test('a linked worktree, a subfolder, and a bare clone without the contents of files', async () => {
  const path = repositoryOf(
    ...['gold', 'silver', 'gold'].map((tier) => ({ 'sub/partners.yaml': file(acme(tier)) })),
  );
  const events = ['0: acme added', '1: acme tier gold→silver', '2: acme tier silver→gold'];
  git(path, 'config', 'uploadpack.allowFilter', 'true');
  git(path, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const home = folder({});
  git(path, 'worktree', 'add', '--quiet', join(home, 'tree'));
  git(home, 'clone', '--quiet', '--bare', '--filter=blob:none', `file://${path}`, join(home, 'bare'));
  expect(await eventsOf(join(path, 'sub'))).toEqual(events);
  expect(await eventsOf(join(home, 'tree'), { file: ['sub'] })).toEqual(events);
  const packs = () =>
    readdirSync(join(home, 'bare', 'objects', 'pack')).filter((name) => name.endsWith('.pack'));
  const before = packs().length;
  expect(await eventsOf(join(home, 'bare'), { file: ['sub/partners.yaml'] })).toEqual(events);
  // What was left out is fetched at once, and once.
  expect(packs().length).toBe(before + 1);
  rmSync(path, { recursive: true });
  expect(await eventsOf(join(home, 'bare'), { file: ['sub/partners.yaml'] })).toEqual(events);
});

test('a partial clone whose remote is gone says what it lacks, and what to do', async () => {
  const path = repositoryOf({ 'partners.yaml': file(acme('gold')) });
  git(path, 'config', 'uploadpack.allowFilter', 'true');
  const bare = join(folder({}), 'bare');
  git(path, 'clone', '--quiet', '--bare', '--filter=blob:none', `file://${path}`, bare);
  rmSync(path, { recursive: true });
  const { exit, err } = await historyIn(bare);
  expect(exit).toBe(1);
  expect(err).toContain('This partial clone lacks versions of the files, and origin gave none');
});

/** Commits a tier for acme and applies it, on the next day. */
async function applyTier(
  path: string,
  url: string,
  tier: string,
  subject: string,
  ...more: string[]
): Promise<Run> {
  commitOn(path, ++day, subject, { 'partners.yaml': file(acme(tier)) });
  const args = ['apply', '--auto-approve', '--record', '--max-changes', '100%', '--format', 'json', ...more];
  return introwctl(path, args, environment(url));
}

let day = 0;

test('recorded applies say of each change when it was applied, by which run, and with what result', async () => {
  const seed = { partners: [{ id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: 't1' }] };
  const introw = await sandbox({ seed });
  const path = emptyRepository();
  const became = async (at: string) => {
    const { entries } = await documentOf(at, { field: ['tier'] });
    return [...entries]
      .reverse()
      .map(({ subject, changes }) => `${subject}: ${changes[0]?.fields[0]?.applied?.status}`);
  };
  commitOn(path, ++day, 'never', { 'partners.yaml': file(acme('gold')) });
  expect((await applyTier(path, introw.url, 'silver', 'was so')).exit).toBe(0);
  expect((await applyTier(path, introw.url, 'gold', 'sent')).exit).toBe(0);
  const before = git(path, 'rev-parse', 'HEAD');
  commitOn(path, ++day, 'not yet', { 'partners.yaml': file(acme('silver')) });
  expect(await became(path)).toEqual([
    'never: undefined',
    'was so: unchanged',
    'sent: applied',
    'not yet: pending',
  ]);

  // A second run on one commit; what isn't a record is left alone.
  git(path, 'notes', '--ref=introw', 'append', '-m', '{"kind":"other"}', '-m', 'hello {', 'HEAD');
  const env = environment(introw.url);
  const again = ['apply', '--auto-approve', '--record', '--max-changes', '100%'];
  for (const _ of [1, 2]) expect((await introwctl(path, again, env)).exit).toBe(0);
  expect(git(path, 'rev-parse', 'HEAD~1')).toBe(before);
  const { runs = [] } = await documentOf(path, { runs: true });
  expect(runs.map(({ results, complete }) => [results.length, complete])).toEqual([
    [0, true],
    [1, true],
    [1, true],
    [0, true],
  ]);

  // Notes are fetched only when that is asked for; until then the answer is how to.
  const origin = join(folder({}), 'origin.git');
  git(path, 'clone', '--quiet', '--bare', path, origin);
  git(path, 'push', '--quiet', origin, 'refs/notes/introw');
  const clone = join(folder({}), 'clone');
  git(path, 'clone', '--quiet', origin, clone);
  const unknown = await historyIn(clone, { positionals: ['acme'] });
  const command = /git fetch origin refs\S+/.exec(unknown.out)?.[0] ?? '';
  expect((await documentOf(clone)).recorded).toBe('no');
  git(clone, ...command.split(' ').slice(1), '--quiet');
  expect(await became(clone)).toEqual([
    'never: undefined',
    'was so: unchanged',
    'sent: applied',
    'not yet: applied',
  ]);
  const { out } = await historyIn(clone, { positionals: ['acme'], field: ['tier'] });
  expect(out.split('\n')[2]).toMatch(/^ {2}Applied on 20\d\d-\d\d-\d\d$/);
  fitsSchema(await historyIn(clone, { positionals: ['acme'], runs: true, format: 'json' }));
});

test('a merge hides nobody: who gave the value on the branch is named', async () => {
  const path = repositoryOf({ 'partners.yaml': file(acme('gold'), globex('gold')) });
  git(path, 'checkout', '--quiet', '-b', 'side');
  commitOn(path, 2, 'Demote Acme', { 'partners.yaml': file(acme('silver'), globex('gold')) }, 'Jo');
  commitOn(
    path,
    3,
    'Rename Globex',
    { 'partners.yaml': file(acme('silver'), globex('gold').replace('Globex', 'G')) },
    'Ann',
  );
  git(path, 'checkout', '--quiet', 'main');
  commitOn(path, 4, 'Something else', { 'README.md': 'x' });
  git(path, 'checkout', '--quiet', '-b', 'other');
  commitOn(path, 5, 'Demote Globex', { 'more.yaml': 'version: 1\n' }, 'Bo');
  git(path, 'checkout', '--quiet', 'main');
  git(path, 'merge', '--quiet', '--no-ff', '-m', 'Merge pull request #7 from us/side', 'side', 'other');
  const { entries, answers } = await documentOf(path, { positionals: ['acme', 'globex'] });
  const [merge] = entries;
  expect(merge).toMatchObject({ subject: 'Merge pull request #7 from us/side', review: { number: 7 } });
  const setters = merge?.changes.map(({ handle, fields }) => [handle, fields[0]?.setIn?.author.name]);
  expect(setters).toEqual([
    ['acme', 'Jo'],
    ['globex', 'Ann'],
  ]);
  expect(answers[0]).toMatchObject({ partner: 'acme', field: 'tier', setIn: { subject: 'Demote Acme' } });
  expect(await eventsOf(path, { 'all-commits': true })).toEqual([
    '0: acme added',
    '0: globex added',
    'Demote Acme: acme tier gold→silver',
    'Rename Globex: globex name Globex→G',
  ]);
  const { out } = await historyIn(path, { positionals: ['acme'], field: ['tier'] });
  expect(out.split('\n')[1]).toMatch(/^ {2}Set by Jo in \w{8}: Demote Acme$/);
});

test('what a subject, an author or a note holds is shown and never obeyed', async () => {
  const path = repositoryOf({ 'partners.yaml': file(acme('gold')) });
  const hostile = '=cmd|x\u001b[31m ##[error] | <b>@all</b> \u202e`';
  const commit = commitOn(
    path,
    2,
    hostile,
    { 'partners.yaml': file(acme('silver')) },
    '::error::Jo\u001b]0;x\u0007',
  );
  const record = {
    startedAt: '2026-03-02',
    finishedAt: '2026-03-02',
    url: `javascript:${hostile}`,
    complete: true,
  };
  const result = { handle: 'acme', status: 'applied', fields: ['tier'], kept: [] };
  const line = { kind: 'introwctl-apply', formatVersion: '1.0', ...record, results: [result] };
  git(path, 'notes', '--ref=introw', 'add', '-m', JSON.stringify(line), commit);
  const shown = async (format: 'text' | 'json' | 'csv' | 'markdown' | 'html') => {
    const { exit, out, err } = await historyIn(path, { positionals: ['acme'], runs: true, format });
    expect({ exit, err }).toEqual({ exit: 0, err: 'Reading the history of 2 commits\n' });
    return out;
  };
  for (const format of ['text', 'json', 'csv', 'markdown', 'html'] as const) {
    const out = await shown(format);
    expect(out).toContain('Jo');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202e]|^::|##\[/m);
  }
  expect(await shown('csv')).toContain(",'=cmd|x");
  expect(await shown('html')).not.toMatch(/<b>@|href="(?!https:)/);
  expect(await shown('markdown')).not.toMatch(/<b>|@all|javascript:=/);
});

test('a history as a sheet has a row for each value, and as Markdown a row for each commit', async () => {
  const path = repositoryOf(
    { 'partners.yaml': file(acme('gold')) },
    { 'partners.yaml': file(acme('silver').replace('domain: acme.example', 'domain: null')) },
    { 'partners.yaml': file(globex('gold')) },
  );
  const csv = await historyIn(path, { field: ['tier', 'domain'], format: 'csv' });
  const [head = '', ...rows] = csv.out.trimEnd().split('\r\n');
  const shown = ['handle', 'change', 'field', 'before', 'after', 'after_id'].map((name) =>
    head.split(',').indexOf(name),
  );
  expect(rows.map((row) => shown.map((at) => row.split(',')[at]).join(','))).toEqual([
    'globex,added,tier,,gold,t2',
    'acme,removed,domain,(none),,',
    'acme,removed,tier,silver,,',
    'acme,changed,domain,acme.example,(none),',
    'acme,changed,tier,gold,silver,t1',
    'acme,added,domain,,acme.example,',
    'acme,added,tier,,gold,t2',
  ]);
  const markdown = await historyIn(path, { field: ['tier'], format: 'markdown' });
  expect(markdown.out.split('\n').slice(0, 4)).toEqual([
    '| When | Who | What changed | Commit |',
    '|---|---|---|---|',
    expect.stringMatching(
      /^\| 2026-03-03 \| Pat \| globex&#160; added, tier gold .*<br>acme&#160; removed .* 2 \|$/,
    ),
    expect.stringMatching(/^\| 2026-03-02 \| Pat \| acme&#160; tier: gold/),
  ]);
});

test('a record is of a commit: what was planned from other files is not applied with one', async () => {
  const introw = await sandbox();
  const path = repositoryOf({ 'partners.yaml': file(globex('gold')) });
  const env = environment(introw.url);
  const apply = (...more: string[]) =>
    introwctl(path, ['apply', ...more, '--auto-approve', '--record', '--max-changes', '100%'], env);
  await introwctl(path, ['plan', '--out', 'plan.json', '--max-changes', '100%'], env);
  write(path, { 'partners.yaml': file(globex('silver')) });
  const dirty = await apply();
  expect(dirty.exit).toBe(1);
  expect(dirty.err).toContain('NOT_COMMITTED');
  expect(introw.log.filter(({ method }) => method !== 'GET')).toEqual([]);
  // Line endings that git itself changes are no other file.
  write(path, { 'partners.yaml': file(globex('gold')).replaceAll('\n', '\r\n') });
  expect((await apply()).exit).toBe(0);
  const { runs = [] } = await documentOf(path, { runs: true });
  expect(runs.map(({ results }) => results.map(({ handle, status }) => [handle, status]))).toEqual([
    [['globex', 'applied']],
  ]);
});

test('nothing is recorded where there is no commit, and nothing is sent then', async () => {
  const introw = await sandbox();
  const path = folder({ 'partners.yaml': file(acme('gold')) });
  const { exit, err } = await introwctl(
    path,
    ['apply', '--auto-approve', '--record'],
    environment(introw.url),
  );
  expect({ exit, requests: introw.log.length }).toEqual({ exit: 1, requests: 0 });
  expect(err).toContain('--record needs a git repository with a commit.');
});

function fitsSchema({ out }: Run): void {
  const schema = JSON.parse(
    readFileSync(new URL('../../schemas/history.schema.json', import.meta.url), 'utf8'),
  );
  const check = new Ajv2020({ strict: true }).compile(schema);
  check(JSON.parse(out));
  expect(check.errors).toBeNull();
}

test('drift and plan name who set a value, whatever became of its line', async () => {
  const partners = ['a', 'b', 'c', 'd'].map((name, index) => ({ id: `ptn_${index}`, name, tierId: 't9' }));
  const introw = await sandbox({ seed: { partners } });
  const entry = (name: string, index: number, more: string) =>
    `  ${name}: { id: ptn_${index}, name: ${name}${more} }\n`;
  const all = (tier: string, catalogId = 't1') =>
    `version: 1\ncatalog: { tiers: { gold: t2, silver: ${catalogId} } }\ndefaults: { tierId: ${tier} }\npartners:\n`;
  const path = repositoryOf({
    'all.yaml': `${all('t3')}${entry('a', 0, '')}${entry('b', 1, ', tier: silver')}${entry('c', 2, ', tier: gold')}${entry('d', 3, ', tier: gold')}`,
  });
  git(path, 'remote', 'add', 'origin', 'git@gitlab.example:us/partners.git');
  const [b, c, d] = [
    entry('b', 1, ', tier: silver'),
    entry('c', 2, ', tier: gold'),
    entry('d', 3, ', tier: gold'),
  ];
  commitOn(path, 2, 'the default', { 'all.yaml': `${all('t4')}${entry('a', 0, '')}${b}${c}${d}` }, 'Ann');
  commitOn(
    path,
    3,
    'the catalog',
    { 'all.yaml': `${all('t4', 't5')}${entry('a', 0, '')}${b}${c}${d}` },
    'Bo',
  );
  git(path, 'checkout', '--quiet', '-b', 'side');
  const c2 = entry('c', 2, ', tier: silver');
  commitOn(
    path,
    4,
    'on a branch',
    { 'all.yaml': `${all('t4', 't5')}${entry('a', 0, '')}${b}${c2}${d}` },
    'Cy',
  );
  git(path, 'checkout', '--quiet', 'main');
  git(path, 'merge', '--quiet', '--no-ff', '-m', 'Merge side', 'side');
  // Lines move into two files, the handle of c is renamed, and nothing of it is a change of a value.
  commitOn(path, 6, 'split', {
    'all.yaml': null,
    'one.yaml': `${all('t4', 't5')}${entry('a', 0, '')}${b}`,
    'two.yaml': `version: 1\npartners:\n${c2.replace('  c:', '  renamed:')}${d}`,
  });
  write(path, {
    'two.yaml': `version: 1\npartners:\n${c2.replace('  c:', '  renamed:')}${d.replace('gold', 'silver')}`,
  });
  const args = ['-f', 'one.yaml', '-f', 'two.yaml', '--format', 'json'];
  const setBy = async (command: string, ...more: string[]) => {
    const { out } = await introwctl(path, [command, ...args, ...more], environment(introw.url));
    const { changes }: Plan = JSON.parse(out);
    return changes.map(({ address, fields }) => {
      const blame = fields.find(({ field }) => field === 'tier')?.blame;
      return [address, blame?.author, blame?.subject, blame?.url?.replace(/[0-9a-f]{40}/, 'id')];
    });
  };
  const page = 'https://gitlab.example/us/partners/-/commit/id';
  const expected = [
    ['a', 'Ann', 'the default', page],
    ['b', 'Bo', 'the catalog', page],
    ['renamed', 'Cy', 'on a branch', page],
  ];
  expect(await setBy('drift')).toEqual([...expected, ['d', undefined, undefined, undefined]]);
  expect((await setBy('plan', '--base', 'HEAD')).slice(0, 3)).toEqual(expected);
});
