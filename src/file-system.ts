/**
 * Node's calls that read the file system, as promises. node:fs/promises has them too, but loads readline and more with it,
 * which takes longer than to read a small file.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';

export const stat = promisify(fs.stat);
export const lstat = promisify(fs.lstat);
export const access = promisify(fs.access);
export const readdir = promisify(fs.readdir);
export const readlink = promisify(fs.readlink);
export const realpath = promisify(fs.realpath.native);
export const readFile = promisify(fs.readFile);

const open = promisify(fs.open);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);

/** What is open under one descriptor: its name may lead elsewhere meanwhile. */
export type OpenFile = {
  readonly stat: () => Promise<fs.Stats>;
  readonly read: () => Promise<Buffer>;
};

/** Opens a file to read, gives it to `use`, and closes it in any case. */
export async function withOpenFile<Result>(
  path: string,
  use: (file: OpenFile) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, 'r');
  try {
    return await use({ stat: () => fstat(file), read: () => readFile(file) });
  } finally {
    await close(file);
  }
}
