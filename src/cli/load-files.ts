import { loadDesired } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { readSources, type SourceFile } from '../files/read.ts';

/** Reads and checks the files that -f names, with `load`. */
export async function readDesired(
  paths: readonly string[],
  load: (files: readonly SourceFile[]) => DesiredState = loadDesired,
): Promise<DesiredState> {
  return load(await readSources(paths));
}
