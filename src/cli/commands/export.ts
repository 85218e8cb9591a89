import { existsSync } from 'node:fs';
import { namesOf } from '../../desired/catalog-names.ts';
import { loadDesired } from '../../desired/load.ts';
import type { DesiredState } from '../../desired/state.ts';
import { identities } from '../../fields.ts';
import { readBase } from '../../git/base.ts';
import { globs } from '../../glob.ts';
import { readLive } from '../../introw/reader.ts';
import type { LiveState } from '../../partner.ts';
import { failure } from '../../problem.ts';
import { csvText } from '../../sheet/csv.ts';
import { exportDocument } from '../../sheet/export-document.ts';
import { type ExportRow, exportRows } from '../../sheet/export-rows.ts';
import { conditionsIn } from '../../sheet/where.ts';
import { sheetRecords } from '../../sheet/write-sheet.ts';
import type { Args, Run } from '../command.ts';
import { connect } from '../connect.ts';
import { readDesired } from '../load-files.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';

/** Writes partners as a sheet or as JSON. Offline unless Introw is asked for; nothing that this module can reach writes to it. */
export const run: Run<'export'> = async (args, terminal) => {
  if (args.live && args.compare)
    throw failure('USAGE', '--compare shows the files and Introw; --live shows Introw alone.', {
      hint: 'Pass one of the two.',
    });
  const desired = await desiredAt(args);
  const names = namesOf(desired.catalog);
  const meets = conditionsIn(args.where ?? [], desired);
  const fits = args.match === undefined ? () => true : globs(args.match);
  const isWanted = ({ row }: ExportRow) =>
    meets(row) && Object.values(identities).some(({ name }) => fits(String(row.values.get(name) ?? '')));
  const live = args.live || args.compare ? await liveOf(args, desired, terminal) : null;
  const all = exportRows(desired, live, args.live);
  const exported = all.filter(isWanted);
  const { doors } = terminal;
  if (args.format === 'json') {
    const document = exportDocument(exported, names, version);
    await terminal.out(doors.data(document));
  } else {
    await terminal.out(doors.sheet('The sheet', csvText(sheetRecords(exported, names, args.compare), args)));
  }
  if (exported.length === 0) terminal.note(all.length === 0 ? nobodyIn(args) : 'No partner matches.');
  return 0;
};

/** What to say where there is nobody to choose from. */
function nobodyIn({ live, compare }: Args<'export'>): string {
  if (live) return 'Introw has no partners yet.';
  return compare ? 'Neither the files nor Introw have partners yet.' : 'The files have no partners yet.';
}

/** The files as they are, or as they were at --at. Where Introw is asked, its partners need no file. */
async function desiredAt({ at, file, live, defaulted }: Args<'export'>): Promise<DesiredState> {
  if (at !== undefined) {
    const { files } = await readBase(file, at);
    if (files.length > 0) return loadDesired(files);
    throw failure('NO_FILES', `${at} has no ${file.join(' and no ')}.`, {
      hint: 'Pass the path that the file had there with -f.',
    });
  }
  if (live && defaulted.has('file') && !file.some((path) => existsSync(path)))
    return loadDesired([{ path: file[0] ?? '', text: 'version: 1\n' }]);
  return readDesired(file);
}

async function liveOf(args: Args<'export'>, desired: DesiredState, terminal: Terminal): Promise<LiveState> {
  const connection = await connect(args, terminal, desired.settings);
  try {
    terminal.progress('Reading partners from Introw');
    return await readLive(connection, { kind: 'list' });
  } finally {
    terminal.endProgress();
    await connection.close();
  }
}
