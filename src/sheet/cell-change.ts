/** What a cell says against what it was when the sheet was exported, and against what the files say now. */
import { cellHash } from './cell-hash.ts';
import { readCell, trimCell, writeCell } from './cells.ts';
import { isDated, isReformatted, notAValue } from './conversions.ts';

export type CellChange =
  /** Nothing was changed here. */
  | { readonly kind: 'unchanged' }
  /** It held a value when it was exported; an empty cell leaves that alone. */
  | { readonly kind: 'emptied' }
  | { readonly kind: 'changed'; readonly to: string | null }
  /** Changed, and what the files say has changed since the export, too. */
  | { readonly kind: 'conflict'; readonly to: string | null }
  /** A spreadsheet has probably made a date of it. */
  | { readonly kind: 'dated'; readonly to: string }
  /** It holds `what` in words: a formula, or the error of one. */
  | { readonly kind: 'calculated'; readonly to: string; readonly what: string };

export type Exported = {
  readonly handle: string;
  readonly header: string;
  /** The short hash of the cell when it was exported; undefined for a sheet that doesn't say. */
  readonly hash: string | undefined;
};

/** `current` is what an export would show now. An empty cell leaves its value alone. */
export function cellChange(
  text: string,
  current: string | null | undefined,
  { handle, header, hash }: Exported,
): CellChange {
  const to = readCell(text);
  const now = trimCell(writeCell(current));
  const hashed = (cell: string) => cellHash(handle, header, cell);
  if (to === undefined) return { kind: hash === undefined || hash === hashed('') ? 'unchanged' : 'emptied' };
  // A spreadsheet may also have taken the leading ' for its own.
  const asExported = [writeCell(to), `'${trimCell(text)}`];
  if (asExported.includes(now)) return { kind: 'unchanged' };
  if (hash !== undefined && asExported.some((cell) => hashed(cell) === hash)) return { kind: 'unchanged' };
  const what = notAValue(text);
  if (what !== null && to !== null) return { kind: 'calculated', to, what };
  const isStale = hash !== undefined && hashed(now) !== hash;
  if (to !== null && typeof current === 'string' && !isStale) {
    if (isReformatted(current, to)) return { kind: 'unchanged' };
    if (isDated(current, to)) return { kind: 'dated', to };
  }
  return { kind: isStale ? 'conflict' : 'changed', to };
}
