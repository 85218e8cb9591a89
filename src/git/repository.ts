/** The repository that history is read from: with a working tree, a linked one, or bare. */
import { join, relative, resolve, sep } from 'node:path';
import { readFile, realpath } from '../file-system.ts';
import { failure } from '../problem.ts';
import { pathInside, topLevel } from './base.ts';
import { git } from './git.ts';
import { promisorAmong, remotesOf } from './remotes.ts';

export type Repository = {
  /** Where git runs: the top of the working tree, or the bare repository. */
  readonly folder: string;
  /** The commits whose parents a shallow clone left out; empty in a complete one. */
  readonly shallowEnds: ReadonlySet<string>;
  /** The remote that objects come from which a partial clone left out; null in a complete one. */
  readonly promisor: string | null;
  /** Where the remote is; null without one. It may hold a password. */
  readonly url: string | null;
  /** A path as git calls it, from the top and with forward slashes. */
  readonly inside: (path: string) => Promise<string>;
  /** The reverse: a path as people name it, from where they are. */
  readonly seen: (inside: string) => string;
};

export async function openRepository(): Promise<Repository> {
  const here = process.cwd();
  const asked = await git(here, ['rev-parse', '--is-bare-repository', '--is-shallow-repository']);
  if (asked.code !== 0 && !/dubious ownership/.test(asked.stderr)) throw noRepository();
  const [isBare, isShallow] = asked.stdout.toString().trim().split('\n');
  const folder = isBare === 'true' ? here : await topLevel(here);
  const root = await realpath(folder);
  const remotes = await remotesOf(folder);
  return {
    folder,
    shallowEnds: isShallow === 'true' ? await shallowEnds(folder) : new Set(),
    promisor: promisorAmong(remotes),
    url: (remotes.find(({ name }) => name === 'origin') ?? remotes[0])?.url ?? null,
    inside: (path) => (isBare === 'true' ? insideBare(path) : pathInside(folder, path)),
    seen: (inside) => (isBare === 'true' ? inside : relative(process.cwd(), join(root, inside)) || '.'),
  };
}

async function shallowEnds(folder: string): Promise<Set<string>> {
  const { stdout } = await git(folder, ['rev-parse', '--git-path', 'shallow']);
  const text = await readFile(resolve(folder, stdout.toString().trim()), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== ''));
}

/** A bare repository has no folders to be in: paths begin at its top. */
async function insideBare(path: string): Promise<string> {
  const inside = join(path).split(sep).join('/').replace(/\/$/, '');
  if (inside.startsWith('..') || inside.startsWith('/'))
    throw failure('NOT_A_GIT_REPOSITORY', `${path} is outside of this bare repository.`, {
      hint: 'Pass paths from the top of the repository with -f.',
    });
  return inside === '.' ? '' : inside;
}

function noRepository() {
  return failure('NOT_A_GIT_REPOSITORY', 'This folder is not in a git repository, so it has no history.', {
    hint: 'Run this inside the git repository that holds the files.',
  });
}
