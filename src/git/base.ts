/** The files as they were at another ref, read from git itself: nothing is checked out, and nothing fetched but what a partial clone left out. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { nearest } from '../desired/nearest.ts';
import { lstat, realpath } from '../file-system.ts';
import { isPartnersFile, type SourceFile } from '../files/read.ts';
import { failure } from '../problem.ts';
import { git } from './git.ts';
import { gitOnFolders, readBlobs } from './missing.ts';

export type Base = {
  readonly ref: string;
  readonly commit: string;
  /** Under the paths that readSources would give; a file that didn't exist at the base isn't among them. */
  readonly files: readonly SourceFile[];
  /** Whether HEAD has everything that the base has; in a shallow clone that may be more than git can say. */
  readonly isAncestor: boolean | 'unknown';
};

/** Reads the files and folders of -f at `ref`. Folders are listed from git, so that deleted files are found too. */
export async function readBase(paths: readonly string[], ref: string): Promise<Base> {
  const top = await topLevel(process.cwd());
  const commit = await commitOf(top, ref);
  const isAncestor = await ancestryOf(top, commit);
  const listed = await Promise.all(paths.map((path) => listAt(top, commit, ref, path)));
  // As with the files of today, one that is reached by two names is one, under the first.
  const entries = new Map<string, Entry>();
  for (const entry of listed.flat()) if (!entries.has(entry.inside)) entries.set(entry.inside, entry);
  const found = [...entries.values()];
  const texts = await readBlobs(
    top,
    found.map(({ object }) => object),
  );
  const files = found.map(({ path }, index) => ({ path, text: textAt(path, texts[index]) }));
  return { ref, commit, files, isAncestor };
}

function textAt(path: string, text: string | null | undefined): string {
  if (text != null) return text;
  throw failure('GIT_FAILED', `git could not read ${path} at the base.`);
}

/** The commit that a ref names here; null where git has no such ref. */
export async function commitAt(ref: string): Promise<string | null> {
  return commitIn(await topLevel(process.cwd()), ref);
}

/** The commit that is checked out here; null where there is none, or no git. */
export async function checkedOutCommit(): Promise<string | null> {
  if (!mayBeInRepository(process.cwd())) return null;
  const result = await git(process.cwd(), ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(() => null);
  return result?.code === 0 ? result.stdout.toString().trim() : null;
}

/** Whether it is worth to start git here: it would look for the same in the folders above. */
function mayBeInRepository(folder: string): boolean {
  if (process.env.GIT_DIR !== undefined || existsSync(join(folder, '.git'))) return true;
  const above = dirname(folder);
  return above !== folder && mayBeInRepository(above);
}

/** The commit that a ref names in the repository of `top`; null where git has no such ref. */
export async function commitIn(top: string, ref: string): Promise<string | null> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const { code, stdout } = await git(top, asked);
  return code === 0 ? stdout.toString().trim() : null;
}

const topLevels = new Map<string, string>();

/** The folder that holds the repository. It doesn't move while a program runs, so git is asked once. */
export async function topLevel(folder: string): Promise<string> {
  const known = topLevels.get(folder);
  if (known !== undefined) return known;
  const top = await askTopLevel(folder);
  topLevels.set(folder, top);
  return top;
}

async function askTopLevel(folder: string): Promise<string> {
  const { code, stdout, stderr } = await git(folder, ['rev-parse', '--show-toplevel']);
  if (code === 0) return stdout.toString().replace(/\n$/, '');
  if (/dubious ownership/.test(stderr)) {
    throw failure('GIT_FAILED', 'git does not trust this folder, since another user owns it.', {
      hint: 'Run: git config --global --add safe.directory "$PWD".',
    });
  }
  throw failure('NOT_A_GIT_REPOSITORY', 'This folder is not in a git repository.');
}

async function commitOf(top: string, ref: string): Promise<string> {
  const commit = await commitIn(top, ref);
  if (commit !== null) return commit;
  const near = await nearRef(top, ref);
  const hint = near === null ? fetchHint(ref) : `Did you mean ${near}? ${fetchHint(ref)}`;
  throw failure('UNKNOWN_REF', `git has no ref ${JSON.stringify(ref)} here.`, { hint });
}

/** The branch or tag of this clone that is spelled most like `ref`; null where none is near. */
async function nearRef(top: string, ref: string): Promise<string | null> {
  if (!/[g-z]/i.test(ref) || /[~^]/.test(ref)) return null;
  const asked = ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags'];
  const { code, stdout } = await git(top, asked);
  return code === 0 ? nearest(ref, stdout.toString().split('\n').filter(Boolean)) : null;
}

