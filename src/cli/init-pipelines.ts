/** init --ci: writes the CI files of a repository, and updates those that nobody has edited. */
import { existsSync, statSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { EditedFile } from '../edit/amendment.ts';
import { refuseIrregular } from '../files/regular-file.ts';
import { writeFiles } from '../files/write.ts';
import { defaultBranch } from '../git/default-branch.ts';
import { git } from '../git/git.ts';
import { failure } from '../problem.ts';
import { shellWord } from '../shell-word.ts';
import type { Args } from './command.ts';
import { linesAnd, showEdits } from './offer-edits.ts';
import {
  type CiSystem,
  filesIn,
  hashOf,
  type PipelinePath,
  pipelineFiles,
  pipelinePaths,
  readStamp,
} from './pipelines.ts';
import type { Terminal } from './terminal.ts';

/** What a file is now, against what this version would write. */
type State = 'missing' | 'current' | 'outdated' | 'edited' | 'unstamped';

type Compared = EditedFile & { readonly state: State; readonly isOutdated: boolean };

/**
 * Writes what is missing and updates what nobody has edited. A file that somebody has edited, or that has no stamp, is
 * left as it is and its difference shown: then the exit code is 1. With --check nothing is written, and it is 2 where
 * a file, edited or not, comes from other templates than those of this version.
 */
export async function initPipelines(
  system: CiSystem,
  args: Args<'init'>,
  terminal: Terminal,
): Promise<number> {
  const [folder = '.'] = args.positionals;
  const isGiven = !args.defaulted.has('file');
  await refuseBelowTop(system, folder, args.file, isGiven);
  const named = isGiven ? args.file : ((await filesBefore(system, folder)) ?? args.file);
  const files = pathsFrom(named, folder, system);
  await refuseWrongFiles(files, folder, isGiven, terminal);
  const branch = await defaultBranch(folder);
  const wanted = await pipelineFiles(system, { files, branch });
  const compared = await Promise.all(wanted.map(({ path, text }) => compare(join(folder, path), text)));
  if (args.check) {
    const lines = compared.map((each) => `${each.path}: ${checkWords(each)}`);
    await terminal.out(terminal.doors.text(lines, (clean) => `${clean.join('\n')}\n`));
    return compared.some(({ isOutdated }) => isOutdated) ? 2 : 0;
  }
  const kept = compared.filter(({ state }) => state === 'edited' || state === 'unstamped');
  const written = compared.filter(({ state }) => state === 'missing' || state === 'outdated');
  await writeFiles(written, terminal.doors.file);
  const lines = [...compared.map((each) => `${each.path}: ${words[each.state]}`), ...wayOut(kept)];
  await showEdits(kept, linesAnd({ files: lines }, lines), { format: 'text' }, terminal);
  if (written.some(({ state }) => state === 'missing'))
    terminal.note(
      `Once Introw matches these files, push that commit, so that the first merge applies no drift: git push origin ${branch}:refs/heads/introw-applied`,
    );
  return kept.length > 0 ? 1 : 0;
}

/**
 * CI systems read their files at the top of a repository only: those of a folder below it would never run. The hint is
 * the command that does the same at the top, with the files that were given, or the default where it is here.
 */
async function refuseBelowTop(
  system: CiSystem,
  folder: string,
  files: readonly string[],
  isGiven: boolean,
): Promise<void> {
  const asked = ['rev-parse', '--show-prefix', '--show-cdup'];
  const { code, stdout } = await git(folder, asked).catch(() => ({ code: 1, stdout: '' }));
  const [below = '', up = ''] = stdout.toString().split('\n');
  if (code !== 0 || below === '') return;
  const named = files.filter((file) => isGiven || existsSync(join(folder, file)));
  const words = named.map((file) => ` -f ${shellWord(isAbsolute(file) ? file : posix.join(below, file))}`);
  throw failure('USAGE', `Pipelines belong at the top of the repository, and this is ${below} of it.`, {
    hint: `Run introwctl init --ci ${system} ${shellWord(join(folder, up))}${words.join('')}`,
  });
}

const words: Readonly<Record<State, string>> = {
  missing: 'written.',
  outdated: 'updated.',
  current: 'up to date.',
  edited: 'edited since introwctl wrote it, so it was left as it is; the difference is shown above.',
  unstamped: 'not written by introwctl, so it was left as it is; the difference is shown above.',
};

/** What to do about files that were left as they are. */
function wayOut(kept: readonly Compared[]): string[] {
  if (kept.length === 0) return [];
  const own = "To have introwctl's own again, delete the file and run this again.";
  return kept.some(({ isOutdated }) => isOutdated)
    ? [
        `To keep your edits, take over what you want of the lines with a +, and always the first, which is the stamp. ${own}`,
      ]
    : [`The templates haven't changed since, so your edits can stay. ${own}`];
}

function checkWords({ state, isOutdated }: Compared): string {
  if (state === 'missing') return 'missing.';
  if (state === 'unstamped') return 'not written by introwctl.';
  const edited = state === 'edited' ? ', edited' : '';
  return isOutdated ? `from other templates than those of this version${edited}.` : `up to date${edited}.`;
}

async function compare(path: string, text: string): Promise<Compared> {
  const before = await textAt(path);
  if (before === null) return { path, before, after: text, state: 'missing', isOutdated: true };
  const [stamp, wanted] = [readStamp(before), readStamp(text)];
  const isOutdated = stamp.hash !== wanted.hash;
  // A file keeps its line endings, so that its difference is that of its words.
  const after = before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
  return { path, before, after, state: stateOf(stamp, isOutdated), isOutdated };
}

/** The text of a CI file; null where there is none. */
async function textAt(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  await refuseIrregular(path, 'Move it away; introwctl init --ci writes a file there.');
  return readFile(path, 'utf8');
}

function stateOf({ hash, body }: ReturnType<typeof readStamp>, isOutdated: boolean): State {
  if (hash === null) return 'unstamped';
  if (hash !== hashOf(body)) return 'edited';
  return isOutdated ? 'outdated' : 'current';
}

/** Without -f, the files that the pipelines name already: an update doesn't forget them. */
async function filesBefore(system: CiSystem, folder: string): Promise<readonly string[] | null> {
  for (const path of pipelinePaths(system)) {
    const text = await textAt(join(folder, path));
    const named = text === null ? null : filesIn(text);
    if (named !== null) return named;
  }
  return null;
}

/** A pipeline for files that aren't there, or that git doesn't know by these names, would only ever fail. */
async function refuseWrongFiles(
  files: readonly PipelinePath[],
  folder: string,
  isGiven: boolean,
  { note }: Terminal,
): Promise<void> {
  for (const { path } of files) {
    const full = join(folder, path);
    if (!existsSync(full)) {
      if (isGiven) throw failure('FILE_NOT_FOUND', `There is no file ${full}.`);
      note(`There is no ${full} yet: the pipelines fail until there is.`);
    } else {
      const real = relative(await realpath(folder), await realpath(full))
        .split(sep)
        .join('/');
      if (real !== (path === '.' ? '' : path))
        throw failure(
          'USAGE',
          `${path} is reached through a symbolic link, and git sees no change to what it points to.`,
          {
            hint: real.startsWith('..') ? 'Pass a file of this repository.' : `Pass -f ${real || '.'}`,
          },
        );
    }
  }
}

/** What the CI systems would replace in the names of files. */
const replaced: Readonly<Record<CiSystem, { readonly sign: string; readonly by: string }>> = {
  github: { sign: '${{', by: 'GitHub' },
  gitlab: { sign: '$', by: 'GitLab' },
};

function pathsFrom(files: readonly string[], folder: string, system: CiSystem): PipelinePath[] {
  const { sign, by } = replaced[system];
  return files.map((file) => {
    const path = posix.normalize(file.split(sep).join('/')).replace(/(?!^)\/$/, '');
    if (/^(\/|[A-Za-z]:|\.\.(\/|$))/.test(path))
      throw failure('USAGE', `-f ${JSON.stringify(file)} isn't a path inside of the repository.`, {
        hint: 'Pipelines run at the top of the repository: name the files from there.',
      });
    if (path.includes(sign))
      throw failure('USAGE', `-f ${JSON.stringify(file)} holds ${sign}, which ${by} would replace.`, {
        hint: 'Rename the file.',
      });
    if (/[\r\n]|^\s|\s$/.test(path))
      throw failure('USAGE', `-f ${JSON.stringify(file)} can't be a line of INTROW_FILES.`);
    return { path, isFolder: isFolder(join(folder, path)) };
  });
}

/** What isn't there yet is a folder if it isn't called like a file. */
function isFolder(path: string): boolean {
  return existsSync(path) ? statSync(path).isDirectory() : !/\.ya?ml$/.test(path);
}
