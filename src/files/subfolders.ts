/** Files that look as if they were read and aren't: a folder given with -f gives its own files, not those below. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isPartnersFile } from './read.ts';

const deepest = 4;
/** Enough to say what is wrong; a checkout of other things may be large. */
const mostFolders = 500;

/** The files with partners in subfolders of the folders among `paths`, but for those that are read by another path. */
export async function unreadFiles(paths: readonly string[], read: readonly string[]): Promise<string[]> {
  const known = new Set(await Promise.all(read.map((path) => realpath(path).catch(() => path))));
  const found: string[] = [];
  let folders = 0;
  const look = async (folder: string, depth: number): Promise<void> => {
    if (++folders > mostFolders) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < deepest && !/^\.|^node_modules$/.test(entry.name)) {
        await look(path, depth + 1);
      } else if (
        entry.isFile() &&
        depth > 0 &&
        isPartnersFile(entry.name) &&
        !known.has(await realpath(path))
      ) {
        if (await holdsPartners(path)) found.push(path);
      }
    }
  };
  for (const path of paths) await look(path, 0);
  return [...new Set(found)].sort();
}

async function holdsPartners(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^["'{ ]*partners["']? *:|"partners" *:/m.test(text);
}
