import { git } from './git.ts';

/** A remote that is set up. `url` may hold a password. */
export type Remote = { readonly name: string; readonly url: string | null; readonly isPromisor: boolean };

/** The remotes of a repository. */
export async function remotesOf(folder: string): Promise<readonly Remote[]> {
  // One NUL-ended row for each setting: its name, a line break, its value.
  const { stdout } = await git(folder, ['config', '-z', '--get-regexp', '^remote\\..*\\.(url|promisor)$']);
  const remotes = new Map<string, Remote>();
  for (const row of stdout.toString().split('\0')) {
    const [, name, key, value = ''] = /^remote\.(.*)\.(url|promisor)(?:\n(.*))?$/s.exec(row) ?? [];
    if (name === undefined) continue;
    const remote = remotes.get(name) ?? { name, url: null, isPromisor: false };
    const isPromisor = key === 'promisor' ? value !== 'false' : remote.isPromisor;
    remotes.set(name, { name, url: key === 'url' ? value : remote.url, isPromisor });
  }
  return [...remotes.values()];
}

/** The one that objects come from which a partial clone left out; null in a complete one. */
export function promisorAmong(remotes: readonly Remote[]): string | null {
  return remotes.find(({ isPromisor }) => isPromisor)?.name ?? null;
}
