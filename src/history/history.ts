/** What changed in meaning, when and by whom: this type is the JSON document that schemas/history.schema.json describes. */
import type { Handle } from '../partner.ts';
import type { Problem } from '../problem.ts';
import type { Change, FieldStep, Stated } from './changes.ts';
import type { ApplyRecord, RecordedResult } from './records.ts';

export const historyFormatVersion = '1.0';

/** Dates are in ISO 8601. */
export type Person = { readonly name: string; readonly email: string; readonly date: string };

export type CommitRef = {
  readonly commit: string;
  /** When it was committed: on the branch that is looked at, this is when it took effect. */
  readonly date: string;
  readonly author: Person;
  readonly committer: Person;
  readonly subject: string;
  /** The page of the commit; null where the remote is on no code host that is known. */
  readonly url: string | null;
  /** The pull request or merge request that the subject names. */
  readonly review: { readonly number: number; readonly url: string | null } | null;
};

/** A change, under the handle that its partner has now, or had last. */
export type HistoryChange = Omit<Change, 'fields'> & {
  readonly partner: Handle;
  readonly fields: readonly HistoryStep[];
};

export type HistoryStep = FieldStep & {
  /** In a merge: the commit that was merged and that gave the value. Null where the entry's own commit did. */
  readonly setIn: CommitRef | null;
  readonly applied: Applied;
};

/** What a run did, with the commit that it applied. */
export type Run = ApplyRecord & { readonly commit: string };

/**
 * What became of a value in Introw. `kept`: Introw kept another value. `unchanged`: Introw had it already. `superseded`:
 * another value came before any apply. `pending`: nothing has applied it yet. Null where nothing is known of it, or
 * nothing is to be applied.
 */
export type Applied = {
  readonly status: RecordedResult['status'] | 'kept' | 'unchanged' | 'superseded' | 'pending';
  /** The run that settled it, or tried last. */
  readonly run: Pick<Run, 'commit' | 'finishedAt' | 'url'> | null;
} | null;

export type HistoryEntry = CommitRef & {
  /** Commits before this one whose files don't validate: what changed may have changed in one of them. */
  readonly bridged: readonly string[];
  readonly changes: readonly HistoryChange[];
};

/** What a partner's field says at the end, and since when. */
export type Answer = {
  readonly partner: Handle;
  readonly field: string;
  /** Null where no file says anything of it. */
  readonly value: Stated;
  /** Null where it was so before the first commit that was looked at. */
  readonly since: CommitRef | null;
  readonly setIn: CommitRef | null;
  readonly applied: Applied;
};

/** A commit whose files say nothing, since they don't validate. */
export type InvalidCommit = CommitRef & { readonly problem: Pick<Problem, 'code' | 'message' | 'position'> };

export type History = {
  readonly formatVersion: string;
  readonly kind: 'history';
  readonly tool: { readonly name: 'introwctl'; readonly version: string };
  readonly source: {
    readonly files: readonly string[];
    /** The last commit that was looked at. */
    readonly until: string;
    /** Whether only the first parents of merges were followed. */
    readonly firstParent: boolean;
  };
  /** Where the history begins; null where it goes back to the first commit. */
  readonly begins: {
    readonly commit: string;
    readonly date: string;
    readonly reason: 'since' | 'shallow';
  } | null;
  /** For the handles that were asked for. */
  readonly answers: readonly Answer[];
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly invalid: readonly InvalidCommit[];
  /** Whether this clone has records of applies. */
  readonly recorded: 'yes' | 'no';
  /** With --runs: the applies that are recorded, the newest first. */
  readonly runs?: readonly Run[];
};
