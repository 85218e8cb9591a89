/** The YAML files of a commit that the working tree doesn't have: what was renamed, moved, split, joined or deleted. */
import { lstatSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isPartnersFile, type SourceFile } from '../files/read.ts';
import { failure } from '../problem.ts';
import { topLevel, treeRows } from './base.ts';
import { git } from './git.ts';

type Gone = { readonly path: string; readonly object: string };

/** Reads them with two git processes. Paths are as seen from here; links and submodules have no text. */
export async function readGoneFiles(commit: string): Promise<readonly SourceFile[]> {
  const here = process.cwd();
  const top = await topLevel(here);
  // Not `git diff`: to compare a file of the working tree, it would run the filters that the repository names.
  const listed = await git(top, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listed.code !== 0) throw unlisted(listed.stderr);
  const root = realpathSync.native(top);
  const gone = treeRows(listed.stdout).flatMap(({ mode, object, name: path }): Gone[] => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const isGone = mode.startsWith('100') && isPartnersFile(name) && !isThere(root, path);
    return isGone ? [{ path, object }] : [];
  });
  if (gone.length === 0) return [];
  const read = await git(top, ['cat-file', '--batch'], `${gone.map(({ object }) => object).join('\n')}\n`);
  if (read.code !== 0) throw unlisted(read.stderr);
  const texts = textsOf(read.stdout);
  return gone.map(({ path }, index) => ({
    path: relative(here, join(top, path)),
    text: texts[index] ?? '',
  }));
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

/** `<object> blob <size>`, a line break, the content, a line break; `<object> missing` in a partial clone. */
function textsOf(stdout: Buffer): string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < stdout.length) {
    const end = stdout.indexOf(10, at);
    const [, kind, size = '0'] = stdout.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (kind !== 'blob') texts.push('');
    else {
      texts.push(stdout.subarray(at, at + Number(size)).toString());
      at += Number(size) + 1;
    }
  }
  return texts;
}

function unlisted(stderr: string) {
  return failure(
    'GIT_FAILED',
    `git could not list what is gone since the base: ${stderr.trim().split('\n')[0] ?? ''}.`,
  );
}
