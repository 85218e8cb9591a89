/** Writing files so that nothing is ever lost: all of them, complete, or none; and no update of anybody else's. */
import { constants } from 'node:fs';
import { access, link, lstat, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure, failure } from '../problem.ts';
import { reasonOf, systemCode } from '../system-error.ts';
import { overwrite } from './in-place.ts';
import { type Lock, lockFile } from './lock.ts';
import { notWritable } from './not-writable.ts';
import { refuseIrregular } from './regular-file.ts';

export type FileWrite = {
  readonly path: string;
  /** What the file held when it was read; null where it must not exist yet. */
  readonly before: string | null;
  readonly after: string;
};

type Staged = {
  readonly write: FileWrite;
  readonly target: string;
  readonly lock: Lock;
  /** Whether the lock, which holds the new text, can take the place of the file without changing whose it is. */
  readonly canReplace: boolean;
};

/**
 * Locks every file, with its new text in the lock, then looks whether each is as it was read, and only then puts the new
 * texts in place. Throws FILE_LOCKED, FILE_CHANGED, FILE_EXISTS, FILE_NOT_WRITABLE, or what `check` throws for a text;
 * then every file is as it was.
 */
export async function writeFiles(
  writes: readonly FileWrite[],
  check: (path: string, text: string) => unknown,
): Promise<void> {
  for (const { path, after } of writes) check(path, after);
  const staged: Staged[] = [];
  const done: Staged[] = [];
  try {
    for (const write of writes) staged.push(await stage(write));
    for (const { write, target } of staged) await checkUntouched(write, target);
    for (const each of staged) {
      await putInPlace(each);
      done.push(each);
    }
  } catch (error) {
    for (const each of done) await takeBack(each).catch(() => undefined);
    throw error;
  } finally {
    for (const { lock } of staged) await lock.release().catch(() => undefined);
  }
}

async function stage(write: FileWrite): Promise<Staged> {
  let lock: Lock | null = null;
  try {
    // A symbolic link stays one: what it points to is written.
    const target = write.before === null ? write.path : await realpath(write.path);
    if (write.before === null) await makeFolder(dirname(target), write.path);
    else await access(target, constants.W_OK);
    lock = await lockFile(target, write.path);
    // After waiting for another writer, the file has changed: fail at once.
    await checkUntouched(write, target);
    const canReplace = lock.isBeside && (write.before === null || (await takesAfter(lock, target)));
    await lock.file.writeFile(write.after);
    // Only what replaces something can lose it when the machine stops halfway.
    if (write.before !== null) await lock.file.sync();
    return { write, target, lock, canReplace };
  } catch (error) {
    await lock?.release().catch(() => undefined);
    if (write.before !== null && systemCode(error) === 'ENOENT') throw changed(write.path);
    throw unwritable(write.path, error);
  }
}

/** Gives the lock the owner and the mode of the file. False where it may not, or where the file has other names too. */
async function takesAfter({ file }: Lock, target: string): Promise<boolean> {
  const { uid, gid, mode, nlink } = await stat(target);
  const own = await file.stat();
  const isOwned =
    (uid === own.uid && gid === own.gid) ||
    (await file.chown(uid, gid).then(
      () => true,
      () => false,
    ));
  await file.chmod(mode & 0o7777);
  return isOwned && nlink === 1;
}

async function putInPlace({ write, target, lock, canReplace }: Staged): Promise<void> {
  const { path, before, after } = write;
  try {
    if (before === null) return await putNew(lock, target, after);
    if (!canReplace) return await overwrite(target, path, before, after);
    await lock.renameTo(target).catch((error) => {
      // A single file that is mounted, as into a container, can't be replaced.
      if (!['EBUSY', 'EXDEV'].includes(systemCode(error))) throw error;
      return overwrite(target, path, before, after);
    });
  } catch (error) {
    if (before === null && systemCode(error) === 'EEXIST') throw exists(path);
    throw unwritable(path, error);
  }
}

/** A link, unlike a rename, never takes the place of a file that somebody has made meanwhile. */
async function putNew(lock: Lock, target: string, text: string): Promise<void> {
  await link(lock.path, target).catch(async (error) => {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'].includes(systemCode(error)))
      throw error;
    await writeFile(target, text, { flag: 'wx' });
  });
}

async function takeBack({ write, target }: Staged): Promise<void> {
  if ((await readFile(target, 'utf8')) !== write.after) return;
  if (write.before === null) await rm(target);
  else await overwrite(target, write.path, write.after, write.before);
}

async function checkUntouched({ path, before }: FileWrite, target: string): Promise<void> {
  if (before === null) return refuseTaken(path, target);
  try {
    await refuseIrregular(target);
    if ((await readFile(target, 'utf8')) === before) return;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw unwritable(path, error);
  }
  throw changed(path);
}

function changed(path: string): Failure {
  return failure('FILE_CHANGED', `${path} has changed since it was read; nothing was written.`);
}

/** A link that leads nowhere is there too: the rename would put the file in its place. */
async function refuseTaken(path: string, target: string): Promise<void> {
  try {
    const found = await lstat(target);
    if (found.isDirectory()) throw notWritable(path, 'EISDIR', 'it is a folder');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw unwritable(path, error);
  }
  throw exists(path);
}

function exists(path: string): Failure {
  return failure('FILE_EXISTS', `${path} exists already.`);
}

/** Why a file can't be written, from what the system says. */
export function unwritable(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = systemCode(error);
  if (code !== 'ENOENT') return notWritable(path, code, reasonOf(error), error);
  const message = `${path} could not be written: its folder does not exist and cannot be created.`;
  return failure('FILE_NOT_WRITABLE', message, { hint: 'Name another place.', cause: error });
}

/**
 * Makes the folder that `path` is to be written to, one level after the other: asked to make all of them at once,
 * Node never ends where the system denies each for want of its parent, as in /proc.
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
  return notWritable(path, 'ENOTDIR', `${folder} is not a folder`, cause);
}
