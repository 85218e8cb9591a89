import { historyDocument } from '../../history/document.ts';
import { historyFormats } from '../../render/history-formats.ts';
import type { Args, Run } from '../command.ts';
import { readHistory } from '../read-history.ts';
import { version } from '../version.ts';

/** Reads git and nothing else: no key, no network, not even the files of the working tree. */
export const run: Run<'history'> = async (args, terminal) => {
  const listed = (given: readonly string[]) =>
    given.flatMap((each) => each.split(',')).map((each) => each.trim());
  const { files, head, ...found } = await readHistory(args, listed(args.positionals), terminal);
  const source = { files, until: head, firstParent: !args['all-commits'] };
  const asked = { fields: listed(args.field ?? []), runs: args.runs };
  const history = historyDocument({ ...found, source }, asked, version);
  const render = formatNamed(args.format);
  await terminal.out(render(terminal.doors, history, terminal.outStyle, args));
  return 0;
};

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
