/** Which commits each merge brought into the branch: what is reachable from it, and not from its first parent. */
import { git } from './git.ts';
import type { Repository } from './repository.ts';

/** The parents of every commit up to `head`, whatever it changed. */
export async function parentsUntil(
  { folder }: Repository,
  head: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await git(folder, ['rev-list', '--topo-order', '--parents', head]);
  const lines = stdout.toString().split('\n');
  return new Map(
    lines.map((line) => {
      const [commit = '', ...parents] = line.split(' ');
      return [commit, parents];
    }),
  );
}

/** For each commit up to `head`, the commit of the first-parent line that brought it; that line's own commits bring themselves. */
export async function broughtBy(repository: Repository, head: string): Promise<ReadonlyMap<string, string>> {
  const parents = await parentsUntil(repository, head);
  const line: string[] = [];
  for (let at: string | undefined = head; at !== undefined && parents.has(at); at = parents.get(at)?.[0])
    line.push(at);
  const by = new Map<string, string>();
  for (const commit of line.reverse()) {
    const open = [commit];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (by.has(next)) continue;
      by.set(next, commit);
      open.push(...(parents.get(next) ?? []));
    }
  }
  return by;
}
