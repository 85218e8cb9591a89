import { checkFiles, loadDesired } from '../../desired/load.ts';
import { amendEach } from '../../edit/amend-each.ts';
import { formatFile, formatIfValid } from '../../edit/format/format.ts';
import { nameIds } from '../../edit/name-ids.ts';
import { count } from '../../english.ts';
import { readSources, type SourceFile } from '../../files/read.ts';
import type { FmtDocument } from '../../render/documents.ts';
import type { Run } from '../command.ts';
import { linesAnd, showEdits, writeUnlessStopped } from '../offer-edits.ts';

/** Writes each file in its canonical form; with --check only shows what that would change. */
export const run: Run<'fmt'> = async (args, terminal) => {
  const sources = await readSources(args.file);
  const named = args.names ? withNames(sources) : new Map<string, string>();
  const wanted = sources.map(({ path, text }) => ({ path, text: named.get(path) ?? text }));
  const formatted = wanted.map(formatIfValid);
  if (formatted.includes(null)) checkFiles(sources);
  const files = wanted
    .map((file, at) => ({
      path: file.path,
      before: sources[at]?.text ?? '',
      after: formatted[at] ?? formatFile(file),
    }))
    .filter(({ before, after }) => before !== after);
  if (!args.check) await writeUnlessStopped(files, terminal);
  const paths = files.map(({ path }) => path);
  const done = args.check ? 'would be formatted' : 'formatted';
  const line =
    files.length === 0
      ? `${count(sources.length, 'file')}: already formatted.`
      : `${count(files.length, 'file')} ${done}: ${paths.join(', ')}.`;
  await showEdits(
    args.check ? files : [],
    linesAnd({ formatted: paths } satisfies FmtDocument, [line]),
    args,
    terminal,
  );
  return args.check && files.length > 0 ? 2 : 0;
};

/** The texts of the files in which catalog names take the place of ids. */
function withNames(sources: readonly SourceFile[]): Map<string, string> {
  const desired = loadDesired(sources);
  const { files } = amendEach(desired, { edits: nameIds(desired), additions: [] });
  return new Map(files.map(({ path, after }) => [path, after]));
}
