import { existsSync } from 'node:fs';
import { namesOf } from '../../desired/catalog-names.ts';
import { loadDesired } from '../../desired/load.ts';
import { valueReader } from '../../desired/read-value.ts';
import type { DesiredPartner, DesiredState } from '../../desired/state.ts';
import { identities } from '../../fields.ts';
import { readBase } from '../../git/base.ts';
import { globs } from '../../glob.ts';
import { readLive } from '../../introw/reader.ts';
import type { LivePartner, LiveState } from '../../partner.ts';
import { indexLive } from '../../plan/live.ts';
import { matchPartners } from '../../plan/match.ts';
import { failure } from '../../problem.ts';
import { csvText } from '../../sheet/csv.ts';
import { type ExportDocument, exportedPartner, exportFormatVersion } from '../../sheet/export-document.ts';
import { desiredRow, liveRow, type Row, shownIn } from '../../sheet/rows.ts';
import { conditionsIn } from '../../sheet/where.ts';
import { sheetRecords } from '../../sheet/write-sheet.ts';
import type { Args, Run } from '../command.ts';
import { connect } from '../connect.ts';
import { readDesired } from '../load-files.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';

/** A partner to be exported: of the files, of Introw, or with --compare of both. */
type Exported = {
  readonly row: Row;
  readonly partner: DesiredPartner | null;
  /** Undefined unless both sides are shown; null where Introw has no match. */
  readonly live?: Row | null;
};

/** Writes partners as a sheet or as JSON. Offline unless Introw is asked for; nothing that this module can reach writes to it. */
export const run: Run<'export'> = async (args, terminal) => {
  if (args.live && args.compare)
    throw failure('USAGE', '--compare shows the files and Introw; --live shows Introw alone.', {
      hint: 'Pass one of the two.',
    });
  const desired = await desiredAt(args);
  const names = namesOf(desired.catalog);
  const meets = conditionsIn(args.where ?? [], valueReader(desired), (row, column) =>
    shownIn(row, column, names),
  );
  const fits = args.match === undefined ? () => true : globs(args.match);
  const isWanted = ({ row }: Exported) =>
    meets(row) && Object.values(identities).some(({ name }) => fits(String(row.values.get(name) ?? '')));
  const all: readonly Exported[] =
    args.live || args.compare
      ? withLive(desired, await liveOf(args, desired, terminal), args.live)
      : [...desired.partners.values()].map((partner) => ({ row: desiredRow(partner), partner }));
  const exported = all.filter(isWanted);
  const { doors } = terminal;
  if (args.format === 'json') {
    const partners = exported.map(({ row, partner, live }) => exportedPartner(row, names, partner, live));
    const tool = { name: 'introwctl', version } as const;
    const document: ExportDocument = { formatVersion: exportFormatVersion, kind: 'export', tool, partners };
    await terminal.out(doors.data(document));
  } else {
    await terminal.out(doors.file('The sheet', csvText(sheetRecords(exported, names, args.compare), args)));
  }
  if (exported.length === 0) terminal.note('No partner matches.');
  return 0;
};

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

/** Both sides by who is who; a handle in doubt has no live side. `alone` lists Introw's partners in its order. */
function withLive({ partners }: DesiredState, live: LiveState, alone: boolean): Exported[] {
  const matches = matchPartners(partners.values(), indexLive(live), null);
  const handles = new Map<LivePartner, DesiredPartner>();
  for (const [handle, match] of matches) {
    const partner = partners.get(handle);
    if (match.kind === 'matched' && partner !== undefined) handles.set(match.live, partner);
  }
  if (alone)
    return live.partners.map((each) => ({
      row: liveRow(handles.get(each)?.handle ?? null, each),
      partner: null,
    }));
  return [...partners.values()].map((partner) => {
    const match = matches.get(partner.handle);
    const other = match?.kind === 'matched' ? liveRow(partner.handle, match.live) : null;
    return { row: desiredRow(partner), partner, live: other };
  });
}
