/** The history of files of partners, read from git alone. */
import { commitIn, refuseOtherRepository } from '../git/base.ts';
import { type Commit, commitsUntil } from '../git/commits.ts';
import { type Links, linksFor } from '../git/links.ts';
import { openObjects } from '../git/objects.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { changesBetween } from '../history/changes.ts';
import { entriesAbout, type Findings, type FoundEntry } from '../history/document.ts';
import type { CommitRef, History, InvalidCommit } from '../history/history.ts';
import type { State } from '../history/states.ts';
import { failure } from '../problem.ts';
import { everyCommit } from './every-commit.ts';
import { type Point, pointOf, rangeOf } from './history-range.ts';
import { settersIn } from './merged-commits.ts';
import { recordedRuns } from './recorded-runs.ts';
import { isNamedBy, openWalk, type Walker } from './walk-history.ts';

export type HistoryQuestion = {
  /** Files and folders, as they are called in the working folder. */
  readonly files: readonly string[];
  /** Dates (`2026-03-31`) or git refs: what is after `since`, and up to and with `until`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Whether the commits of merged branches are listed one by one, in place of the merges. */
  readonly allCommits?: boolean;
  /** The handles that are asked about; everything where there are none. */
  readonly handles?: readonly string[];
  /** Called for each commit that is read: its number from 1, and the number of the last one. */
  readonly onCommit?: (commit: number, of: number) => void;
};

/**
 * Reads the repository of the working folder. Throws NOT_A_GIT_REPOSITORY, UNKNOWN_REF, NO_HISTORY, and USAGE for a date
 * that isn't one. Give the result to `historyDocument`.
 */
export async function readHistory(asked: HistoryQuestion): Promise<Findings> {
  const { handles = [], onCommit = () => undefined } = asked;
  const repository = await openRepository();
  const [since, until] = await Promise.all([
    pointNamed(repository, 'since', asked.since),
    pointNamed(repository, 'until', asked.until),
  ]);
  const head = until?.kind === 'commit' ? until.commit : await commitIn(repository.folder, 'HEAD');
  if (head === null)
    throw failure('NO_HISTORY', 'This repository has no commit yet.', {
      hint: 'Commit the files; their history begins there.',
    });
  const paths = await Promise.all(asked.files.map(repository.inside));
  const commits = await commitsUntil(repository, head, paths, 'first-parent');
  await refuseUnknown(repository, asked.files, paths, commits);
  const isInRange = await rangeOf(repository, head, since, until);
  const objects = openObjects(repository.folder);
  try {
    const walker = await openWalk(repository, objects, commits, paths);
    const links = linksFor(repository.url);
    const { found, first, ...followed } = await follow(
      commits,
      isInRange,
      walker,
      repository,
      links,
      onCommit,
    );
    const refTo = (commit: Commit) => refOf(commit, links);
    const { found: all, ...others } = asked.allCommits
      ? await everyCommit(repository, head, paths, isInRange, walker, refTo)
      : { found };
    const { entries, partners } = entriesAbout(handles, all, first);
    return {
      source: { files: asked.files, until: head, firstParent: asked.allCommits !== true },
      ...followed,
      ...others,
      ...(await recordedRuns(repository, head, objects)),
      entries: await withSetters(entries, commits, repository, head, paths, walker, refTo),
      partners,
    };
  } finally {
    objects.close();
  }
}

/** The entries with who gave each value on the branches that were merged. */
async function withSetters(
  entries: Findings['entries'],
  commits: readonly Commit[],
  repository: Repository,
  head: string,
  paths: readonly string[],
  walker: Walker,
  refTo: (commit: Commit) => CommitRef,
): Promise<Findings['entries']> {
  const listed = new Set(entries.map(({ commit }) => commit));
  const merges = commits.filter(({ id, parents }) => parents.length > 1 && listed.has(id));
  const setters = await settersIn(merges, repository, head, paths, walker, refTo);
  return entries.map((entry) => {
    const setter = setters.get(entry.commit);
    if (setter === undefined) return entry;
    const changes = entry.changes.map((change) => ({
      ...change,
      fields: change.fields.map((step) => ({
        ...step,
        setIn: setter(change.handle, step.field, step.after),
      })),
    }));
    return { ...entry, changes };
  });
}

