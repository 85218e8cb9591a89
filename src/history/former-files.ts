/**
 * Where entries were before they were in the files that are named: files that were renamed, moved, split or joined.
 * Looked at from the newest commit to the oldest: where the named files gain an entry that another YAML file loses in the
 * same commit, the entry moved, and that file is one of ours before.
 */
import { append } from '../grouped.ts';

/** What a commit changed about a file; null where it didn't exist. */
export type ChangedFile<Version> = {
  readonly path: string;
  readonly before: Version | null;
  readonly after: Version | null;
};

/** Whether a file counts at a commit, and which of its partners do: all, or those that moved out of it later. */
export type Role = 'named' | 'former' | { readonly only: ReadonlySet<string> };

export type Roles = (path: string, commit: number) => Role | null;

type Side = 'before' | 'after';

/** Entries: `partners acme`, `catalog.tiers gold`. */
type EntryNames = ReadonlySet<string>;

/** How many commits to look on for a version that can be read, where files were broken when they moved. */
const farthest = 50;

/** `commits` are in order, the oldest first; `namesIn` reads the entries of a version, null where it isn't valid. */
export async function findFormerFiles<Version>(
  commits: readonly { readonly changes: readonly ChangedFile<Version>[] }[],
  isNamed: (path: string) => boolean,
  namesIn: (path: string, version: Version) => Promise<EntryNames | null>,
): Promise<Roles> {
  const moves = new Map<string, { readonly before: number; readonly only: ReadonlySet<string> | null }[]>();
  const rolesAt: Roles = (path, commit) => {
    if (isNamed(path)) return 'named';
    const later = (moves.get(path) ?? []).filter(({ before }) => commit < before);
    if (later.length === 0) return null;
    if (later.some(({ only }) => only === null)) return 'former';
    return { only: new Set(later.flatMap(({ only }) => [...(only ?? [])])) };
  };
  /** What a file held before a commit, or after it: in a version that can be read, the nearest one on that side. */
  const namesAt = async (path: string, index: number, side: Side): Promise<EntryNames> => {
    const step = side === 'before' ? -1 : 1;
    for (let at = index; Math.abs(at - index) < farthest; at += step) {
      const commit = commits[at];
      if (commit === undefined) break;
      const version = commit.changes.find((change) => change.path === path)?.[side];
      if (version === null) break;
      const names = version === undefined ? null : await namesIn(path, version);
      if (names !== null) return names;
    }
    return new Set();
  };
  const allNames = async (files: readonly ChangedFile<Version>[], index: number, side: Side) => {
    const found: EntryNames[] = [];
    for (const { path } of files) found.push(await namesAt(path, index, side));
    return new Set(found.flatMap((names) => [...names]));
  };
  for (let index = commits.length - 1; index >= 0; index--) {
    const changes = commits[index]?.changes ?? [];
    const isWhole = (role: Role | null) => role === 'named' || role === 'former';
    const ours = changes.filter(({ path }) => rolesAt(path, index) !== null);
    const others = changes.filter(
      ({ path, before }) => before !== null && !isWhole(rolesAt(path, index - 1)),
    );
    if (others.length === 0 || !ours.some(({ after }) => after !== null)) continue;
    const before = ours.filter(({ path }) => rolesAt(path, index - 1) !== null);
    const had = await allNames(before, index, 'before');
    const gained = [...(await allNames(ours, index, 'after'))].filter((name) => !had.has(name));
    if (gained.length === 0) continue;
    for (const other of others) {
      const kept = await namesAt(other.path, index, 'after');
      const held = await namesAt(other.path, index, 'before');
      const moved = gained.filter((name) => held.has(name) && !kept.has(name));
      if (moved.length === 0) continue;
      const only = other.after === null ? null : new Set(moved);
      append(moves, other.path, { before: index, only });
    }
  }
  return rolesAt;
}
