/**
 * Objects that a partial clone left out, fetched all at once: git itself would fetch them one by one as they are read,
 * with programs that the repository's configuration names.
 */
import { failure } from '../problem.ts';
import type { Commit } from './commits.ts';
import { type GitResult, git, overNetwork } from './git.ts';
import { openObjects } from './objects.ts';
import { promisorAmong, remotesOf } from './remotes.ts';
import type { Repository } from './repository.ts';

/** Fetches what these commits' files held, where it isn't here. Throws like fetchObjects. */
export async function fetchMissing(
  { folder, promisor }: Repository,
  commits: readonly Commit[],
  isWanted: (path: string) => boolean,
): Promise<void> {
  const wanted = new Set<string>();
  for (const { changes } of commits)
    for (const { path, before, after } of changes)
      for (const version of isWanted(path) ? [before, after] : [])
        if (version?.kind === 'file') wanted.add(version.object);
  await fetchObjects(folder, promisor, wanted);
}

/** The contents of files, by their objects; null for what isn't there. Throws like fetchObjects. */
export async function readBlobs(
  folder: string,
  objects: readonly string[],
): Promise<readonly (string | null)[]> {
  if (objects.length === 0) return [];
  await fetchObjects(folder, await promisorOf(folder), objects);
  const reader = openObjects(folder);
  try {
    return await reader.read(objects);
  } finally {
    reader.close();
  }
}

/**
 * Runs a command of git that looks into the folders of commits. Where a clone without folders (`--filter=tree:0`) lacks
 * some, they are fetched and it is run again. `which` are the commits, as git log takes them.
 */
export async function gitOnFolders(
  folder: string,
  args: readonly string[],
  which: readonly string[],
): Promise<GitResult> {
  const result = await git(folder, args);
  const promisor = result.code === 0 ? null : await promisorOf(folder);
  if (promisor === null) return result;
  const listed = await git(folder, ['log', '--format=%T', ...which]);
  await fetchObjects(folder, promisor, listed.stdout.toString().split('\n'));
  return git(folder, args);
}

async function promisorOf(folder: string): Promise<string | null> {
  return promisorAmong(await remotesOf(folder));
}

/** No program but ssh is run for it, and nobody is asked for a password. */
const nothingOfTheirs = {
  ...overNetwork,
  GIT_ASKPASS: '',
  GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh',
};

/** Fetches what of these objects isn't here; '' is none. Throws GIT_FAILED where the remote doesn't give it. */
export async function fetchObjects(
  folder: string,
  promisor: string | null,
  objects: Iterable<string>,
): Promise<void> {
  if (promisor === null) return;
  const wanted = new Set(objects);
  wanted.delete('');
  if (wanted.size === 0) return;
  const here = await git(folder, [
    'cat-file',
    '--batch-all-objects',
    '--unordered',
    '--batch-check=%(objectname)',
  ]);
  for (const object of here.stdout.toString().split('\n')) wanted.delete(object);
  if (wanted.size === 0) return;
  const asked = [
    ...['-c', 'fetch.negotiationAlgorithm=noop', '-c', 'core.gitProxy='],
    ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'],
    ...[
      '--recurse-submodules=no',
      '--filter=blob:none',
      '--upload-pack=git-upload-pack',
      '--stdin',
      promisor,
    ],
  ];
  const { code, stderr } = await git(folder, asked, `${[...wanted].join('\n')}\n`, nothingOfTheirs);
  if (code === 0) return;
  const why = stderr.trim().split('\n')[0] ?? '';
  throw failure(
    'GIT_FAILED',
    `This partial clone lacks versions of the files, and ${promisor} gave none: ${why}.`,
    {
      hint: 'Run git log -p --first-parent -- with the files, which fetches them with your own settings, then this again.',
    },
  );
}
