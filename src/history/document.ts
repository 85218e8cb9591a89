/** The history document: the changes under the handles that partners have now, and what they come to. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import type { Handle } from '../partner.ts';
import { failure } from '../problem.ts';
import { withApplied } from './applied.ts';
import { type Change, factOf, type Stated } from './changes.ts';
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
  readonly entries: readonly (CommitRef & {
    readonly bridged: readonly string[];
    readonly changes: readonly Change[];
    /** In a merge: which of the merged commits gave a value. */
    readonly setter: ((handle: string, field: string, after: Stated) => CommitRef | null) | null;
  })[];
  readonly first: State | null;
  readonly last: State | null;
  /** The applies that are recorded. */
  readonly runs: readonly Run[];
  /** Where a commit is in the history, 0 being the oldest; null for one that isn't part of it. */
  readonly placeOf: (commit: string) => number | null;
};

/** What was asked for: everything where a list is empty. */
export type Asked = {
  readonly handles: readonly string[];
  readonly fields: readonly string[];
  /** Whether the runs are to be listed. */
  readonly runs: boolean;
};

/** Throws UNKNOWN_HANDLE for a handle that no commit had. */
export function historyDocument(findings: Findings, asked: Asked, version: string): History {
  const { source, begins, invalid, first, last } = findings;
  const entries = withApplied(underLastHandles(findings.entries), findings.runs, findings.placeOf);
  const chosen = asked.handles.length === 0 ? null : partnersNamed(asked.handles, entries, first);
  const fits = ({ partner }: HistoryChange) => chosen?.has(partner) ?? true;
  const fieldFits = (field: string) => asked.fields.length === 0 || asked.fields.includes(field);
  const shown = entries.flatMap((entry) => {
    const changes = entry.changes.filter(fits).flatMap((change): HistoryChange[] => {
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
    answers: [...(chosen ?? [])].flatMap((partner) => answersFor(partner, shown, last, fieldFits)),
    entries: shown.reverse(),
    invalid: [...invalid].reverse(),
    recorded: findings.runs.length === 0 ? 'no' : 'yes',
    ...(asked.runs
      ? { runs: [...findings.runs].sort((one, other) => (one.finishedAt < other.finishedAt ? 1 : -1)) }
      : {}),
  };
}

/** Goes back from the newest change, so that each is known by the handle that its partner came to have. */
function underLastHandles(entries: Findings['entries']): HistoryEntry[] {
  const lastOf = new Map<Handle, Handle>();
  const named: HistoryEntry[] = [];
  for (const entry of [...entries].reverse()) {
    const partners = entry.changes.map(({ handle }) => lastOf.get(handle) ?? handle);
    for (const { handle, from } of entry.changes) if (from !== null) lastOf.delete(handle);
    const changes = entry.changes.map((change, index): HistoryChange => {
      const partner = partners[index] ?? change.handle;
      if (change.from !== null) lastOf.set(change.from, partner);
      const fields = change.fields.map((step) => ({
        ...step,
        setIn: entry.setter?.(change.handle, step.field, step.after) ?? null,
        applied: null,
      }));
      return { ...change, partner, fields };
    });
    const { setter: _, ...about } = entry;
    named.push({ ...about, changes });
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
  return answers.sort(
    (one, other) =>
      rank(one) - rank(other) || (time(one) === time(other) ? 0 : time(one) < time(other) ? 1 : -1),
  );
}

function refIn({ commit, date, author, committer, subject, url, review }: CommitRef): CommitRef {
  return { commit, date, author, committer, subject, url, review };
}
