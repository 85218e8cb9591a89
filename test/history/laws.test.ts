import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import { factOf, type Stated } from '../../src/history/changes.ts';
import type { History } from '../../src/history/history.ts';
import { historyFields } from '../../src/history/history-fields.ts';
import { Failure } from '../../src/problem.ts';
import { type GivenArgs, runCommand } from '../cli/in-process.ts';
import { runs } from '../runs.ts';
import { commitsOf, type Made, opsArbitrary, repositoryOf } from './any-history.ts';

/** What each handle says, by field. */
type Replayed = Map<string, Map<string, unknown>>;

function replay(state: Replayed, { changes }: History['entries'][number]): Replayed {
  const next: Replayed = new Map(state);
  for (const { from } of changes) if (from !== null) next.delete(from);
  for (const { handle, from, kind, fields } of changes) {
    const values = new Map(state.get(from ?? handle));
    const set = (field: string, stated: Stated) =>
      stated === null ? values.delete(field) : values.set(field, stated.value);
    for (const { field, before, after } of fields) {
      expect(values.get(field)).toEqual(before?.value);
      set(field, after);
    }
    if (kind === 'removed') next.delete(handle);
    else next.set(handle, values);
  }
  return next;
}

/** The same from the complete files, by the code that plan and validate use; null where they don't validate. */
function loaded({ files }: Made): Replayed | null {
  let state: DesiredState;
  try {
    state = loadDesired(Object.entries(files).map(([path, text]) => ({ path, text })));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
  return new Map(
    [...state.partners].map(([handle, partner]) => {
      const facts = historyFields.map((field) => [field, factOf(partner, field)?.value] as const);
      return [handle, new Map(facts.filter(([, value]) => value !== undefined))];
    }),
  );
}

async function historyOf(folder: string, given: GivenArgs): Promise<History> {
  const here = process.cwd();
  process.chdir(folder);
  try {
    const { exit, out, err } = await runCommand('history', { format: 'json', ...given }, {});
    expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
    return JSON.parse(out);
  } finally {
    process.chdir(here);
  }
}

test.each([
  { name: 'of a folder', ops: opsArbitrary.all, filesOf: () => ['.'] },
  // Files that are named as they are called last: what they were called before is found.
  { name: 'of files', ops: opsArbitrary.keeping, filesOf: (last: Made) => Object.keys(last.files) },
])(
  'replaying the listed changes $name from nothing gives the state at every commit',
  async ({ ops, filesOf }) => {
    await fc.assert(
      fc.asyncProperty(ops, async (made) => {
        const commits = commitsOf(made);
        const folder = repositoryOf(commits);
        try {
          const last = commits.at(-1) ?? { files: {}, isMainline: true };
          const { entries, invalid } = await historyOf(folder, { file: filesOf(last) });
          const bySubject = new Map(entries.map((entry) => [entry.subject, entry]));
          const broken = new Set(invalid.map(({ subject }) => subject));
          let state: Replayed = new Map();
          commits.forEach((commit, index) => {
            if (!commit.isMainline) return;
            const entry = bySubject.get(String(index));
            if (entry !== undefined) state = replay(state, entry);
            const truth = loaded(commit);
            const isNamed = truth === null && isChanged(commits, index);
            expect(broken.has(String(index)), `commit ${index}`).toBe(isNamed);
            if (truth !== null) expect(state, `commit ${index}`).toEqual(truth);
          });
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      runs(8),
    );
  },
  120_000,
);

test('with all commits listed, each gives its own state from that of its parents', async () => {
  await fc.assert(
    fc.asyncProperty(opsArbitrary.all, async (made) => {
      const commits = commitsOf(made);
      const folder = repositoryOf(commits);
      try {
        const { entries } = await historyOf(folder, { file: ['.'], 'all-commits': true });
        const bySubject = new Map(entries.map((entry) => [entry.subject, entry]));
        let mainline: Replayed = new Map();
        let side: Replayed | null = null;
        commits.forEach((commit, index) => {
          const truth = loaded(commit);
          const entry = bySubject.get(String(index));
          // A merge has what its branch had, so it changes nothing by itself.
          const before: Replayed = commit.isMainline ? (side ?? mainline) : mainline;
          const state = entry === undefined ? before : replay(before, entry);
          if (truth !== null) expect(state, `commit ${index}`).toEqual(truth);
          if (!commit.isMainline) side = truth === null ? null : state;
          else {
            side = null;
            if (truth !== null) mainline = state;
          }
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    runs(8),
  );
}, 120_000);

/** A commit that changes no file is not looked at. */
function isChanged(commits: readonly Made[], index: number): boolean {
  const before = commits.slice(0, index).findLast(({ isMainline }) => isMainline);
  return JSON.stringify(before?.files) !== JSON.stringify(commits[index]?.files);
}