/** The command that brings the ref into a shallow clone, for what can be a name of something to fetch. */
function fetchHint(ref: string): string {
  const command = (what: string) => `In a shallow clone, fetch it first: git fetch ${what}`;
  if (/^0+$/.test(ref))
    return 'CI systems pass zeros where a branch is new: compare with the branch that it began at, such as origin/main.';
  if (/^[0-9a-f]{40}$/.test(ref)) return command(`--depth=1 origin ${ref}`);
  const [, , generations] = /^(HEAD|@)[~^](\d*)$/.exec(ref) ?? [];
  if (generations !== undefined) return command(`--deepen=${generations === '' ? 1 : generations}`);
  const branch = ref.replace(/^origin\//, '');
  if (!/^[\w][\w./-]*$/.test(branch) || branch.includes('..'))
    return 'Check the spelling: it takes a branch, a tag or a commit.';
  return command(`--depth=1 origin ${branch}:refs/remotes/origin/${branch}`);
}

/** Where two shallow ends don't meet, the one may still come from the other. */
async function ancestryOf(top: string, commit: string): Promise<Base['isAncestor']> {
  if ((await git(top, ['merge-base', '--is-ancestor', commit, 'HEAD'])).code === 0) return true;
  const shallow = await git(top, ['rev-parse', '--is-shallow-repository']);
  if (shallow.stdout.toString().trim() !== 'true') return false;
  return (await git(top, ['merge-base', commit, 'HEAD'])).code === 0 ? false : 'unknown';
}

/** A file: as people name it, as git does, and the object with its content. */
type Entry = { readonly path: string; readonly inside: string; readonly object: string };

const kinds: Readonly<Record<string, string>> = { '120000': 'a symbolic link', '160000': 'a submodule' };

async function listAt(top: string, commit: string, ref: string, path: string): Promise<Entry[]> {
  const inside = await pathInside(top, path);
  const list = (...pathspec: string[]) =>
    gitOnFolders(top, ['ls-tree', '-z', '--full-tree', commit, ...pathspec], ['-1', commit]);
  const { code, stdout, stderr } = await list(...(inside === '' ? [] : ['--', inside]));
  if (code !== 0)
    throw failure(
      'GIT_FAILED',
      `git could not list ${path} at ${ref}: ${stderr.trim().split('\n')[0] ?? ''}.`,
    );
  const found = treeRows(stdout);
  const [only] = found;
  if (inside !== '' && only === undefined) {
    await refuseOtherRepository(top, path);
    return [];
  }
  if (inside !== '' && only?.mode !== '040000') return found.map((row) => entryOf(row, path, ref));
  const rows = inside === '' ? found : treeRows((await list('--', `${inside}/`)).stdout);
  return rows
    .filter(({ mode, name }) => mode !== '040000' && isPartnersFile(name.slice(name.lastIndexOf('/') + 1)))
    .map((row) => entryOf(row, join(path, row.name.slice(row.name.lastIndexOf('/') + 1)), ref))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

type Row = { readonly mode: string; readonly object: string; readonly name: string };

/** The rows of `git ls-tree -z`: `<mode> <type> <object>`, a tab and the path, each ended by NUL. */
export function treeRows(stdout: Buffer): Row[] {
  const lines = stdout
    .toString()
    .split('\0')
    .filter((line) => line !== '');
  return lines.map((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', , object = ''] = line.slice(0, tab).split(' ');
    return { mode, object, name: line.slice(tab + 1) };
  });
}

function entryOf({ mode, object, name }: Row, path: string, ref: string): Entry {
  const kind = kinds[mode];
  if (kind !== undefined)
    throw failure('GIT_FAILED', `${path} is ${kind} at ${ref}, which git has no content of.`, {
      hint: 'Pass the file or folder that it points to with -f.',
    });
  return { path, inside: name, object };
}

/** What lies in a submodule, or in another repository in this one, is not new only because this one doesn't have it. */
export async function refuseOtherRepository(top: string, path: string): Promise<void> {
  const full = resolve(path);
  const info = await lstat(full).catch(() => null);
  const folder = await existing(info?.isDirectory() ? full : dirname(full));
  const { code, stdout } = await git(folder, ['rev-parse', '--show-toplevel']);
  const own = stdout.toString().replace(/\n$/, '');
  if (code !== 0 || own === top) return;
  throw failure('GIT_FAILED', `${path} belongs to another git repository: ${own}.`, {
    hint: 'Run this in there: a repository knows nothing of what its submodules held.',
  });
}

/** The path as git calls it: from the top of the repository, with forward slashes. */
export async function pathInside(top: string, path: string): Promise<string> {
  const full = resolve(path);
  const info = await lstat(full).catch(() => null);
  if (info?.isSymbolicLink()) {
    throw failure('GIT_FAILED', `${path} is a symbolic link, and git keeps only where it points.`, {
      hint: 'Pass the file or folder that it points to with -f.',
    });
  }
  const [root, folder] = await Promise.all([realpath(top), existing(dirname(full))]);
  const inside = relative(root, join(folder, relative(dirname(full), full)));
  if (inside === '..' || inside.startsWith(`..${sep}`)) {
    throw failure('NOT_A_GIT_REPOSITORY', `${path} is outside of the git repository ${root}.`, {
      hint: 'Run this in the repository that holds the files.',
    });
  }
  return inside.split(sep).join('/');
}

/** The real path of a folder, also of one that was deleted since. */
async function existing(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : join(await existing(parent), relative(parent, folder));
  }
}
