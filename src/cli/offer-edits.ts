/** How changes of files are shown, asked about and written. */
import type { EditedFile } from '../edit/amendment.ts';
import { type FileWrite, writeFiles } from '../files/write.ts';
import { failure } from '../problem.ts';
import { patchText } from '../render/patch.ts';
import { harmless } from '../render/sanitise.ts';
import { plain } from '../render/style.ts';
import { wrap } from '../render/wrap.ts';
import { confirm } from './approval.ts';
import type { Args } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Shows the changes; asks unless --auto-approve; writes unless --check, which exits 2 when there are any. */
export async function offerEdits(
  files: readonly EditedFile[],
  said: { readonly text: string; readonly json: object },
  args: Args,
  terminal: Terminal,
): Promise<number> {
  await showEdits(files, said, args, terminal);
  if (files.length === 0) return 0;
  if (args.check) return 2;
  if (!args['auto-approve']) await confirm('Write this?', terminal);
  await writeUnlessStopped(files, terminal);
  terminal.note(written(files));
  return 0;
}

/** The diff and the sentences; as JSON, one document of both. */
export async function showEdits(
  files: readonly EditedFile[],
  said: { readonly text: string; readonly json: object },
  args: Pick<Args, 'format'>,
  terminal: Terminal,
): Promise<void> {
  if (args.format === 'json') {
    const patches = files.map((file) => ({ path: file.path, patch: patchText(file, plain) }));
    await terminal.out(`${JSON.stringify({ ...said.json, files: patches }, null, 2)}\n`);
    return;
  }
  const patches = files.map((file) => patchText(file, terminal.outStyle)).join('');
  const text = wrap(said.text, terminal.outStyle);
  await terminal.out([patches, text].filter((part) => part !== '').join('\n'));
}

/** Writes the files, unless somebody has pressed Ctrl-C meanwhile. */
export async function writeUnlessStopped(files: readonly FileWrite[], terminal: Terminal): Promise<void> {
  if (terminal.stop.aborted)
    throw failure('INTERRUPTED', 'The run was interrupted before anything was written.');
  await writeFiles(files);
}

export function written(files: readonly EditedFile[]): string {
  const shown = files.slice(0, 5).map(({ path }) => harmless(path));
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  return `Written: ${shown.join(', ')}${more}.`;
}
