import type { DesiredState } from '../desired/state.ts';
import { firstOf } from '../english.ts';
import { unreadFiles } from '../files/subfolders.ts';
import { type Warning, warning } from '../problem.ts';

const mostNamed = 5;

/** Points out files in subfolders: a partner whose file was moved into one is no longer read, which looks like letting it go. */
export async function unreadWarnings(paths: readonly string[], { files }: DesiredState): Promise<Warning[]> {
  const unread = await unreadFiles(
    paths,
    files.map(({ path }) => path),
  );
  if (unread.length === 0) return [];
  const shown = firstOf(unread, mostNamed);
  const message = `Not read, since -f takes only the files of a folder itself: ${shown}.`;
  return [warning('SUBFOLDER_NOT_READ', message)];
}
