import { readFile } from '../file-system.ts';
import { Failure, failure } from '../problem.ts';
import { readHint, reasonOf, systemCode } from '../system-error.ts';
import { decodeText } from './decode.ts';
import { refuseIrregular } from './regular-file.ts';

/**
 * The text of one file that an option or an argument names, without a byte order mark, such as PowerShell writes. Throws
 * FILE_NOT_FOUND or FILE_UNREADABLE with `hint`, unless the system says more.
 */
export async function readOne(path: string, hint: string): Promise<string> {
  const text = decodeText(path, await bytesOf(path, hint));
  if (typeof text !== 'string') throw new Failure([text]);
  return text.replace(/^\uFEFF/, '');
}

async function bytesOf(path: string, hint: string): Promise<Buffer> {
  try {
    await refuseIrregular(path, hint);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = systemCode(error);
    if (['ENOENT', 'ENOTDIR'].includes(code))
      throw failure('FILE_NOT_FOUND', `There is no file ${path}.`, { hint, cause: error });
    const message = `${path} could not be read: ${reasonOf(error)}.`;
    throw failure('FILE_UNREADABLE', message, { hint, ...readHint(code), cause: error });
  }
}
