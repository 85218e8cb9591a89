/** One writer a file: git's way, a file next to it that only one process can create, with the new text in it. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../problem.ts';

export type Lock = {
  /** The file that is the lock, open for writing. */
  readonly path: string;
  readonly file: FileHandle;
  /** Whether it is next to the file, so that it can take its place. */
  readonly isBeside: boolean;
  /** Puts the lock in the place of the file; so it is free for the next. */
  readonly renameTo: (target: string) => Promise<void>;
  /** Closes and removes it, if it is still there. */
  readonly release: () => Promise<void>;
};

/** How long another writer is waited for, in milliseconds: writing takes a few. */
const patienceMs = 1_000;
const pauseMs = 20;

/**
 * Takes the lock of `target`; where nothing can be created next to it, since its file system is read-only, in the folder for
 * temporary files. Throws FILE_LOCKED, or what the system says. `path` is what people call the file.
 */
export async function lockFile(target: string, path: string): Promise<Lock> {
  try {
    return await take(`${target}.lock`, `${path}.lock`, true, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EROFS')) throw error;
  }
  const name = `introwctl-${createHash('sha256').update(target).digest('hex').slice(0, 16)}.lock`;
  const elsewhere = join(tmpdir(), name);
  return take(elsewhere, elsewhere, false, path);
}

async function take(lock: string, shown: string, isBeside: boolean, path: string): Promise<Lock> {
  for (const until = Date.now() + patienceMs; ; await sleep(pauseMs)) {
    try {
      const file = await open(lock, 'wx');
      // Once it is renamed, a lock of this name is somebody else's.
      let isOurs = true;
      return {
        path: lock,
        file,
        isBeside,
        renameTo: async (target) => {
          await rename(lock, target);
          isOurs = false;
        },
        release: async () => {
          await file.close();
          if (isOurs) await rm(lock, { force: true });
        },
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (Date.now() < until) continue;
      throw failure('FILE_LOCKED', `${path} is being written: ${shown} is there${await ageOf(lock)}.`, {
        hint: `Wait for the other command; if none is running, it was killed: delete ${shown}.`,
        cause: error,
      });
    }
  }
}

async function ageOf(lock: string): Promise<string> {
  const found = await stat(lock).catch(() => null);
  if (found === null) return '';
  const minutes = Math.floor((Date.now() - found.mtimeMs) / 60_000);
  return minutes < 1 ? '' : `, for ${minutes} minute${minutes === 1 ? '' : 's'} already`;
}
