/** Where import writes to, and what is there already. */
import { accessSync, constants, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { loadDesired } from '../desired/load.ts';
import type { DesiredState } from '../desired/state.ts';
import { notWritable } from '../files/not-writable.ts';
import { isPartnersFile, nameAmong, readSources } from '../files/read.ts';
import { unwritable } from '../files/write.ts';
import { failure } from '../problem.ts';
import { type Given, type MaybeGiven, options } from './options.ts';

/** A file that takes all partners, or a folder that gets a file for each. */
export type ImportTarget = { readonly kind: 'file' | 'folder'; readonly path: string };

/**
 * Reads the files of -f, and chooses the target: --into; else the path of -f that doesn't exist yet; else the first
 * file that has partners; in a folder whose files hold one partner each, the folder.
 */
export async function importTarget(
  paths: readonly string[],
  into: string | undefined,
  pins: string | undefined,
): Promise<{ desired: DesiredState; target: ImportTarget }> {
  const others = pins !== undefined && existsSync(pins) ? [pins] : [];
  const missing = paths.filter((path) => !existsSync(path));
  if (into !== undefined) {
    // The default file of -f may be missing; a file that was named must exist.
    const isDefault = paths.length === 1 && paths[0] === options.file.default[0];
    const read = isDefault && missing.length > 0 ? [] : paths;
    const kind = kindOf(into);
    refuseUnreachable(into, kind === 'folder' ? into : dirname(into));
    const desired = await load([...read, ...(holdsFiles(into) ? [into] : []), ...others]);
    return { desired, target: { kind, path: await nameAmong(desired.files, into) } };
  }
  const [fresh, ...missingToo] = missing;
  if (fresh !== undefined) refuseUnreachable(fresh, kindOf(fresh) === 'folder' ? fresh : dirname(fresh));
  const there = paths.filter((path) => path !== fresh && holdsFiles(path));
  const desired = await load([...there, ...missingToo, ...others]);
  if (fresh !== undefined) return { desired, target: { kind: kindOf(fresh), path: normalize(fresh) } };
  return { desired, target: existingTarget(paths, desired) };
}

/** The file of the target that a new partner goes to, by its handle. */
export function fileIn({ kind, path }: ImportTarget): (handle: string) => string {
  return (handle) => (kind === 'file' ? path : join(path, `${fileNameOf(handle)}.yaml`));
}

/** The file that new names of a catalog go to: the first that has a catalog, or that of new partners. */
export function catalogFileIn({ kind, path }: ImportTarget, { files }: DesiredState): string {
  const found = files.find(({ text }) => /^catalog:/m.test(text));
  return found?.path ?? (kind === 'file' ? path : join(path, 'catalog.yaml'));
}

/** Windows has devices under these names, with any ending: no file can have them. */
function fileNameOf(handle: string): string {
  return /^(con|prn|aux|nul|(com|lpt)\d)$/i.test(handle) ? `${handle}-partner` : handle;
}

function existingTarget(paths: readonly string[], { partners }: DesiredState): ImportTarget {
  const sizes = new Map<string, number>();
  for (const { position } of partners.values()) sizes.set(position.file, (sizes.get(position.file) ?? 0) + 1);
  const [first] = sizes.keys();
  const folder = paths.find(isFolder);
  const oneEach = [...sizes.values()].every((size) => size === 1);
  if (folder !== undefined && oneEach && sizes.size !== 1) return { kind: 'folder', path: normalize(folder) };
  const file = first ?? paths.find((path) => !isFolder(path));
  if (file !== undefined) return { kind: 'file', path: normalize(file) };
  throw failure('USAGE', 'None of the files of -f has partners yet.', {
    hint: 'Say where to write with --into.',
  });
}

async function load(paths: readonly string[]): Promise<DesiredState> {
  return loadDesired(await readSources(paths));
}

function kindOf(path: string): ImportTarget['kind'] {
  if (existsSync(path) && isFolder(path)) return 'folder';
  if (isPartnersFile(path)) return 'file';
  if (path !== '' && extname(path) === '') return 'folder';
  throw failure('USAGE', `Partners go into a .yaml file or a folder, not into ${JSON.stringify(path)}.`, {
    hint: 'Name a file such as partners.yaml, or a folder such as partners/.',
  });
}

/** Throws FILE_NOT_WRITABLE where `folder`, which is to hold `path`, can't be one: known before a request is spent. */
function refuseUnreachable(path: string, folder: string): void {
  if (isFolder(folder)) {
    if (path === folder || !existsSync(path)) refuseLocked(path, folder);
    return;
  }
  const above = dirname(folder);
  if (above !== folder) refuseUnreachable(path, above);
  // A link that leads nowhere is there, too.
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return;
  throw notWritable(path, 'ENOTDIR', `${folder} is not a folder`);
}

function refuseLocked(path: string, folder: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** A path that can't be looked at, such as one below a file, is none: whoever reads or writes there says why. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether there is something to read: a folder may be there and still be empty. */
function holdsFiles(path: string): boolean {
  if (!existsSync(path)) return false;
  return !isFolder(path) || readdirSync(path).some(isPartnersFile);
}

/** The file of --into for pins, and the files to read: it is one of them as soon as it exists. */
export function pinsTarget(
  { into, file }: Given<'file'> & MaybeGiven<'into'>,
  option = '--into',
): {
  readonly into: string | null;
  readonly file: Given<'file'>['file'];
} {
  if (into === undefined) return { into: null, file };
  if (!isPartnersFile(into) || isFolder(into))
    throw failure('USAGE', `${option} takes a .yaml file for the pins, not ${JSON.stringify(into)}.`, {
      hint: 'Name a file such as catalog.production.yaml.',
    });
  refuseUnreachable(into, dirname(into));
  return { into: normalize(into), file: existsSync(into) ? [...file, into] : file };
}
