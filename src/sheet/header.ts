/** What the columns of a sheet are, by its first row. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import { type Problem, problem } from '../problem.ts';
import { readCell } from './cells.ts';
import { bare, type Column, columnNamed, columns, hashHeader, liveSuffix } from './columns.ts';
import { cellProblem } from './sheet-problem.ts';

export type Header = {
  /** Where each column of a partner is, in the order of the sheet. */
  readonly columns: ReadonlyMap<Column, number>;
  readonly reason: number | null;
  readonly hashes: number | null;
  /** The headers of columns that are nobody's: they are left out. */
  readonly others: readonly string[];
  readonly width: number;
};

const reasonHeader = 'reason';

/** Notes headers that are there twice, that are nearly one of a field, and a sheet that says nothing. */
export function headerOf(file: string, record: readonly string[], note: (found: Problem) => void): Header {
  const found = new Map<Column, number>();
  const others: string[] = [];
  const extra = new Map<string, number>();
  const firsts = new Map<string, number>();
  for (const [index, cell] of record.entries()) {
    const text = readCell(cell) ?? '';
    const column = columnNamed(text);
    const place = { file, row: 0, column: index };
    const isLive = bare(text).endsWith(bare(liveSuffix)) && column === undefined;
    if (bare(text) === '' || isLive) continue;
    const key = column?.key ?? bare(text);
    const first = firsts.get(key);
    firsts.set(key, first ?? index);
    if (first !== undefined && (column !== undefined || isExtra(text))) {
      const message = `column ${first + 1} has the header ${JSON.stringify(record[first]?.trim())} already.`;
      note(cellProblem('DUPLICATE_KEY', place, 'header', message, 'Keep one of the two columns.'));
    } else if (column !== undefined) found.set(column, index);
    else if (isExtra(text)) extra.set(bare(text), index);
    else {
      const meant = nearest(bare(text), [...columns.map(({ header }) => header), reasonHeader]);
      if (meant === null) others.push(text);
      else {
        const message = `no field is called ${JSON.stringify(text)}.${didYouMean(meant)}`;
        const hint = 'Correct the header, or delete the column.';
        note(cellProblem('UNKNOWN_KEY', place, 'header', message, hint));
      }
    }
  }
  if (![...found.keys()].some(({ field }) => field === null) && firsts.size > 0 && !found.has(nameColumn()))
    note(missing(file, 'names no partners: it has no column handle, id or externalId'));
  else if (firsts.size === 0) note(missing(file, 'is empty'));
  return {
    columns: found,
    reason: extra.get(reasonHeader) ?? null,
    hashes: extra.get(hashHeader) ?? null,
    others,
    width: record.length,
  };
}

function isExtra(text: string): boolean {
  return [reasonHeader, hashHeader].includes(bare(text));
}

function nameColumn(): Column {
  const found = columns.find(({ field }) => field?.identity === 'name');
  if (found === undefined) throw new TypeError('no column is the name of a partner');
  return found;
}

function missing(file: string, what: string): Problem {
  return problem('MISSING_KEY', `${file} ${what}.`, {
    position: { file, line: 1, column: 1 },
    hint: 'Begin with the sheet that introwctl export writes, and keep its first row.',
  });
}
