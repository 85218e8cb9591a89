import { type Double, newDoubles, newTwins } from '../../desired/doubles.ts';
import { amendEach } from '../../edit/amend-each.ts';
import { additionsTo } from '../../edit/import.ts';
import { withReasons } from '../../edit/reasons.ts';
import { count } from '../../english.ts';
import { throwOnAny } from '../../problem.ts';
import type { EditDocument } from '../../render/documents.ts';
import { editLines, keptLines, twinLines } from '../../render/edit-lines.ts';
import { readSheet, type SheetEdits } from '../../sheet/read-sheet.ts';
import { cellProblem } from '../../sheet/sheet-problem.ts';
import { refuseUnasked } from '../approval.ts';
import type { Args, Run } from '../command.ts';
import { fileIn, importTarget } from '../edit-targets.ts';
import { readDesired } from '../load-files.ts';
import { linesAnd, offerEdits } from '../offer-edits.ts';
import { readSheetFile } from '../read-sheet-file.ts';

/** Writes what was changed in a sheet into the files: all of it, or where anything is wrong with it, nothing. */
export const run: Run<'edit'> = async (args, terminal) => {
  const { desired, target } = await filesOf(args);
  const sheet = readSheet(args.from, await readSheetFile(args.from), desired, args.add);
  const { edits, added } = sheet;
  const additions = target === null ? [] : additionsTo(fileIn(target), added, () => []);
  const { files, state, refused } = amendEach(desired, { edits, additions });
  throwOnAny([...refused].map(([handle, why]) => refusal(handle, why, sheet)));
  throwOnAny(newDoubles(desired, state).map((double) => madeDouble(double, sheet)));
  const documented = documentOf(sheet);
  const written = args.reasons ? withReasons(desired, files, reasonsOf(sheet)) : files;
  for (const line of [...twinLines(newTwins(desired, state)), ...keptLines(sheet.changes, desired)])
    terminal.note(line);
  if (sheet.emptied > 0) terminal.note(emptiedCells(sheet.emptied));
  if (written.length > 0 && !args.check) refuseUnasked(args, terminal);
  return offerEdits(written, linesAnd(documented, editLines(documented)), args, terminal);
};

/** The files, and where new partners go; null where none are to be created. */
async function filesOf({ add, file, into }: Args<'edit'>) {
  if (add) return importTarget(file, into, undefined);
  return { desired: await readDesired(file), target: null };
}

function emptiedCells(emptied: number): string {
  return `${count(emptied, 'cell')} ${emptied === 1 ? 'was' : 'were'} emptied, which changes nothing: write (none) to clear a value.`;
}

function refusal(handle: string, why: string, { places }: SheetEdits) {
  const place = places.get(handle) ?? nowhere;
  return cellProblem('EDIT_UNSAFE', place, handle, why, 'Make this change by hand, and leave the row out.');
}

function madeDouble({ partner, other, field, shared }: Double, { places }: SheetEdits) {
  const place = places.get(partner.handle) ?? places.get(other.handle) ?? nowhere;
  const message = `it and ${other.handle} would have the same ${field}: ${shared}.`;
  const hint = 'Correct the row; if they are two partners, pin each with id: first.';
  return cellProblem('SAME_PARTNER', place, partner.handle, message, hint);
}

const nowhere = { file: '', row: 0, column: 0 };

function documentOf({ changes, added, reasons, otherColumns }: SheetEdits): EditDocument {
  return {
    changes: changes.map((each) => ({ ...each, reason: reasons.get(each.address) ?? null })),
    added: added.map(({ key }) => key),
    otherColumns,
  };
}

function reasonsOf({ changes, reasons }: SheetEdits) {
  return [...reasons].map(([handle, text]) => ({
    handle,
    fields: changes.filter(({ address }) => address === handle).map(({ field }) => field),
    text,
  }));
}
