/** Who decided what a merge brought: the commit on the branch that gave the value, and not who merged it. */

import { broughtBy } from '../git/branches.ts';
import { type Commit, commitsUntil } from '../git/commits.ts';
import { fetchMissing } from '../git/missing.ts';
import type { Repository } from '../git/repository.ts';
import { grouped } from '../grouped.ts';
import { type Change, changesBetween, type Stated } from '../history/changes.ts';
import type { CommitRef } from '../history/history.ts';
import { sameJson } from '../json.ts';
import type { Walker } from './walk-history.ts';

/** Finds the merged commit that gave a value; null where none of them did by itself. */
export type FindSetter = (handle: string, field: string, after: Stated) => CommitRef | null;

/** For each of these merges, by id. Two git processes, however many there are; none where there are no merges. */
export async function settersIn(
  merges: readonly Commit[],
  repository: Repository,
  head: string,
  paths: readonly string[],
  walker: Pick<Walker, 'stateAt' | 'isOurs'>,
  refOf: (commit: Commit) => CommitRef,
): Promise<ReadonlyMap<string, FindSetter>> {
  const setters = new Map<string, FindSetter>();
  if (merges.length === 0) return setters;
  const [by, commits] = await Promise.all([
    broughtBy(repository, head),
    commitsUntil(repository, head, paths, 'no-merges'),
  ]);
  await fetchMissing(repository, commits, walker.isOurs);
  const brought = grouped(
    commits.filter(({ changes }) => changes.some(({ path }) => walker.isOurs(path))),
    ({ id }) => by.get(id) ?? id,
  );
  for (const merge of merges) {
    const found: { readonly commit: Commit; readonly changes: readonly Change[] }[] = [];
    for (const commit of brought.get(merge.id) ?? [])
      if (commit.id !== merge.id) found.push({ commit, changes: await changesIn(commit, walker) });
    setters.set(merge.id, (handle, field, after) => {
      const setter = found.findLast(({ changes }) =>
        changes.some(
          (change) =>
            change.handle === handle &&
            change.fields.some((step) => step.field === field && sameJson(step.after?.value, after?.value)),
        ),
      );
      return setter === undefined ? null : refOf(setter.commit);
    });
  }
  return setters;
}

/** What a commit changed against its first parent; nothing where one of the two isn't valid. */
async function changesIn(
  { id, parents: [parent] }: Commit,
  { stateAt }: Pick<Walker, 'stateAt'>,
): Promise<Change[]> {
  const before = parent === undefined ? null : await stateAt(parent);
  const after = await stateAt(id);
  if (!after.valid || before?.valid === false) return [];
  return changesBetween(before?.state ?? null, after.state);
}
