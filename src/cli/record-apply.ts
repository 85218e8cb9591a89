/** apply --record: the outcome as a note of the commit that was applied. */
import { recordOf } from '../apply/record.ts';
import { detectCodeHost } from '../code-host/detect.ts';
import { checkedOutCommit } from '../git/base.ts';
import { addNote } from '../git/notes.ts';
import { recordLine } from '../history/records.ts';
import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { Failure, failure } from '../problem.ts';
import type { Terminal } from './terminal.ts';

/** Throws before anything is sent, where there is no commit that could have a note. */
export async function refuseUnrecordable(): Promise<void> {
  if ((await checkedOutCommit()) !== null) return;
  throw failure('NOT_A_GIT_REPOSITORY', '--record needs a git repository with a commit.', {
    hint: 'Run this in the repository that holds the files, or leave --record out.',
  });
}

export async function recordApply(outcome: Outcome, plan: Plan, { env, doors }: Terminal): Promise<void> {
  const commit = plan.source.commit ?? (await checkedOutCommit());
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
