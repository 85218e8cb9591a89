/** Partners as a sheet: CSV for spreadsheets. */
import type { Names } from '../desired/catalog-names.ts';
import { cellHash, hashCell } from './cell-hash.ts';
import { trimCell, writeCell } from './cells.ts';
import { columns, hashHeader, liveSuffix } from './columns.ts';
import { type Row, shownCells } from './rows.ts';

/** A row, and with --compare what Introw holds next to it. */
export type SheetRow = { readonly row: Row; readonly live?: Row | null };

/** The records of a sheet, header first. The last column lets an edit see what has changed since. */
export function sheetRecords(rows: readonly SheetRow[], names: Names, compare: boolean): string[][] {
  const headers = columns.map(({ header }) => header);
  const liveHeaders = compare ? compared.map(({ header }) => `${header}${liveSuffix}`) : [];
  return [
    [...headers, ...liveHeaders, hashHeader],
    ...rows.map(({ row, live }) => {
      const cells = shownCells(row, names).map(writeCell);
      const hashes = new Map(
        columns.map(({ header }, index) => [
          header,
          cellHash(row.handle ?? '', header, trimCell(cells[index] ?? '')),
        ]),
      );
      const liveCells = live == null ? compared.map(() => '') : comparedCells(live, names);
      return [...cells, ...(compare ? liveCells : []), hashCell(hashes)];
    }),
  ];
}

/** What Introw has too: all but the handle. */
const compared = columns.filter(({ key }) => key !== 'handle');

function comparedCells(live: Row, names: Names): string[] {
  return shownCells(live, names)
    .map(writeCell)
    .filter((_, index) => columns[index]?.key !== 'handle');
}
