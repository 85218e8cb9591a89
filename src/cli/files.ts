import { createHash } from 'node:crypto';
import { readSources } from '../desired/files.ts';
import { loadDesired } from '../desired/load.ts';
import { didYouMean, nearest } from '../desired/nearest.ts';
import type { DesiredState, SourceFile } from '../desired/state.ts';
import type { Handle } from '../partner.ts';
import { fail } from '../problem.ts';

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

/** Handles from an option, commas allowed; each must be in the files. */
export function handlesFrom(
  option: string,
  given: readonly string[] | undefined,
  desired: DesiredState,
): Set<Handle> {
  const handles = new Set<Handle>();
  for (const text of (given ?? []).flatMap((each) => each.split(',')).map((each) => each.trim())) {
    const known = [...desired.partners.keys()].find((handle) => handle === text);
    if (known === undefined) throw unknownHandle(option, text, desired);
    handles.add(known);
  }
  return handles;
}

function unknownHandle(option: string, text: string, desired: DesiredState) {
  const meant = nearest(text, desired.partners.keys());
  return fail(
    'UNKNOWN_HANDLE',
    `--${option} names ${JSON.stringify(text)}, which is in no file.${didYouMean(meant)}`,
  );
}
