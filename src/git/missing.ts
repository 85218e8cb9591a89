/**
 * Contents that a partial clone left out, fetched all at once: git itself would fetch them one by one as they are read,
 * with programs that the repository's configuration names.
 */
import { failure } from '../problem.ts';
import type { Commit } from './commits.ts';
import { git } from './git.ts';
import type { Repository } from './repository.ts';

/** No program but ssh is run for it, and nobody is asked for a password. */
const nothingOfTheirs = {
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
  GIT_ASKPASS: '',
  GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh',
};

/** Fetches what these commits' files held, where it isn't here. Throws GIT_FAILED where the remote doesn't give it. */
export async function fetchMissing(
  { folder, promisor }: Repository,
  commits: readonly Commit[],
  isWanted: (path: string) => boolean,
): Promise<void> {
  if (promisor === null) return;
  const wanted = new Set<string>();
  for (const { changes } of commits)
    for (const { path, before, after } of changes)
      for (const version of isWanted(path) ? [before, after] : [])
        if (version?.kind === 'file') wanted.add(version.object);
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
