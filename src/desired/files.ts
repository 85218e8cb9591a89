import { open, readdir, stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { failOnAny, type Problem, problem } from '../problem.ts';
import type { SourceFile } from './state.ts';

/** Far above any organisation's partners (50,000 take about 8 MB), far below what would stall a CI job. */
const maxBytes = 16 * 1024 * 1024;

/** Reads the files and folders that -f names; all that is wrong with any of them is thrown together. */
export async function readSources(paths: readonly string[]): Promise<readonly SourceFile[]> {
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  const note = (found: Problem) => void problems.push(found);
  const listed = await Promise.all(paths.map((path) => listFiles(path, note)));
  for (const path of new Set(listed.flat().map(normalize))) {
    const text = await readText(path, note);
    if (text !== null) files.push({ path, text });
  }
  failOnAny(problems);
  return files;
}

/** Whether a folder's file holds partners, by its name. */
export function isPartnersFile(name: string): boolean {
  return /\.ya?ml$/i.test(name) && !name.startsWith('.');
}

async function listFiles(path: string, note: (found: Problem) => void): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter(isPartnersFile).sort();
    if (names.length === 0) note(problem('NO_FILES', `The folder ${path} holds no .yaml or .yml file.`));
    return names.map((name) => join(path, name));
  } catch (error) {
    note(unreadable(path, error));
    return [];
  }
}

async function readText(path: string, note: (found: Problem) => void): Promise<string | null> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) {
        note(
          problem(
            'FILE_TOO_LARGE',
            `${path} has ${megabytes(size)} MB, more than the ${megabytes(maxBytes)} MB that a file may have.`,
          ),
        );
        return null;
      }
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    note(unreadable(path, error));
    return null;
  }
}

function unreadable(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return problem('FILE_NOT_FOUND', `There is no file ${path}.`);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return problem('FILE_UNREADABLE', `${path} is not UTF-8 text.`, { hint: 'Save it as UTF-8.' });
  }
  return problem('FILE_UNREADABLE', `${path} could not be read (${code}).`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
