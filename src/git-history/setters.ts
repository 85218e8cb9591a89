/** The commits that gave values their meaning, found by going back through the history of the files. */
import { checkedOutCommit } from '../git/base.ts';
import { commitsUntil } from '../git/commits.ts';
import { linksFor } from '../git/links.ts';
import { openObjects } from '../git/objects.ts';
import { openRepository } from '../git/repository.ts';
import { changesBetween, factOf } from '../history/changes.ts';
import type { State } from '../history/states.ts';
import { type Json, sameJson } from '../json.ts';
import type { Handle } from '../partner.ts';
import type { Blame } from '../plan/plan.ts';
import { settersIn } from './merged-commits.ts';
import { refOf } from './read-history.ts';
import { openWalk } from './walk-history.ts';

/** A value that the files state now. */
type Wanted = { readonly handle: Handle; readonly field: string; readonly value: Json };

/** `now` is its handle at the commit that is looked at. */
type Open = Wanted & { readonly now: Handle };

/** Goes back from HEAD, only as far as it takes to find all. What HEAD doesn't say is nobody's yet. */
export async function whoSet(
  files: readonly string[],
  wanted: readonly Wanted[],
): Promise<Map<string, Blame>> {
  const found = new Map<string, Blame>();
  const [repository, head] = await Promise.all([openRepository(), checkedOutCommit()]);
  if (head === null) return found;
  const paths = await Promise.all(files.map(repository.inside));
  const commits = await commitsUntil(repository, head, paths, 'first-parent');
  const links = linksFor(repository.url);
  const objects = openObjects(repository.folder);
  try {
    const walker = await openWalk(repository, objects, commits, paths);
    let open: readonly Open[] | null = null;
    // The oldest commit after which nothing has been seen to differ, and what the files meant there.
    let shown: { readonly state: State; readonly commit: (typeof commits)[number] } | null = null;
    for await (const { commit, before, after } of walker.stepsBack()) {
      if (after.valid) shown = { state: after.state, commit };
      if (shown === null) continue;
      const { state, commit: setBy } = shown;
      open ??= wanted
        .filter(({ handle, field, value }) =>
          sameJson(factOf(state.partners.get(handle), field)?.value, value),
        )
        .map((each): Open => ({ ...each, now: each.handle }));
      if (open.length === 0 || repository.shallowEnds.has(commit.id)) break;
      if (!before.valid) continue;
      const changes = new Map(changesBetween(before.state, state).map((change) => [change.handle, change]));
      const set: readonly Open[] = open.filter(({ now, field }) => {
        const change = changes.get(now);
        return change?.fields.some((step) => step.field === field) ?? false;
      });
      if (set.length > 0) {
        const refTo = (each: (typeof commits)[number]) => refOf(each, links);
        const merges = setBy.parents.length > 1 ? [setBy] : [];
        const setter = (await settersIn(merges, repository, head, paths, walker, refTo)).get(setBy.id);
        for (const { handle, now, field } of set) {
          const step = changes.get(now)?.fields.find((each) => each.field === field);
          const by = setter?.(now, field, step?.after ?? null) ?? refTo(setBy);
          const { commit: id, date, subject, author, url, review } = by;
          found.set(`${handle} ${field}`, {
            commit: id,
            date,
            subject,
            author: author.name,
            url: review?.url ?? url,
          });
        }
      }
      open = open
        .filter((each) => !set.includes(each))
        .map((each): Open => ({ ...each, now: changes.get(each.now)?.from ?? each.now }));
    }
    return found;
  } finally {
    objects.close();
  }
}
