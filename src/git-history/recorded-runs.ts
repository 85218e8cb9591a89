import { broughtBy } from '../git/branches.ts';
import { fetchObjects } from '../git/missing.ts';
import { listNotes } from '../git/notes.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { Findings } from '../history/document.ts';
import { recordsIn } from '../history/records.ts';

/** The applies that are recorded in notes. Where a commit is in the history matters only to them. */
export async function recordedRuns(
  repository: Repository,
  head: string,
  objects: ObjectReader,
): Promise<Pick<Findings, 'runs' | 'placeOf'>> {
  const notes = await listNotes(repository.folder);
  await fetchObjects(repository.folder, repository.promisor, notes.values());
  const texts = await objects.read([...notes.values()]);
  const runs = [...notes.keys()].flatMap((commit, index) =>
    recordsIn(texts[index] ?? '').map((record) => ({ commit, ...record })),
  );
  if (runs.length === 0) return { runs, placeOf: () => null };
  const by = await broughtBy(repository, head);
  const places = new Map([...new Set(by.values())].map((commit, place) => [commit, place]));
  return { runs, placeOf: (commit) => places.get(by.get(commit) ?? '') ?? null };
}
