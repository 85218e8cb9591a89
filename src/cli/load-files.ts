import { loadDesired, loadDistinct } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { readReadable, readSources } from '../files/read.ts';
import { throwOnAny } from '../problem.ts';

/** Reads and checks the files that -f names. */
export async function readDesired(paths: readonly string[]): Promise<DesiredState> {
  return loadDesired(await readSources(paths));
}

/** The same, for whoever sees nothing but the files: all that is wrong with any of them comes together. */
export async function readDistinct(paths: readonly string[]): Promise<DesiredState> {
  const { files, problems } = await readReadable(paths);
  if (files.length === 0) throwOnAny(problems);
  return loadDistinct(files, problems);
}
