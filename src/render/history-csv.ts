/** A history as a sheet: a row for each value that changed, the newest first. */
import type { Stated } from '../history/changes.ts';
import type { History, HistoryChange, HistoryEntry, HistoryStep } from '../history/history.ts';
import { isNone, textOf } from '../json.ts';
import { writeCell } from '../sheet/cells.ts';
import { csvText } from '../sheet/csv.ts';

type Cell = string | null | undefined;

/** The columns: what each is called, and what it holds. */
const columns: readonly (readonly [string, (row: Row) => Cell])[] = [
  ['date', ({ entry }) => entry.date],
  ['partner', ({ change }) => change.partner],
  ['handle', ({ change }) => change.handle],
  ['handle_before', ({ change }) => change.from ?? undefined],
  ['change', ({ change }) => change.kind],
  ['field', ({ step }) => step?.field],
  ['before', ({ step }) => nameIn(step?.before)],
  ['before_id', ({ step }) => idIn(step?.before)],
  ['after', ({ step }) => nameIn(step?.after)],
  ['after_id', ({ step }) => idIn(step?.after)],
  ['source', ({ step }) => step?.source],
  ['author', ({ entry, step }) => (step?.setIn ?? entry).author.name],
  ['author_email', ({ entry, step }) => (step?.setIn ?? entry).author.email],
  ['committer', ({ entry }) => entry.committer.name],
  ['subject', ({ entry, step }) => (step?.setIn ?? entry).subject],
  ['commit', ({ entry }) => entry.commit],
  ['set_in', ({ step }) => step?.setIn?.commit],
  ['review', ({ entry }) => (entry.review === null ? undefined : String(entry.review.number))],
  ['url', ({ entry }) => entry.review?.url ?? entry.url ?? undefined],
  ['applied', ({ step }) => step?.applied?.status],
  ['applied_at', ({ step }) => step?.applied?.run?.finishedAt],
  ['run', ({ step }) => step?.applied?.run?.url ?? undefined],
  ['or_in', ({ entry }) => entry.bridged.join(' ') || undefined],
];

type Row = {
  readonly entry: HistoryEntry;
  readonly change: HistoryChange;
  readonly step: HistoryStep | null;
};

export function historyCsv({ entries }: History, options: { readonly bom: boolean }): string {
  const rows = entries.flatMap((entry) =>
    entry.changes.flatMap((change): Row[] =>
      change.fields.length === 0
        ? [{ entry, change, step: null }]
        : change.fields.map((step) => ({ entry, change, step })),
    ),
  );
  const records = rows.map((row) => columns.map(([name, cell]) => shown(name, cell(row))));
  return csvText([columns.map(([name]) => name), ...records], options);
}

/** Dates are the only cells that a spreadsheet is to make something else of. */
const dates = new Set(['date', 'applied_at']);

function shown(column: string, cell: Cell): string {
  return dates.has(column) ? (cell ?? '') : writeCell(cell);
}

/** The name, or the value itself; null where it is cleared, and undefined where the files state nothing. */
function nameIn(stated: Stated | undefined): Cell {
  if (stated === null || stated === undefined) return undefined;
  return stated.name ?? (isNone(stated.value) ? null : textOf(stated.value));
}

function idIn(stated: Stated | undefined): Cell {
  return stated == null || stated.name === null ? undefined : textOf(stated.value);
}
