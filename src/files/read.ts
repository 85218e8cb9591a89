import { basename, join, normalize } from 'node:path';
import { readdir, readlink, realpath, stat, withOpenFile } from '../file-system.ts';
import { Failure, type Problem, problem, throwOnAny } from '../problem.ts';
import { readHint, reasonOf, systemCode } from '../system-error.ts';
import { decodeText } from './decode.ts';
import { refuseIrregular } from './regular-file.ts';

/** A file as it was read: its path as people gave it, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** Far above any organisation's partners (50,000 take about 8 MB), far below what would stall a CI job. */
const maxBytes = 16 * 1024 * 1024;

/** Reads the files and folders that -f names, each file once and under the name that it was first given; all that is wrong with any of them is thrown together. */
export async function readSources(paths: readonly string[]): Promise<readonly SourceFile[]> {
  const { files, problems } = await readReadable(paths);
  throwOnAny(problems);
  return files;
}

/** The same for those that can be read, and what is wrong with the others. */
export async function readReadable(
  paths: readonly string[],
): Promise<{ readonly files: readonly SourceFile[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  const note = (found: Problem) => void problems.push(found);
  const listed = await Promise.all(paths.map((path) => listFiles(path, note)));
  const seen = new Set<string>();
  for (const path of listed.flat().map(normalize)) {
    const real = await realOf(path);
    if (seen.has(real)) continue;
    seen.add(real);
    const text = await readText(path, note);
    if (text !== null) files.push({ path, text });
  }
  return { files, problems };
}

/** The name under which a file that was read goes, however it is named now; one that wasn't read keeps this name. */
export async function nameAmong(files: readonly SourceFile[], path: string): Promise<string> {
  const real = await realOf(path);
  for (const file of files) if ((await realOf(file.path)) === real) return file.path;
  return normalize(path);
}

/** The files that -f names, those of its folders included; what can't be found is left out. */
export async function filesAt(paths: readonly string[]): Promise<string[]> {
  return (await Promise.all(paths.map((path) => listFiles(path, () => undefined)))).flat();
}

/** Whether -f with a folder reads this file of it, by its name. */
export function isPartnersFile(path: string): boolean {
  const name = basename(path);
  return /\.ya?ml$/i.test(name) && !name.startsWith('.');
}

/** One file may be reached by many names; what can't be found is known by the name it has. */
async function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

async function listFiles(path: string, note: (found: Problem) => void): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter(isPartnersFile).sort();
    if (names.length === 0) note(problem('NO_FILES', `The folder ${path} holds no .yaml or .yml file.`));
    return names.map((name) => join(path, name));
  } catch (error) {
    note(await unreadable(path, error));
    return [];
  }
}

async function readText(path: string, note: (found: Problem) => void): Promise<string | null> {
  try {
    await refuseIrregular(path);
    return await withOpenFile(path, async (file) => {
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
      const text = decodeText(path, await file.read());
      if (typeof text === 'string') return text;
      note(text);
      return null;
    });
  } catch (error) {
    note(await unreadable(path, error));
    return null;
  }
}

async function unreadable(path: string, error: unknown): Promise<Problem> {
  if (error instanceof Failure) return error.problems[0];
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return notFound(path);
  return problem('FILE_UNREADABLE', `${path} could not be read: ${reasonOf(error)}.`, readHint(code));
}

async function notFound(path: string): Promise<Problem> {
  const to = await readlink(path).catch(() => null);
  if (to !== null)
    return problem('FILE_NOT_FOUND', `${path} is a link to ${to}, which doesn't exist.`, {
      hint: 'Restore what it points to, or pass another file with -f.',
    });
  const other = path.replace(/\.(ya?ml)$/iu, (end) => (/^\.yml$/iu.test(end) ? '.yaml' : '.yml'));
  const exists =
    other !== path &&
    (await stat(other).then(
      () => true,
      () => false,
    ));
  return exists
    ? problem('FILE_NOT_FOUND', `There is no file ${path}, but there is ${other}.`, {
        hint: `Pass -f ${other}.`,
      })
    : problem('FILE_NOT_FOUND', `There is no file ${path}.`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
