import { loadDesired } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { type Uncommitted, uncommittedFields } from '../edit/accept.ts';
import { readBase } from '../git/base.ts';
import { Failure } from '../problem.ts';

/** What the files state otherwise than the last commit does; nothing where git can't say. */
export async function uncommittedEdits(
  paths: readonly string[],
  desired: DesiredState,
): Promise<Uncommitted> {
  try {
    const { files } = await readBase(paths, 'HEAD');
    const committed = new Map(files.map(({ path, text }) => [path, text]));
    if (desired.files.every(({ path, text }) => committed.get(path) === text)) return new Map();
    return uncommittedFields(loadDesired(files), desired);
  } catch (error) {
    // Outside of a repository, before its first commit, or where the commit doesn't validate, nothing is known.
    if (error instanceof Failure) return new Map();
    throw error;
  }
}
