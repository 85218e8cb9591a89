/**
 * When a change of the files was applied: by the first run on its commit, or on a later one before the value changed
 * again, that sent it or found it done.
 */
import { findField } from '../fields.ts';
import type { Applied, HistoryEntry, HistoryStep, Run } from './history.ts';

/** A run with its commit's place in the history: 0 is the oldest. */
export type PlacedRun = { readonly run: Run; readonly place: number };

/**
 * The entries (the oldest first) with what became of each change. `placeOf` is null for a commit that isn't part of the
 * history; runs on such commits say nothing.
 */
export function withApplied(
  entries: readonly HistoryEntry[],
  runs: readonly Run[],
  placeOf: (commit: string) => number | null,
): HistoryEntry[] {
  const placed = runs
    .flatMap((run): PlacedRun[] => {
      const place = placeOf(run.commit);
      return place === null ? [] : [{ run, place }];
    })
    .sort((one, other) => one.place - other.place || (one.run.finishedAt < other.run.finishedAt ? -1 : 1));
  const [first] = placed;
  if (first === undefined) return [...entries];
  const handlesOf = handlesByPartner(entries);
  // Where the value changed again, by partner and field; from the newest back.
  const nextPlace = new Map<string, number>();
  const done: HistoryEntry[] = [];
  for (const entry of [...entries].reverse()) {
    const place = placeOf(entry.commit);
    const changes = entry.changes.map((change) => {
      const handles = handlesOf.get(change.partner) ?? new Set([change.handle]);
      const fields = change.fields.map((step): HistoryStep => {
        const key = `${change.partner} ${step.field}`;
        const until = nextPlace.get(key) ?? null;
        if (place !== null) nextPlace.set(key, place);
        const isSent =
          findField(step.field) !== undefined && step.after !== null && change.kind !== 'removed';
        if (!isSent || place === null || (until !== null && until <= first.place && until > place))
          return step;
        return {
          ...step,
          applied: became(step.field, handles, within(placed, place, until), until !== null),
        };
      });
      return { ...change, fields };
    });
    done.push({ ...entry, changes });
  }
  return done.reverse();
}

function handlesByPartner(entries: readonly HistoryEntry[]): Map<string, Set<string>> {
  const handles = new Map<string, Set<string>>();
  for (const { changes } of entries)
    for (const { partner, handle, from } of changes) {
      const known = handles.get(partner) ?? new Set();
      handles.set(partner, known.add(handle).add(partner));
      if (from !== null) known.add(from);
    }
  return handles;
}

function within(placed: readonly PlacedRun[], from: number, until: number | null): readonly Run[] {
  return placed
    .filter(({ place }) => place >= from && (until === null || place < until))
    .map(({ run }) => run);
}

/** What the runs made of a value: the first that settled it counts, else the last that tried. */
function became(
  field: string,
  handles: ReadonlySet<string>,
  runs: readonly Run[],
  isSuperseded: boolean,
): Applied {
  let tried: Applied = null;
  for (const run of runs) {
    const { commit, finishedAt, url } = run;
    const by = { commit, finishedAt, url };
    const result = run.results.find((each) => handles.has(each.handle) && each.fields.includes(field));
    if (result === undefined) {
      // A field that Introw doesn't return is never seen to be there.
      if (run.complete && findField(field)?.returned === 'yes') return { status: 'unchanged', run: by };
      continue;
    }
    if (result.kept.includes(field)) return { status: 'kept', run: by };
    if (result.status === 'applied' || result.status === 'adopted') return { status: result.status, run: by };
    tried = { status: result.status, run: by };
  }
  return tried ?? { status: isSuperseded ? 'superseded' : 'pending', run: null };
}
