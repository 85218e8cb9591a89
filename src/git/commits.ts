/** The commits that changed YAML files, with what each changed: one `git log`. */
import { failure } from '../problem.ts';
import { gitOnFolders } from './missing.ts';
import type { Repository } from './repository.ts';

/** Who wrote or committed it, and when (ISO 8601, UTC). */
export type Signature = { readonly name: string; readonly email: string; readonly date: string };

export type Commit = {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly subject: string;
  /** Against the first parent. */
  readonly changes: readonly FileChange[];
};

/** A file before and after; null where it didn't exist. What isn't a regular file has a mode that says so. */
export type FileChange = {
  readonly path: string;
  readonly before: Version | null;
  readonly after: Version | null;
};

export type Version = { readonly object: string; readonly kind: 'file' | 'link' | 'submodule' };

export type Walk = 'first-parent' | 'all' | 'no-merges';

/** Commits up to `until`, oldest first, that changed one of the named files or any YAML file. */
export async function commitsUntil(
  { folder }: Repository,
  until: string,
  paths: readonly string[],
  walk: Walk,
): Promise<readonly Commit[]> {
  const asked = [
    'log',
    ...walks[walk],
    '--topo-order',
    '--reverse',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '--no-follow',
    '--no-color',
    '--no-decorate',
    '--no-notes',
    '--no-show-signature',
    '--encoding=UTF-8',
    '--format=%H%n%P%n%an%n%ae%n%at%n%cn%n%ce%n%ct%n%s',
    until,
    '--',
    ':(top,icase)*.yaml',
    ':(top,icase)*.yml',
    ...paths.filter((path) => path !== '' && !/\.ya?ml$/i.test(path)).map((path) => `:(top,literal)${path}`),
  ];
  const listed = await gitOnFolders(folder, asked, [
    ...(walk === 'first-parent' ? ['--first-parent'] : []),
    until,
  ]);
  if (listed.code !== 0)
    throw failure('GIT_FAILED', `git could not read the history: ${listed.stderr.trim().split('\n')[0]}.`);
  return commitsIn(listed.stdout.toString());
}

/** Where merges are listed, they are compared with their first parent: what they brought into the branch. */
const walks: Readonly<Record<Walk, readonly string[]>> = {
  'first-parent': ['--first-parent', '-m'],
  all: ['--full-history', '--diff-merges=first-parent'],
  'no-merges': ['--full-history', '--no-merges'],
};

/** A header, then for each file `:100644 100644 <object> <object> M` and its path, all ended by NUL. */
function commitsIn(stdout: string): Commit[] {
  const commits: Commit[] = [];
  const tokens = stdout.split('\0');
  let changes: FileChange[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]?.replace(/^\n/, '') ?? '';
    if (token === '') continue;
    if (token.startsWith(':')) changes.push(changeIn(token, tokens[++index] ?? ''));
    else {
      changes = [];
      commits.push(commitIn(token, changes));
    }
  }
  return commits;
}

function commitIn(header: string, changes: readonly FileChange[]): Commit {
  const [id = '', parents = '', an = '', ae = '', at = '', cn = '', ce = '', ct = '', ...subject] =
    header.split('\n');
  return {
    id,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, date: dateOf(at) },
    committer: { name: cn, email: ce, date: dateOf(ct) },
    subject: subject.join(' ').trim(),
    changes,
  };
}

/** Seconds as a date. A commit may hold any number, also one that is no date. */
function dateOf(seconds: string): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

function changeIn(row: string, path: string): FileChange {
  const [before = '', after = '', old = '', now = ''] = row.slice(1).split(' ');
  return { path, before: versionOf(before, old), after: versionOf(after, now) };
}

function versionOf(mode: string, object: string): Version | null {
  if (mode === '000000') return null;
  return { object, kind: kinds[mode] ?? 'file' };
}

/** The modes that git gives to what is no regular file. */
const kinds: Readonly<Record<string, Version['kind']>> = { '120000': 'link', '160000': 'submodule' };
