/** How changes of files are shown, asked about and written. */

import type { EditedFile } from '../edit/amendment.ts';
import { firstOf } from '../english.ts';
import { type FileWrite, writeFiles } from '../files/write.ts';
import { failure } from '../problem.ts';
import type { WithFiles } from '../render/documents.ts';
import { patchLines, patchText } from '../render/patch.ts';
import type { Style } from '../render/style.ts';
import { wrap } from '../render/wrap.ts';
import { confirm } from './approval.ts';
import type { Given } from './options.ts';
import type { Terminal } from './terminal.ts';

/** The result of an edit, next to its diff: as sentences made from a document, and as JSON. */
export type Said<Document> = {
  readonly document: Document;
  readonly text: (clean: Document, style: Style) => string;
  readonly json: object;
};

/** Lines that need no more than to be read. */
export function linesAnd(json: object, lines: readonly string[]): Said<readonly string[]> {
  return { document: lines, text: (clean) => `${clean.join('\n')}\n`, json };
}

/** Shows the changes; asks unless --auto-approve; writes unless --check, which exits 2 when there are any. */
export async function offerEdits<Document>(
  files: readonly EditedFile[],
  said: Said<Document>,
  args: Given<'format' | 'check' | 'auto-approve'>,
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
export async function showEdits<Document>(
  files: readonly EditedFile[],
  said: Said<Document>,
  args: Given<'format'>,
  terminal: Terminal,
): Promise<void> {
  const { doors, outStyle } = terminal;
  if (args.format === 'json') {
    const patches = files.map((file) => ({ path: file.path, patch: `${patchLines(file).join('\n')}\n` }));
    const document: WithFiles<object> = { ...said.json, files: patches };
    return terminal.out(doors.data(document));
  }
  const patches = files.map(patchLines);
  const text = doors.text({ patches, document: said.document }, (clean) => {
    const shown = clean.patches.map((lines) => patchText(lines, outStyle)).join('');
    return [shown, wrap(said.text(clean.document, outStyle), outStyle)]
      .filter((part) => part !== '')
      .join('\n');
  });
  return terminal.out(text);
}

/** Writes the files, unless somebody has pressed Ctrl-C meanwhile. */
export async function writeUnlessStopped(files: readonly FileWrite[], terminal: Terminal): Promise<void> {
  if (terminal.stop.aborted)
    throw failure('INTERRUPTED', 'The run was interrupted before anything was written.');
  await writeFiles(files, terminal.doors.file);
}

export function written(files: readonly EditedFile[]): string {
  const paths = files.map(({ path }) => path);
  return `Written: ${firstOf(paths, 5)}.`;
}
