import { count } from '../../english.ts';
import { readHistory } from '../../git-history/read-history.ts';
import { historyDocument } from '../../history/document.ts';
import { historyFormats } from '../../render/history-formats.ts';
import type { Args, Run } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';

/** Reads git and nothing else: no key, no network, not even the files of the working tree. */
export const run: Run<'history'> = async (args, terminal) => {
  const listed = (given: readonly string[]) =>
    given.flatMap((each) => each.split(',')).map((each) => each.trim());
  const findings = await readHistory({
    files: args.file,
    since: args.since,
    until: args.until,
    allCommits: args['all-commits'],
    handles: listed(args.positionals),
    onCommit: progressOf(terminal),
  }).finally(terminal.endProgress);
  const asked = { fields: listed(args.field ?? []), runs: args.runs };
  const history = historyDocument(findings, asked, version);
  const render = formatNamed(args.format);
  await terminal.out(render(terminal.doors, history, terminal.outStyle, args));
  return 0;
};

/** In a log one line for all commits; on a terminal every twentieth commit. */
function progressOf(terminal: Terminal): (commit: number, of: number) => void {
  let isFirst = true;
  return (commit, of) => {
    if (terminal.live && commit % 20 === 1)
      terminal.progress(`Reading the history: commit ${commit} of ${of}`);
    if (!terminal.live && isFirst) terminal.progress(`Reading the history of ${count(of, 'commit')}`);
    isFirst = false;
  };
}

/** The command line lets no other format through. */
function formatNamed(name: Args<'history'>['format']) {
  switch (name) {
    case 'json':
    case 'csv':
    case 'markdown':
    case 'html':
      return historyFormats[name];
    default:
      return historyFormats.text;
  }
}
