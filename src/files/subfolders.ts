/** Files that look as if they were read and aren't: a folder given with -f gives its own files, not those below. */
import { join } from 'node:path';
import { readdir, readFile, realpath, stat } from '../file-system.ts';
import { isPartnersFile } from './read.ts';

const deepest = 4;
/** Enough to say what is wrong; a checkout of other things may be large. */
const mostFolders = 500;

/** The files of ours in subfolders of the folders among `paths`, but for those that are read by another path. */
export async function unreadFiles(paths: readonly string[], read: readonly string[]): Promise<string[]> {
  const known = new Set(await Promise.all(read.map((path) => realpath(path).catch(() => path))));
  const found: string[] = [];
  let folders = 0;
  const look = async (folder: string, depth: number): Promise<void> => {
    if (++folders > mostFolders) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    // What is reached by a link too goes by its own name.
    const byKind = [false, true].flatMap((is) => entries.filter((each) => each.isSymbolicLink() === is));
    for (const entry of byKind) {
      const path = join(folder, entry.name);
      // A link is what it leads to; one that leads to nowhere is nothing.
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
      if (kind.isDirectory() && depth < deepest && !/^\.|^node_modules$/.test(entry.name)) {
        await look(path, depth + 1);
      } else if (kind.isFile() && depth > 0 && isPartnersFile(entry.name)) {
        const real = await realpath(path).catch(() => path);
        if (!known.has(real) && (await isOurs(path))) found.push(path);
        known.add(real);
      }
    }
  };
  for (const path of paths) await look(path, 0);
  return [...new Set(found)].sort();
}

/** Whether a file says anything of partners, their names, defaults or pins included. */
async function isOurs(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return hasKey('version').test(text) && hasKey('partners|catalog|defaults|pins').test(text);
}

/** At the start of a line, or in JSON. */
function hasKey(names: string): RegExp {
  return new RegExp(`^\\ufeff?["'{ ]*(?:${names})["']? *:|"(?:${names})" *:`, 'm');
}
