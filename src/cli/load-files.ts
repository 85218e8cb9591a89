import { loadDesired } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { readSources } from '../files/read.ts';

/** Reads and checks the files that -f names. */
export async function readDesired(paths: readonly string[]): Promise<DesiredState> {
  return loadDesired(await readSources(paths));
}
