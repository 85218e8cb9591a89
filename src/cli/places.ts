/** Where results are to go: looked at before anything is sent, since a result that can't be put down is paid for all the same. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail } from '../problem.ts';
import type { Args } from './options.ts';
import type { Terminal } from './terminal.ts';

type Places = Pick<Args, 'out' | 'summary'>;

/** Throws FILE_NOT_WRITABLE or USAGE where --out or --summary could not be obeyed. */
export async function checkPlaces({ out, summary }: Places, env: Terminal['env']): Promise<void> {
  if (out !== undefined) await checkWritable(out);
  if (summary) await checkWritable(summaryFile(env));
}

/** The file of GitHub's job summary. */
export function summaryFile(env: Terminal['env']): string {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '')
    throw fail('USAGE', '--summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets.');
  return file;
}

async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw unwritable(path, 'it is a folder');
  const folder = dirname(path);
  if (found === null) {
    const above = await stat(folder).catch(() => null);
    if (above === null) throw unwritable(path, `there is no folder ${folder}`);
    if (!above.isDirectory()) throw unwritable(path, `${folder} is not a folder`);
  }
  await access(found === null ? folder : path, constants.W_OK).catch((error: unknown) => {
    throw unwritable(path, 'permission denied', error);
  });
}

function unwritable(path: string, why: string, cause?: unknown) {
  return fail('FILE_NOT_WRITABLE', `${path} could not be written: ${why}.`, { cause });
}
