import { formatFile } from '../desired/edit/format.ts';
import { readSources } from '../desired/files.ts';
import { checkFiles } from '../desired/load.ts';
import { harmless } from '../render/harmless.ts';
import { count } from '../render/words.ts';
import type { Run } from './command.ts';
import { showEdits, writeUnlessStopped } from './edits.ts';

/** Writes each file in its canonical form; with --check only shows what that would change. */
export const run: Run = async (args, terminal) => {
  const sources = await readSources(args.file);
  checkFiles(sources);
  const files = sources
    .map((file) => ({ path: file.path, before: file.text, after: formatFile(file) }))
    .filter(({ before, after }) => before !== after);
  if (!args.check) await writeUnlessStopped(files, terminal);
  const paths = files.map(({ path }) => path);
  const done = args.check ? 'would be formatted' : 'formatted';
  const text =
    files.length === 0
      ? `${count(sources.length, 'file')}: already formatted.\n`
      : `${count(files.length, 'file')} ${done}: ${paths.map(harmless).join(', ')}.\n`;
  await showEdits(args.check ? files : [], { text, json: { formatted: paths } }, args, terminal);
  return args.check && files.length > 0 ? 2 : 0;
};
