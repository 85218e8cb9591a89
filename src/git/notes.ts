/** Notes on commits under refs/notes/introw: they say something of a commit without changing it, and travel by push and fetch. */
import { failure } from '../problem.ts';
import { git } from './git.ts';
import { gitOnFolders } from './missing.ts';

const ref = 'introw';

/** Commits that have a note, and the object that holds it; none where no note was ever written or fetched. */
export async function listNotes(folder: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await gitOnFolders(
    folder,
    ['notes', `--ref=${ref}`, 'list'],
    ['-1', `refs/notes/${ref}`],
  );
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

/** Adds a line to the note of a commit. Who ran it is in the line, if anywhere: no identity has to be set up for git. */
export async function addNote(folder: string, commit: string, line: string): Promise<void> {
  const identity = ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'introwctl'],
    [`GIT_${role}_EMAIL`, 'introwctl@localhost'],
  ]);
  const asked = ['notes', `--ref=${ref}`, 'append', '-F', '-', commit];
  const { code, stderr } = await git(folder, asked, `${line}\n`, Object.fromEntries(identity));
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
