/** The tests of the command run what was built: on an older build than the sources they would test something else. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The newest change below a folder, in milliseconds since 1970. */
function newestIn(folder: string): number {
  const entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return Math.max(...entries.map((entry) => statSync(join(root, folder, entry)).mtimeMs));
}

/** Throws unless dist/ was built from the sources as they are now. */
export function refuseStaleBuild(): void {
  const built = statSync(join(root, 'dist/cli/main.js'), { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) throw new Error('There is no build to test. Run: npm run build');
  const changed = ['src', 'build', 'schemas'].filter((folder) => newestIn(folder) > built);
  if (changed.length > 0)
    throw new Error(`${changed.join(' and ')} changed after dist was built. Run: npm run build`);
}
