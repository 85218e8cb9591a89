/** What a changed cell makes of its partner, or why it can't. */
import type { ReadValue } from '../desired/read-value.ts';
import type { DesiredPartner } from '../desired/state.ts';
import { type Assigned, assign } from '../edit/assign.ts';
import type { Field } from '../fields.ts';
import type { CellChange } from './cell-change.ts';
import { writeCell } from './cells.ts';
import type { Column } from './columns.ts';

/** How texts become values, for the fields of the files. */
type ReadText = (field: Field, text: string) => ReadValue;

type Refused = Extract<Assigned, { kind: 'refused' }>;

/** `current` is what an export would show now. */
export function cellEdit(
  change: CellChange,
  current: string | null | undefined,
  column: Column,
  partner: DesiredPartner,
  read: ReadText,
): Assigned {
  if (change.kind === 'unchanged' || change.kind === 'emptied' || column.key === 'handle')
    return { kind: 'same' };
  if (column.field === null) return otherPin(change.to, current, column, partner);
  if (change.kind === 'calculated')
    return { kind: 'refused', code: 'INVALID_VALUE', ...calculated(change.to, change.what) };
  if (change.kind === 'dated') return dated(change.to, current);
  const made = assign(partner, column.field, change.to === null ? null : read(column.field, change.to));
  return made.kind === 'edit' && change.kind === 'conflict' ? conflict(change.to, current) : made;
}

function otherPin(
  to: string | null,
  current: string | null | undefined,
  { key }: Column,
  { handle }: DesiredPartner,
): Refused {
  const message = `the files have ${current ?? 'none'}, and a sheet can't change what a handle is pinned to.`;
  const hint =
    key === 'id' && to !== null
      ? `Run introwctl pin ${handle}=${to}, or empty the cell.`
      : 'Change it in the file, or empty the cell.';
  return { kind: 'refused', code: 'INVALID_VALUE', message, hint };
}

/** Why a cell that a spreadsheet has calculated is no value. */
export function calculated(to: string, what: string): { readonly message: string; readonly hint: string } {
  const message = `${JSON.stringify(to)} is ${what}, not a value.`;
  return { message, hint: 'Write the value itself, or empty the cell to leave the value alone.' };
}

function dated(to: string, current: string | null | undefined): Refused {
  const message = `a spreadsheet seems to have turned ${JSON.stringify(current)} into the date ${JSON.stringify(to)}.`;
  const hint = 'Empty the cell to leave the value alone, or change it in the file.';
  return { kind: 'refused', code: 'INVALID_VALUE', message, hint };
}

function conflict(to: string | null, current: string | null | undefined): Refused {
  const now = current === undefined ? 'removed it' : `changed it to ${JSON.stringify(writeCell(current))}`;
  const message = `since the export the files ${now}, and the sheet changed it to ${JSON.stringify(writeCell(to))}.`;
  const hint = 'Decide which is right: export the sheet again, or empty the cell to leave the files alone.';
  return { kind: 'refused', code: 'SHEET_CONFLICT', message, hint };
}
