import { createHash } from 'node:crypto';
import { lstat } from '../file-system.ts';
import { type Failure, failure } from '../problem.ts';
import { readHint, reasonOf, systemCode } from '../system-error.ts';

/**
 * The key, from the file that --api-key-file names or from INTROW_API_KEY. No message ever shows any of it, nor what
 * was given for a file where there is none: it may well be the key. `hide` gets whatever could be one.
 */
export async function readKey(from: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keyFile: string | undefined;
  readonly hide: (key: string) => void;
  /** The option that named the file. */
  readonly option?: string;
}): Promise<string> {
  const { env, keyFile, hide, option = '--api-key-file' } = from;
  if (keyFile === undefined) {
    const { INTROW_API_KEY: text = '' } = env;
    if (text === '') throw failure('KEY_MISSING', 'There is no API key.');
    hide(text);
    return checkKey(text, 'INTROW_API_KEY', option);
  }
  const text = await beginningOf(keyFile).catch(async (error: unknown) => {
    throw unreadable(option, (await exists(keyFile)) ? ` ${keyFile}` : '', error);
  });
  hide(text);
  return checkKey(text, keyFile, option);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function unreadable(option: string, path: string, error: unknown): Failure {
  if (path === '')
    return failure('FILE_NOT_FOUND', `${option} names a file that doesn't exist.`, {
      hint: `Pass the path of a file that holds the key; the key itself goes into INTROW_API_KEY.`,
      cause: error,
    });
  return failure('FILE_UNREADABLE', `The key file${path} could not be read: ${reasonOf(error)}.`, {
    hint: `Check the path after ${option}.`,
    ...readHint(systemCode(error)),
    cause: error,
  });
}

/** What tells two keys apart and gives neither away: a key is long and random, so that no guess can be checked by it. */
export function fingerprintOf(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}

/** No key is that long, in bytes. */
const longest = 4096;

/** A key may well come through a pipe, as from a secret manager with <(…); what never ends is read no further. */
async function beginningOf(path: string): Promise<string> {
  const { open } = await import('node:fs/promises');
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

/** A key as a header can hold it: one line of visible ASCII. One line break at the end, as editors leave it, is dropped. */
function checkKey(text: string, from: string, option: string): string {
  const key = text.replace(/\r?\n$/, '');
  if (key.trim() === '') throw failure('KEY_MISSING', `${from} holds no key.`, emptyHint(option));
  const what = unfit.find(([, pattern]) => pattern.test(key))?.[0];
  if (what === undefined) return key;
  throw failure('KEY_MALFORMED', `The key in ${from} contains ${what}.`);
}

function emptyHint(option: string): { readonly hint?: string } {
  return option === '--api-key-file' ? {} : { hint: `Pass ${option} with a file that holds the key.` };
}

/** What no key contains, the most telling first. */
const unfit = [
  ['a line break', /[\r\n]/],
  ['a character that is not plain ASCII', /[^\x20-\x7e]/],
  ['a space', / /],
  ['quotes at both ends', /^(["'`]).*\1$/],
  ['the name of a variable instead of its value', /^(?:\$\{?\w+\}?|%\w+%|\$\{\{.*\}\})$/],
] as const;
