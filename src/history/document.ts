/** The history document: the changes under the handles that partners have now, and what they come to. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import type { Handle } from '../partner.ts';
import { failure } from '../problem.ts';
import { withApplied } from './applied.ts';
import { type Change, factOf } from './changes.ts';
import {
  type Answer,
  type CommitRef,
  type History,
  type HistoryChange,
  type HistoryEntry,
  historyFormatVersion,
  type Run,
} from './history.ts';
import { historyFields } from './history-fields.ts';
import type { State } from './states.ts';

/** What was found; the oldest entry first. */
export type Findings = Pick<History, 'begins' | 'invalid' | 'source'> & {
  readonly entries: readonly HistoryEntry[];
  /** The partners that were asked for, by the handles that they have now; null where all were. */
  readonly partners: ReadonlySet<Handle> | null;
  readonly last: State | null;
  /** The applies that are recorded. */
  readonly runs: readonly Run[];
  /** Where a commit is in the history, 0 being the oldest; null for one that isn't part of it. */
  readonly placeOf: (commit: string) => number | null;
};

/** A commit that changed what the files mean, as the walk found it. */
export type FoundEntry = CommitRef & {
  readonly bridged: readonly string[];
  readonly changes: readonly Change[];
};

/** What of the findings is to be shown. */
export type Asked = {
  /** The fields; all where there are none. */
  readonly fields: readonly string[];
  /** Whether the runs are to be listed. */
  readonly runs: boolean;
};

/** The document that history prints: what of the findings is asked for, the newest first. `version` is the program's. */
export function historyDocument(findings: Findings, asked: Asked, version: string): History {
  const { source, begins, invalid, partners, last } = findings;
  const entries = withApplied(findings.entries, findings.runs, findings.placeOf);
  const fieldFits = (field: string) => asked.fields.length === 0 || asked.fields.includes(field);
  const shown = entries.flatMap((entry) => {
    const changes = entry.changes.flatMap((change): HistoryChange[] => {
      const fields = change.fields.filter(({ field }) => fieldFits(field));
      return fields.length === 0 && asked.fields.length > 0 ? [] : [{ ...change, fields }];
    });
    return changes.length === 0 ? [] : [{ ...entry, changes }];
  });
  return {
    formatVersion: historyFormatVersion,
    kind: 'history',
    tool: { name: 'introwctl', version },
    source,
    begins,
    answers: [...(partners ?? [])].flatMap((partner) => answersFor(partner, shown, last, fieldFits)),
    entries: shown.reverse(),
    invalid: [...invalid].reverse(),
    recorded: findings.runs.length === 0 ? 'no' : 'yes',
    ...(asked.runs
      ? { runs: [...findings.runs].sort((one, other) => (one.finishedAt < other.finishedAt ? 1 : -1)) }
      : {}),
  };
}

/**
 * The entries (the oldest first) under the handles that partners have now, of those partners that have or once had one
 * of the handles; of all where there are none. Throws UNKNOWN_HANDLE for a handle that no commit had.
 */
export function entriesAbout(
  handles: readonly string[],
  found: readonly FoundEntry[],
  first: State | null,
): Pick<Findings, 'entries' | 'partners'> {
  const entries = underLastHandles(found);
  if (handles.length === 0) return { entries, partners: null };
  const partners = partnersNamed(handles, entries, first);
  const about = entries.map((entry) => ({
    ...entry,
    changes: entry.changes.filter(({ partner }) => partners.has(partner)),
  }));
  return { entries: about.filter(({ changes }) => changes.length > 0), partners };
}

/** Goes back from the newest change, so that each is known by the handle that its partner came to have. */
function underLastHandles(entries: readonly FoundEntry[]): HistoryEntry[] {
  const lastOf = new Map<Handle, Handle>();
  const named: HistoryEntry[] = [];
  for (const entry of [...entries].reverse()) {
    const partners = entry.changes.map(({ handle }) => lastOf.get(handle) ?? handle);
    for (const { handle, from } of entry.changes) if (from !== null) lastOf.delete(handle);
    const changes = entry.changes.map((change, index): HistoryChange => {
      const partner = partners[index] ?? change.handle;
      if (change.from !== null) lastOf.set(change.from, partner);
      const fields = change.fields.map((step) => ({ ...step, setIn: null, applied: null }));
      return { ...change, partner, fields };
    });
    named.push({ ...entry, changes });
  }
  return named.reverse();
}

/** The partners that have a handle, or had it once. */
function partnersNamed(
  handles: readonly string[],
  entries: readonly HistoryEntry[],
  first: State | null,
): Set<Handle> {
  const partnersBy = new Map<string, Set<Handle>>();
  const add = (handle: Handle | null, partner: Handle) => {
    if (handle === null) return;
    partnersBy.set(handle, (partnersBy.get(handle) ?? new Set()).add(partner));
  };
  for (const { changes } of entries)
    for (const { handle, from, partner } of changes)
      for (const each of [handle, from, partner]) add(each, partner);
  for (const handle of first?.partners.keys() ?? []) if (!partnersBy.has(handle)) add(handle, handle);
  return new Set(
    handles.flatMap((handle) => {
      const found = partnersBy.get(handle);
      if (found !== undefined) return [...found];
      const meant = didYouMean(nearest(handle, partnersBy.keys()));
      throw failure('UNKNOWN_HANDLE', `No commit had the handle ${JSON.stringify(handle)}.${meant}`, {
        hint: 'Use a handle that is or was a key under partners:.',
      });
    }),
  );
}

/** What a partner's fields say at the end. What was set last comes first; its name and domain come last. */
function answersFor(
  partner: Handle,
  entries: readonly HistoryEntry[],
  last: State | null,
  fits: (field: string) => boolean,
): Answer[] {
  const now = last?.partners.get(partner);
  const answers = historyFields.filter(fits).flatMap((field): Answer[] => {
    const fact = factOf(now, field);
    const since = entries.findLast(({ changes }) =>
      changes.some(
        (change) => change.partner === partner && change.fields.some((step) => step.field === field),
      ),
    );
    if (fact === null && since === undefined) return [];
    const value = fact === null ? null : { value: fact.value, name: fact.name };
    const step = since?.changes
      .find((change) => change.partner === partner)
      ?.fields.find((each) => each.field === field);
    const { setIn = null, applied = null } = step ?? {};
    return [{ partner, field, value, since: since === undefined ? null : refIn(since), setIn, applied }];
  });
  const rank = ({ field }: Answer) => Number(field === 'name' || field === 'domain');
  const time = ({ since }: Answer) => since?.date ?? '';
  const newestFirst = (one: string, other: string) => Number(one < other) - Number(one > other);
  return answers.sort((one, other) => rank(one) - rank(other) || newestFirst(time(one), time(other)));
}

function refIn({ commit, date, author, committer, subject, url, review }: CommitRef): CommitRef {
  return { commit, date, author, committer, subject, url, review };
}
