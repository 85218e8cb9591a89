import { existsSync } from 'node:fs';
import { type Imported, importPartners } from '../../edit/import.ts';
import { count } from '../../english.ts';
import { nameAmong } from '../../files/read.ts';
import { globs } from '../../glob.ts';
import { readLive } from '../../introw/reader.ts';
import type { LivePartner } from '../../partner.ts';
import { costOf } from '../../plan/document.ts';
import { failure } from '../../problem.ts';
import type { ImportDocument } from '../../render/documents.ts';
import { doubtsText } from '../../render/doubts-text.ts';
import type { Args, Run } from '../command.ts';
import { connect } from '../connect.ts';
import { catalogFileIn, fileIn, importTarget, pinsTarget } from '../edit-targets.ts';
import { refreshSchemas } from '../editor-schema.ts';
import { newFileHead } from '../new-file-head.ts';
import { linesAnd, showEdits, writeUnlessStopped, written } from '../offer-edits.ts';
import type { Given } from '../options.ts';
import { type FilesGiven, inHint, repeatFiles } from '../repeat-files.ts';
import type { Terminal } from '../terminal.ts';

/** Writes the live partners that the files lack into a file; nothing that this module can reach writes to Introw. */
export const run: Run<'import'> = async (args, terminal) => {
  const pinsFile = pinsFileOf(args);
  const { desired, target } = await importTarget(args.file, args.into, pinsFile);
  const connection = await connect(args, terminal, desired.settings);
  try {
    terminal.progress('Reading partners from Introw');
    const live = await readLive(connection, { kind: 'list' });
    terminal.endProgress();
    const found = importPartners(desired, live, {
      fileOf: fileIn(target),
      pinBy: args['pin-by'],
      pinsFile: pinsFile === undefined ? null : await nameAmong(desired.files, pinsFile),
      catalogFile: catalogFileIn(target, desired),
      isWanted: fits(args.match),
      headOf: (file) => newFileHead(file, target, desired, live.partners[0]?.id ?? null),
    });
    const { files } = found;
    const doubts = found.doubts.map((each) => inHint(each, args));
    const given = readAfter(args);
    if (!args['dry-run']) await writeUnlessStopped(files, terminal);
    const document: ImportDocument = {
      imported: found.handles,
      named: found.named,
      doubts,
      cost: costOf(connection.budget(), 0),
    };
    const said = linesAnd(document, [summary(found, args)]);
    await showEdits(args['dry-run'] || args.format === 'json' ? files : [], said, args, terminal);
    if (files.length > 0 && !args['dry-run']) {
      terminal.note(written(files));
      const created = files.flatMap(({ path, before }) => (before === null ? [path] : []));
      for (const { path, before } of await refreshSchemas(found.state, created, terminal))
        terminal.note(`${before === null ? 'Written' : 'Updated'} for editors: ${path}.`);
    }
    if (doubts.length > 0)
      terminal.err(terminal.doors.text(doubts, (clean) => doubtsText(clean, terminal.noteStyle)));
    noteUnpinnable(found.unpinnable, terminal);
    noteNamed(found.named, given, terminal);
    noteUnnamed(found.unnamed, given, terminal);
    return 0;
  } finally {
    await connection.close();
  }
};

/** What commands that follow an import are to read: what it was given, and what it was to write to. */
function readAfter({ file, defaulted, into, pins }: Args<'import'>): FilesGiven {
  const written = [into, pins].filter((path) => path !== undefined);
  if (written.every((path) => file.some((each) => each === path))) return { file, defaulted };
  const read = file.filter((path) => existsSync(path));
  return { file: [...new Set([...read, ...written])], defaulted: new Set() };
}

/** The file of --pins, which takes the place of an id in each entry. */
function pinsFileOf(args: Given<'pins' | 'pin-by' | 'file'>): string | undefined {
  if (args.pins === undefined) return undefined;
  if (args['pin-by'] === 'externalId')
    throw failure('USAGE', "--pins holds Introw's ids, so it can't be used with --pin-by externalId.");
  return pinsTarget({ into: args.pins, file: args.file }, '--pins').into ?? undefined;
}

/** Whether a partner's name or domain fits one of the patterns; without patterns all fit. */
function fits(patterns: readonly string[] | undefined): (partner: LivePartner) => boolean {
  if (patterns === undefined) return () => true;
  const test = globs(patterns);
  return ({ name, domain }) => test(name ?? '') || test(domain ?? '');
}

function summary(
  { handles, lacking, doubts }: Imported,
  { match, 'dry-run': dryRun }: Given<'match' | 'dry-run'>,
): string {
  if (lacking.length === 0 && match !== undefined) return 'Nothing to import: no unmanaged partner matches.';
  if (lacking.length === 0)
    return doubts.length === 0
      ? 'Nothing to import: the files have every partner.'
      : 'Nothing to import: the files have every partner, or may have it.';
  if (handles.length === 0) return `Nothing imported: no file can hold the id of ${those(lacking.length)}.`;
  return `${dryRun ? 'Would import' : 'Imported'} ${count(handles.length, 'partner')}. A plan of them shows no changes.`;
}

function those(partners: number): string {
  return partners === 1
    ? 'the 1 partner that the files lack'
    : `the ${partners} partners that the files lack`;
}

function noteUnpinnable(partners: readonly LivePartner[], terminal: Terminal): void {
  for (const { id, name } of partners)
    terminal.note(`Left out, since no file can hold its id: ${name ?? '(no name)'} (${id}).`);
}

/** Names for the catalog that came with the partners; people may want others. */
function noteNamed(named: Imported['named'], given: FilesGiven, terminal: Terminal): void {
  if (named.length === 0) return;
  const shown = named.slice(0, 20).map(({ catalog, name, id }) => `${catalog}.${name} (${id})`);
  const rename = repeatFiles('Use introwctl rename for other names.', given);
  terminal.note(
    `Named in the catalog as in Introw: ${shown.join(', ')}${named.length > 20 ? ', …' : ''}. ${rename}`,
  );
}

/** Introw can't list its tiers, phases and owners: what the partners have is the only list there is. */
function noteUnnamed(unnamed: Imported['unnamed'], given: FilesGiven, terminal: Terminal): void {
  for (const [catalog, users] of unnamed) {
    const ids = [...users].map(([id, those]) => `${id} (${usersText(those)})`);
    const shown = ids.slice(0, 20).join(', ');
    terminal.note(`Without a name in catalog.${catalog}: ${shown}${ids.length > 20 ? ', …' : ''}.`);
  }
  const next =
    'Name them in catalog:, then run introwctl fmt --names to write the names in place of the ids.';
  if (unnamed.size > 0) terminal.note(repeatFiles(next, given));
}

/** How many partners have an id, and one of them: it helps to find out in the app what the id is called there. */
function usersText(users: readonly LivePartner[]): string {
  const example = users[0]?.name ?? users[0]?.id ?? '';
  return `${count(users.length, 'partner')}${users.length === 1 ? ':' : ', such as'} ${example}`;
}