/** A file that no commit ever touched is a slip: its history would be empty. */
async function refuseUnknown(
  { folder }: Repository,
  files: readonly string[],
  paths: readonly string[],
  commits: readonly Commit[],
): Promise<void> {
  const unknown = files.filter((_, index) => {
    const isAt = isNamedBy([paths[index] ?? '']);
    return !commits.some(({ changes }) => changes.some(({ path }) => isAt(path)));
  });
  for (const file of unknown) await refuseOtherRepository(folder, file);
  if (unknown.length > 0) throw failure('NO_HISTORY', `No commit has ${unknown.join(' or ')}.`);
}

function pointNamed(
  repository: Repository,
  option: 'since' | 'until',
  text: string | undefined,
): Promise<Point | null> {
  return text === undefined ? Promise.resolve(null) : pointOf(repository, option, text);
}

type Followed = Pick<Findings, 'invalid' | 'begins' | 'last'> & {
  readonly found: readonly FoundEntry[];
  /** The state where the history begins; null where that is before the first commit. */
  readonly first: State | null;
};

async function follow(
  commits: readonly Commit[],
  isInRange: (commit: Commit) => boolean,
  walker: Walker,
  repository: Repository,
  links: Links,
  onCommit: (commit: number, of: number) => void,
): Promise<Followed> {
  const start = commits.findIndex(isInRange);
  const end = commits.findLastIndex(isInRange);
  const found: FoundEntry[] = [];
  const invalid: InvalidCommit[] = [];
  let begins: History['begins'] = null;
  let first: State | null = null;
  let last: State | null = null;
  let bridged: string[] = [];
  if (start === -1) return { found, invalid, begins, first, last };
  for await (const { commit, index, built } of walker.steps(await baseline(start, walker))) {
    if (index > end) break;
    onCommit(index + 1, end + 1);
    const about = refOf(commit, links);
    if (!built.valid) {
      if (index < start) continue;
      const { code, message, position } = built.problem;
      invalid.push({ ...about, problem: { code, message, position } });
      bridged.push(commit.id);
      continue;
    }
    const { state } = built;
    const isShallowEnd = repository.shallowEnds.has(commit.id);
    if (index < start || isShallowEnd) {
      begins = { commit: commit.id, date: about.date, reason: isShallowEnd ? 'shallow' : 'since' };
      first = state;
    } else {
      const changes = isInRange(commit) ? changesBetween(last, state) : [];
      if (changes.length > 0) found.push({ ...about, bridged, changes });
      bridged = [];
    }
    last = state;
  }
  refuseAllInvalid(last, invalid);
  return { found, invalid, begins, first, last };
}

/** Where no commit's files are valid, that isn't a history without changes: mostly a file that belongs to them is missing. */
function refuseAllInvalid(last: State | null, invalid: readonly InvalidCommit[]): void {
  const newest = invalid.at(-1);
  if (last !== null || newest === undefined) return;
  const { commit, problem } = newest;
  const place = problem.position === null ? '' : `${problem.position.file}:${problem.position.line}: `;
  const message = `No commit has files that validate. The newest, ${commit.slice(0, 8)}: ${place}${problem.message}`;
  throw failure('NO_HISTORY', message, {
    hint: 'Pass all files that belong together with -f, such as the catalog.',
  });
}

/** The commit before the range, whose state the first change is compared with; an earlier one where that isn't valid. */
async function baseline(start: number, { steps }: Walker): Promise<number> {
  for (let index = Math.max(0, start - 1); index > 0; index = Math.max(0, index - 10)) {
    const { value } = await steps(index).next();
    if (value?.built.valid === true) return index;
  }
  return 0;
}

/** A commit as the document shows it. */
export function refOf({ id, author, committer, subject }: Commit, links: Links): CommitRef {
  return {
    commit: id,
    date: committer.date,
    author,
    committer,
    subject,
    url: links.commit(id),
    review: links.review(subject),
  };
}
