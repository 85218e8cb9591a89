/** Writing over a file where nothing can take its place: it keeps its owner, its other names and its mount. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Failure, failure } from '../problem.ts';

/**
 * Writes `after` over `before`, of which a copy is kept until it is done. Where it can't be written to the end, `before`
 * is put back; where that fails too, FILE_NOT_WRITABLE names the copy.
 */
export async function overwrite(target: string, path: string, before: string, after: string): Promise<void> {
  const copy = await keepCopy(target, before);
  const file = await open(target, 'r+');
  try {
    await put(file, after);
  } catch (error) {
    await put(file, before).catch(() => {
      throw half(path, copy, error);
    });
    await rm(copy, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rm(copy, { force: true });
}

/** Without emptying it first: what was there keeps its room on the disk, and so can be put back. */
async function put(file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; )
    at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
  await file.truncate(bytes.length);
  await file.sync();
}

/** Next to the file, or where that can't be, among the temporary files. */
async function keepCopy(target: string, text: string): Promise<string> {
  const name = `${basename(target)}.before-${randomBytes(4).toString('hex')}`;
  const keep = async (folder: string) => {
    const copy = join(folder, name);
    try {
      await writeFile(copy, text, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      await rm(copy, { force: true }).catch(() => undefined);
      throw error;
    }
    return copy;
  };
  return keep(dirname(target)).catch(() => keep(tmpdir()));
}

function half(path: string, copy: string, cause: unknown): Failure {
  return failure(
    'FILE_NOT_WRITABLE',
    `${path} could be written only in part, and not be restored: what it held is in ${copy}.`,
    { hint: `Copy ${copy} back over ${path} once there is room for it.`, cause },
  );
}
