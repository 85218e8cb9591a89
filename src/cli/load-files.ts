import { createHash } from 'node:crypto';
import { loadDesired } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { readSources, type SourceFile } from '../files/read.ts';

/** Reads and checks the files that -f names. */
export async function readDesired(paths: readonly string[]): Promise<DesiredState> {
  return loadDesired(await readSources(paths));
}

/** A fingerprint of what the files say: their names and texts. */
export function fingerprint(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(JSON.stringify([file.path, file.text]));
  return hash.digest('hex');
}
