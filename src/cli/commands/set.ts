import { didYouMean, nearest } from '../../desired/nearest.ts';
import { valueReader } from '../../desired/read-value.ts';
import type { DesiredPartner, DesiredState } from '../../desired/state.ts';
import { type Assignment, setFields } from '../../edit/set-fields.ts';
import type { Field } from '../../fields.ts';
import { failure } from '../../problem.ts';
import type { EditDocument } from '../../render/documents.ts';
import { editLines, keptLines, twinLines } from '../../render/edit-lines.ts';
import { columnIn } from '../../sheet/columns.ts';
import { desiredRow } from '../../sheet/rows.ts';
import { conditionsIn } from '../../sheet/where.ts';
import { refuseUnasked } from '../approval.ts';
import type { Args, Run } from '../command.ts';
import { readDesired } from '../load-files.ts';
import { linesAnd, offerEdits } from '../offer-edits.ts';

/** Sets fields of all partners that are named or meet the conditions: all of it, or where anything is wrong, nothing. */
export const run: Run<'set'> = async (args, terminal) => {
  const desired = await readDesired(args.file);
  const assignments = assignmentsIn(args.positionals, desired);
  const chosen = chosenPartners(args, desired);
  const { files, changes, twins } = setFields(desired, chosen, assignments);
  for (const line of [...twinLines(twins), ...keptLines(changes, desired)]) terminal.note(line);
  if (files.length > 0 && !args.check) refuseUnasked(args, terminal);
  const document: EditDocument = {
    changes: changes.map((each) => ({ ...each, reason: null })),
    added: [],
    otherColumns: [],
  };
  const lines = chosen.length === 0 ? ['No partner meets the conditions.'] : editLines(document);
  return offerEdits(files, linesAnd(document, lines), args, terminal);
};

function assignmentsIn(words: readonly string[], desired: DesiredState): Assignment[] {
  const read = valueReader(desired);
  const found = new Map<Field, Assignment>();
  for (const word of words.filter((each) => each.includes('='))) {
    const [name = ''] = word.split('=', 1);
    const text = word.slice(name.length + 1).trim();
    const { field, header } = columnIn(word, name.trim());
    if (field === null)
      throw failure('USAGE', `${word}: ${header} identifies a partner, so it can't be set.`, {
        hint: 'Set a field such as tier or owner.',
      });
    if (found.has(field)) throw failure('USAGE', `${header} is set twice.`, { hint: 'Set it once.' });
    const wanted = text === '' || text === '(none)' ? null : read(field, text);
    if (wanted?.kind === 'refused')
      throw failure('USAGE', `${word}: ${wanted.message}`, { hint: wanted.hint });
    found.set(field, { field, wanted });
  }
  if (found.size > 0) return [...found.values()];
  throw failure('USAGE', 'Nothing is to be set.', { hint: 'Write field=value, such as tier=silver.' });
}

/** The named partners that meet all conditions; without names, all that do. */
function chosenPartners({ positionals, where }: Args<'set'>, desired: DesiredState): DesiredPartner[] {
  const meets = conditionsIn(where ?? [], desired);
  const handles = positionals.filter((word) => !word.includes('=')).flatMap((word) => word.split(','));
  if (handles.length === 0 && where === undefined)
    throw failure(
      'USAGE',
      'set needs handles or conditions, so that it never changes all partners by mistake.',
      {
        hint: 'Name handles, or pass --where, such as --where tier=gold.',
      },
    );
  const known = new Map<string, DesiredPartner>(desired.partners);
  const unknown = handles.find((handle) => !known.has(handle));
  if (unknown !== undefined)
    throw failure(
      'UNKNOWN_HANDLE',
      `${JSON.stringify(unknown)} isn't in any file.${didYouMean(nearest(unknown, known.keys()))}`,
    );
  const wanted = new Set(handles);
  return [...desired.partners.values()].filter(
    (partner) => (wanted.size === 0 || wanted.has(partner.handle)) && meets(desiredRow(partner)),
  );
}
