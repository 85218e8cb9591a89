import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail } from '../problem.ts';

/**
 * Makes the folder that `path` is to be written to, one level after the other: told to make all of them at once, Node
 * never ends where the system denies each for want of its parent, as in /proc.
 */
export async function makeFolder(folder: string, path: string): Promise<void> {
  const there = await isFolder(folder);
  if (there === true) return;
  if (there === false) throw notAFolder(folder, path);
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(parent, path);
  try {
    await mkdir(folder);
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
    // Another run may have made it just now; else it is a link that leads nowhere.
    if ((await isFolder(folder)) !== true) throw notAFolder(folder, path, error);
  }
}

/** Null where nothing is to be found. */
async function isFolder(path: string): Promise<boolean | null> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => null,
  );
}

function notAFolder(folder: string, path: string, cause?: unknown) {
  return fail('FILE_NOT_WRITABLE', `${path} could not be written: ${folder} is not a folder.`, {
    hint: 'Name another place, or move away what is in this one.',
    cause,
  });
}
