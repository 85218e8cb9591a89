/** apply --record: the outcome as a note of the commit that was applied. */
import { fingerprint } from '../apply/plan-live.ts';
import { type Recorded, recordOf } from '../apply/record.ts';
import { detectCodeHost } from '../code-host/detect.ts';
import { checkedOutCommit, readBase } from '../git/base.ts';
import { addNote } from '../git/notes.ts';
import { recordLine } from '../history/records.ts';
import type { Plan } from '../plan/plan.ts';
import { Failure, failure } from '../problem.ts';
import type { Terminal } from './terminal.ts';

/** Throws before the first request where there is no commit that could have a note. */
export async function refuseWithoutCommit(): Promise<void> {
  if ((await checkedOutCommit()) !== null) return;
  throw failure('NOT_A_GIT_REPOSITORY', '--record needs a git repository with a commit.', {
    hint: 'Run this in the repository that holds the files, or leave --record out.',
  });
}

/** Throws before anything is written to Introw where the plan is not that of its commit: the record would not be true. */
export async function refuseUncommitted({ source }: Plan): Promise<void> {
  const { commit, files, sha256 } = source;
  const committed = commit === null ? [] : (await readBase(files, commit)).files;
  // git may give files of a working tree other line endings than it keeps.
  const asWindows = committed.map(({ path, text }) => ({ path, text: text.replaceAll(/\r?\n/g, '\r\n') }));
  if ([committed, asWindows].some((each) => fingerprint(each) === sha256)) return;
  const made =
    commit === null ? 'where there is no commit' : `from other files than commit ${commit.slice(0, 8)} has`;
  throw failure('NOT_COMMITTED', `The plan was made ${made}, so its outcome can't be recorded there.`);
}

/** Adds the record of an outcome to the note of the plan's commit. */
export async function recordApply(outcome: Recorded, plan: Plan, { env, doors }: Terminal): Promise<void> {
  const { commit } = plan.source;
  if (commit === null) return;
  // Nothing in a record comes from a partner's values, but handles and addresses could still hold anything.
  const line = doors.file('The record', recordLine(recordOf(outcome, plan, runUrl(env))));
  await addNote('.', commit, line);
}

/** The page of this run; null outside of CI systems that are known. */
function runUrl(env: Terminal['env']): string | null {
  try {
    return detectCodeHost(env).runUrl || null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
