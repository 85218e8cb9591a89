/** Why the operating system refused to read or write, in words. */

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be too large for this system',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program uses it',
  EIO: 'the disk or the network drive failed',
};

/** The reason as a phrase that ends a sentence; the system's own code where there are no words for it. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  return words[code] ?? (code || 'unknown error');
}

const writable = 'Check the permissions of the file and its folder.';

const waysOut: Readonly<Record<string, string>> = {
  EACCES: writable,
  EPERM: writable,
  EROFS: 'Name a file that can be written.',
  ENOENT: 'Create the folder first, or name another file.',
  ENOTDIR: 'Name another place, or move away what is in this one.',
  EISDIR: 'Name a file.',
  ELOOP: 'Name another file.',
  ENAMETOOLONG: 'Give the file a shorter name.',
  ENOSPC: 'Free some space, then run this again.',
  EDQUOT: 'Free some space, then run this again.',
};

/** What to do where a file can't be written for that code of the system; nothing where it depends. */
export function writeHint(code: string): { readonly hint?: string } {
  const hint = waysOut[code];
  return hint === undefined ? {} : { hint };
}

/** The same for a file that can't be read. */
export function readHint(code: string): { readonly hint?: string } {
  return code === 'EACCES' || code === 'EPERM'
    ? { hint: 'Change its permissions, so that you may read it.' }
    : {};
}

/** Such as ENOENT; empty where an error has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
