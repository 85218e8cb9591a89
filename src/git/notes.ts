/** Notes on commits under refs/notes/introw: they say something of a commit without changing it, and travel by push and fetch. */
import { failure } from '../problem.ts';
import { git } from './git.ts';
import { gitOnFolders } from './missing.ts';

const ref = 'introw';

/** Where git keeps them. */
export const notesRef = `refs/notes/${ref}`;

/** Who writes them, for git: no identity has to be set up. Who ran it is in the line of a note, if anywhere. */
const identity = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'introwctl'],
    [`GIT_${role}_EMAIL`, 'introwctl@localhost'],
  ]),
);

/** Commits that have a note, and the object that holds it; none where no note was ever written or fetched. */
export async function listNotes(folder: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await gitOnFolders(folder, ['notes', `--ref=${ref}`, 'list'], ['-1', notesRef]);
  const rows = stdout
    .toString()
    .split('\n')
    .filter((row) => row !== '');
  return new Map(
    rows.map((row) => {
      const [object = '', commit = ''] = row.split(' ');
      return [commit, object];
    }),
  );
}

/** Adds a line to the note of a commit. */
export async function addNote(folder: string, commit: string, line: string): Promise<void> {
  const asked = ['notes', `--ref=${ref}`, 'append', '-F', '-', commit];
  const { code, stderr } = await git(folder, asked, `${line}\n`, identity);
  if (code === 0) return;
  const why = stderr.trim().split('\n')[0] ?? '';
  throw failure(
    'GIT_FAILED',
    `The outcome could not be recorded as a note of ${commit.slice(0, 8)}: ${why}.`,
    {
      hint: 'It was applied; only history does not show it.',
    },
  );
}

/** Joins the notes of a commit of notes with those that are here: of a note on the same commit, the lines of both. */
export async function mergeNotes(theirs: string): Promise<void> {
  const asked = ['notes', `--ref=${ref}`, 'merge', '--quiet', '-s', 'cat_sort_uniq', theirs];
  const { code, stderr } = await git('.', asked, undefined, identity);
  if (code !== 0)
    throw failure('GIT_FAILED', `The notes could not be joined: ${stderr.trim().split('\n')[0] ?? ''}.`);
}
