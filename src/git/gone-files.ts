/** The YAML files of a commit that the working tree doesn't have: what was renamed, moved, split, joined or deleted. */
import { lstatSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isPartnersFile, type SourceFile } from '../files/read.ts';
import { failure } from '../problem.ts';
import { topLevel, treeRows } from './base.ts';
import { git } from './git.ts';
import { gitOnFolders, readBlobs } from './missing.ts';

type Gone = { readonly path: string; readonly object: string };

/** Reads them with four git processes at most. Paths are as seen from here; links and submodules have no text. */
export async function readGoneFiles(commit: string): Promise<readonly SourceFile[]> {
  const here = process.cwd();
  const top = await topLevel(here);
  // Not `git diff`: to compare a file of the working tree, it would run the filters that the repository names.
  const listed = await gitOnFolders(top, ['ls-tree', '-r', '-z', '--full-tree', commit], ['-1', commit]);
  if (listed.code !== 0) throw unlisted(listed.stderr);
  const root = realpathSync.native(top);
  const gone = treeRows(listed.stdout).flatMap(({ mode, object, name: path }): Gone[] => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const isGone = mode.startsWith('100') && isPartnersFile(name) && !isThere(root, path);
    return isGone ? [{ path, object }] : [];
  });
  if (gone.length === 0) return [];
  const sparse = await outsideOfSparse(top);
  const wanted = gone.filter(({ path }) => !sparse.has(path));
  const texts = await readBlobs(
    top,
    wanted.map(({ object }) => object),
  );
  return wanted.map(({ path }, index) => ({
    path: relative(here, join(top, path)),
    text: texts[index] ?? '',
  }));
}

/** The files that a sparse checkout leaves out of the working tree: nobody has taken them away. */
async function outsideOfSparse(top: string): Promise<ReadonlySet<string>> {
  const listed = await git(top, ['ls-files', '-z', '-t', '--', ':(icase)*.yaml', ':(icase)*.yml']);
  if (listed.code !== 0) throw unlisted(listed.stderr);
  const rows = listed.stdout.toString().split('\0');
  return new Set(rows.flatMap((row) => (row.startsWith('S ') ? row.slice(2) : [])));
}

/**
 * Whether the working tree has a file of that very name: not a folder or a link in its place, nor, where upper and lower
 * case are one to the file system, a file that is spelled otherwise.
 */
function isThere(root: string, path: string): boolean {
  const full = join(root, path);
  if (lstatSync(full, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const real = relative(root, realpathSync.native(full)).split(sep).join('/');
  return real.normalize('NFC') === path.normalize('NFC');
}

function unlisted(stderr: string) {
  return failure(
    'GIT_FAILED',
    `git could not list what is gone since the base: ${stderr.trim().split('\n')[0] ?? ''}.`,
  );
}
