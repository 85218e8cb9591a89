/** Writing files so that nothing is ever lost: all of them, whole, or none. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure, failure } from '../problem.ts';
import { refuseIrregular } from './regular-file.ts';

export type FileWrite = {
  readonly path: string;
  /** What the file held when it was read; null where it must not exist yet. */
  readonly before: string | null;
  readonly after: string;
};

type Staged = { readonly write: FileWrite; readonly target: string; readonly temporary: string };

/**
 * Writes every file beside its place first and then renames them all. Throws FILE_CHANGED, FILE_EXISTS or
 * FILE_NOT_WRITABLE, or what `check` throws for a text; then every file is as it was, except for a rename that fails after another has succeeded.
 */
export async function writeFiles(
  writes: readonly FileWrite[],
  check: (path: string, text: string) => unknown,
): Promise<void> {
  for (const { path, after } of writes) check(path, after);
  const staged: Staged[] = [];
  try {
    for (const write of writes) staged.push(await stage(write));
    for (const { write, target } of staged) await checkUntouched(write, target);
    for (const { write, target, temporary } of staged)
      await rename(temporary, target).catch((error) => Promise.reject(unwritable(write.path, error)));
  } finally {
    for (const { temporary } of staged) await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function stage(write: FileWrite): Promise<Staged> {
  let temporary = '';
  try {
    // A symbolic link stays one: what it points to is written.
    const target = write.before === null ? write.path : await realpath(write.path);
    if (write.before === null) await makeFolder(dirname(target), write.path);
    else await access(target, constants.W_OK);
    const mode = write.before === null ? null : (await stat(target)).mode;
    const name = `.${basename(target)}.${randomBytes(6).toString('hex')}`;
    temporary = join(dirname(target), name);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(write.after);
      // Only what replaces something can lose it when the machine stops halfway.
      if (write.before !== null) await file.sync();
    } finally {
      await file.close();
    }
    if (mode !== null) await chmod(temporary, mode & 0o7777);
    return { write, target, temporary };
  } catch (error) {
    if (temporary !== '') await rm(temporary, { force: true }).catch(() => undefined);
    if (write.before !== null && codeOf(error) === 'ENOENT') throw changed(write.path);
    throw unwritable(write.path, error);
  }
}

async function checkUntouched({ path, before }: FileWrite, target: string): Promise<void> {
  if (before === null) return refuseTaken(path, target);
  try {
    await refuseIrregular(target);
    if ((await readFile(target, 'utf8')) === before) return;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unwritable(path, error);
  }
  throw changed(path);
}

function changed(path: string): Failure {
  return failure('FILE_CHANGED', `${path} has changed since it was read; nothing was written.`);
}

/** A link that leads nowhere is there too: the rename would put the file in its place. */
async function refuseTaken(path: string, target: string): Promise<void> {
  try {
    await lstat(target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw unwritable(path, error);
  }
  throw failure('FILE_EXISTS', `${path} exists already.`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function unwritable(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  const why: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOENT: 'its folder is not there and can not be made',
    ENOTDIR: 'it is not in a folder',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota is used up',
    EFBIG: 'the file would be too large for this system',
  };
  return failure('FILE_NOT_WRITABLE', `${path} could not be written: ${why[code] ?? code}.`, {
    cause: error,
  });
}

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
  return failure('FILE_NOT_WRITABLE', `${path} could not be written: ${folder} is not a folder.`, {
    hint: 'Name another place, or move away what is in this one.',
    cause,
  });
}
