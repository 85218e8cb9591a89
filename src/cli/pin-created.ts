import type { DesiredState } from '../desired/state.ts';
import { amendEach } from '../edit/amend-each.ts';
import { pinEdits } from '../edit/pin.ts';
import { firstOf, listed } from '../english.ts';
import { nameAmong } from '../files/read.ts';
import { writeFiles } from '../files/write.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Outcome } from '../plan/outcome.ts';
import { Failure } from '../problem.ts';
import { type FilesGiven, repeatFiles } from './repeat-files.ts';
import { noteProblems } from './report.ts';
import type { Terminal } from './terminal.ts';

/**
 * Writes the ids of the partners that an apply made into the files that asked for them. Whether that went well: the
 * outcome has been printed already, so what went wrong is only noted.
 */
export async function pinCreated(
  desired: DesiredState,
  { results }: Outcome,
  into: string | null,
  given: FilesGiven,
  terminal: Terminal,
): Promise<boolean> {
  const pins = new Map<Handle, PartnerId>();
  for (const { address, action, status, partnerId } of results)
    if (action === 'create' && status === 'applied' && partnerId !== null) pins.set(address, partnerId);
  try {
    const target = into === null ? desired.pinsFile : await nameAmong(desired.files, into);
    const { files, refused } = amendEach(desired, pinEdits(desired, pins, target));
    await writeFiles(files, terminal.doors.file);
    for (const { path } of files) terminal.note(`Pinned in ${path}.`);
    for (const [handle, why] of refused) terminal.note(`Not pinned: ${handle}. ${why}`);
    return refused.size === 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    noteProblems(error, terminal);
    const later = repeatFiles('run introwctl pin to write the ids later', given);
    terminal.note(`The outcome stays as it was printed; ${later}.`);
    return false;
  }
}

/** Says how the partners of an apply are pinned that aren't yet: until then, a new name or domain may lose them. */
export function suggestPins(
  unpinned: ReadonlySet<string> | null,
  { results }: Outcome,
  given: FilesGiven,
  terminal: Terminal,
): void {
  const found = results.filter(
    ({ address, action, status }) =>
      status === 'applied' && (unpinned === null ? action === 'create' : unpinned.has(address)),
  );
  if (found.length === 0) return;
  const handles = found.map(({ address }) => address);
  const named = handles.length > mostNamed ? firstOf(handles, mostNamed) : listed(handles);
  const [verb, ids] = found.length === 1 ? ["isn't", 'its id'] : ["aren't", 'their ids'];
  terminal.note(
    `${named} ${verb} pinned yet; ${repeatFiles('introwctl pin', given)} writes ${ids} into the files.`,
  );
}

const mostNamed = 3;
