import { open } from 'node:fs/promises';
import { failure } from '../problem.ts';

/** The key, from the file that --api-key-file names or from INTROW_API_KEY; no message ever shows any of it. */
export async function readKey(from: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keyFile: string | undefined;
}): Promise<string> {
  if (from.keyFile === undefined) return checkKey(from.env.INTROW_API_KEY ?? '', 'INTROW_API_KEY');
  try {
    return checkKey(await beginningOf(from.keyFile), from.keyFile);
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw failure(
        'FILE_NOT_FOUND',
        `The key file ${from.keyFile} could not be read (${String(error.code)}).`,
        {
          hint: 'Check the path after --api-key-file.',
          cause: error,
        },
      );
    }
    throw error;
  }
}

/** No key is that long, in bytes. */
const longest = 4096;

/** A key may well come through a pipe, as from a secret manager with <(…); what never ends is read no further. */
async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(longest);
    let length = 0;
    for (let got = -1; got !== 0 && length < longest; length += got)
      ({ bytesRead: got } = await file.read(bytes, length, longest - length, null));
    return bytes.toString('utf8', 0, length);
  } finally {
    await file.close();
  }
}

/** A key as it can stand in a header: one line of visible ASCII. One line break at the end, as editors leave it, is dropped. */
function checkKey(text: string, from: string): string {
  const key = text.replace(/\r?\n$/, '');
  if (key.trim() === '')
    throw failure('KEY_MISSING', text === '' ? 'There is no API key.' : `${from} holds no key.`);
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  const what = /[\r\n]/.test(key)
    ? 'a line break'
    : /[^\x20-\x7e]/.test(key)
      ? 'a character that is not plain ASCII'
      : 'a space';
  throw failure('KEY_MALFORMED', `The key in ${from} contains ${what}.`);
}
