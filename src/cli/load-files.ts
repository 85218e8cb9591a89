import { setFlagsFromString } from 'node:v8';
import { loadDesired } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { readSources, type SourceFile } from '../files/read.ts';

/** Reads and checks the files that -f names, with `load`. */
export async function readDesired(
  paths: readonly string[],
  load: (files: readonly SourceFile[]) => DesiredState = loadDesired,
): Promise<DesiredState> {
  const sources = await readSources(paths);
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (size > largeFiles) keepHeapSmall();
  return load(sources);
}

/** Characters: some 40,000 partners. */
const largeFiles = 4_000_000;

/** The Nodes that were tried. A later one may not know the flag any more, and would say so on stderr. */
const known = ['20', '22', '24'];

/**
 * Left alone, Node lets garbage grow to several times what is in use: for 100,000 partners to 1.2 GB in place of 0.65, which
 * a CI runner may not have. The price is a third more CPU time. V8 reads the flag at each collection, so it counts from now.
 */
function keepHeapSmall(): void {
  if (known.includes(process.versions.node.split('.')[0] ?? ''))
    setFlagsFromString('--heap-growing-percent=40');
}
