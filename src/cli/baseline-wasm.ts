/**
 * Spares short runs an optimisation that they don't live to use: undici reads HTTP in WebAssembly, of which V8 makes
 * faster code in the background, and at its end a run waits for that. The plain code is fast enough for a thousand pages.
 */
import { setFlagsFromString } from 'node:v8';

/** The Nodes that were tried. A later one may not know the flag any more, and would say so on stderr. */
const known = ['20', '22', '24'];

/** To be called before undici is loaded. For the command alone: the flag counts for the complete process. */
export function useBaselineWasm(): void {
  if (known.includes(process.versions.node.split('.')[0] ?? '')) setFlagsFromString('--liftoff-only');
}
