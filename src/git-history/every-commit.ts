/** What every commit changed, those of branches included, and a merge what none of its parents had. */
import { parentsUntil } from '../git/branches.ts';
import { type Commit, commitsUntil } from '../git/commits.ts';
import { fetchMissing } from '../git/missing.ts';
import type { Repository } from '../git/repository.ts';
import { type Change, changesBetween } from '../history/changes.ts';
import type { FoundEntry } from '../history/document.ts';
import type { CommitRef, InvalidCommit } from '../history/history.ts';
import type { State } from '../history/states.ts';
import { sameJson } from '../json.ts';
import type { Walker } from './walk-history.ts';

type Found = { readonly found: readonly FoundEntry[]; readonly invalid: readonly InvalidCommit[] };

/** The entries of all commits, parents before children. */
export async function everyCommit(
  repository: Repository,
  head: string,
  paths: readonly string[],
  isInRange: (commit: Commit) => boolean,
  walker: Pick<Walker, 'stateAt' | 'isOurs'>,
  refOf: (commit: Commit) => CommitRef,
): Promise<Found> {
  const commits = await commitsUntil(repository, head, paths, 'all');
  await fetchMissing(repository, commits, walker.isOurs);
  const parents = await parentsUntil(repository, head);
  const listed = new Set(commits.map(({ id }) => id));
  const found: FoundEntry[] = [];
  const invalid: InvalidCommit[] = [];
  for (const commit of commits) {
    const isOurs = commit.parents.length > 1 || commit.changes.some(({ path }) => walker.isOurs(path));
    if (!isOurs || !isInRange(commit) || repository.shallowEnds.has(commit.id)) continue;
    const built = await walker.stateAt(commit.id);
    if (!built.valid) {
      const { code, message, position } = built.problem;
      invalid.push({ ...refOf(commit), problem: { code, message, position } });
      continue;
    }
    const { changes, bridged } = await changesOf(commit, built.state, { parents, listed }, walker);
    if (changes.length > 0) found.push({ ...refOf(commit), bridged, changes });
  }
  return { found, invalid };
}

/** All commits, with their parents, and those that changed files. */
type Graph = {
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly listed: ReadonlySet<string>;
};

type Changed = { readonly changes: readonly Change[]; readonly bridged: readonly string[] };

async function changesOf(
  commit: Commit,
  after: State,
  graph: Graph,
  walker: Pick<Walker, 'stateAt'>,
): Promise<Changed> {
  const before = await Promise.all(commit.parents.map((parent) => validBefore(parent, graph, walker)));
  const [first = { state: null, bridged: [] }, ...others] = before;
  const against = others.map(({ state }) => changesBetween(state, after));
  const changes = changesBetween(first.state, after).flatMap((change) => {
    const fields = change.fields.filter((step) =>
      against.every((list) => list.some((other) => isSame(other, change, step))),
    );
    const isNew = against.every((list) =>
      list.some(({ handle, kind }) => handle === change.handle && kind === change.kind),
    );
    const says = fields.length > 0 || (isNew && (change.kind !== 'changed' || change.from !== null));
    return says ? [{ ...change, fields }] : [];
  });
  return { changes, bridged: first.bridged };
}

function isSame(other: Change, change: Change, step: Change['fields'][number]): boolean {
  return (
    other.handle === change.handle &&
    other.fields.some(({ field, after }) => field === step.field && sameJson(after?.value, step.after?.value))
  );
}

/** How many commits in a row may be invalid before what was before them is given up. */
const farthest = 1000;

/** The state at a commit, or at the nearest one before it whose files validate. */
async function validBefore(
  commit: string,
  { parents, listed }: Graph,
  { stateAt }: Pick<Walker, 'stateAt'>,
): Promise<{ readonly state: State | null; readonly bridged: readonly string[] }> {
  const bridged: string[] = [];
  for (let at: string | undefined = commit; at !== undefined && bridged.length < farthest; ) {
    const built = await stateAt(at);
    if (built.valid) return { state: built.state, bridged };
    if (listed.has(at)) bridged.push(at);
    at = parents.get(at)?.[0];
  }
  return { state: null, bridged };
}
