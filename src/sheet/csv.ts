/** CSV as spreadsheets read and write it, around the parser and the printer of the csv project. */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { failure } from '../problem.ts';

/** RFC 4180: commas, CRLF, quotes where they are needed. */
export function csvText(records: readonly (readonly string[])[], { bom }: { readonly bom: boolean }): string {
  return stringify([...records.map((record) => [...record])], { bom, record_delimiter: '\r\n' });
}

/**
 * The records of a file, `[]` for an empty line. Takes a byte order mark, Excel's `sep=` line, and commas, semicolons or
 * tabs. Throws INVALID_VALUE for quotes that never close.
 */
export function csvRecords(text: string, file: string): string[][] {
  const unmarked = text.replace(/^\uFEFF/, '');
  const [line = '', stated] = /^"?sep=([^\r\n"]|\t)"?[^\r\n]*(?:\r\n|\n|\r)/i.exec(unmarked) ?? [];
  const body = unmarked.slice(line.length);
  try {
    const records: string[][] = parse(body, {
      delimiter: stated ?? delimiterOf(body),
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return records.map((record) => (record.every((cell) => cell.trim() === '') ? [] : record));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error.lines === 'number' ? error.lines : 1;
    throw failure('INVALID_VALUE', `${file} is not complete CSV: a quote that opens is never closed.`, {
      position: { file, line: at, column: 1 },
      hint: 'Save it as CSV again from the spreadsheet.',
      cause: error,
    });
  }
}

/** The separator that the header line has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const [header = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const counts = [',', ';', '\t'].map((each) => [each, header.split(each).length] as const);
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most), counts[0] ?? [',', 0])[0];
}
