/** Opening a pipe or a device may wait for ever, and reading one may never end. */
import { stat } from '../file-system.ts';
import { failure } from '../problem.ts';

/** Throws FILE_UNREADABLE for what is there and is no regular file, before anything opens it; else what stat throws. */
export async function refuseIrregular(path: string, hint?: string): Promise<void> {
  const found = await stat(path);
  if (found.isFile()) return;
  const what = found.isDirectory() ? 'is a folder, not a file' : 'is not a regular file';
  throw failure('FILE_UNREADABLE', `${path} ${what}.`, hint === undefined ? {} : { hint });
}
