/** A problem at a cell of a sheet, named as spreadsheets name cells. */
import { type Problem, type ProblemCode, problem } from '../problem.ts';

/** Row and column from 0, as they are in the records. */
export type Place = { readonly file: string; readonly row: number; readonly column: number };

/** `what` is what the cell is: `tier of acme`. */
export function cellProblem(
  code: ProblemCode,
  { file, row, column }: Place,
  what: string,
  message: string,
  hint: string,
): Problem {
  const position = { file, line: row + 1, column: column + 1 };
  return problem(code, `${cellName({ row, column })} (${what}): ${message}`, { position, hint });
}

/** `B3` for the second column of the third row. */
function cellName({ row, column }: Pick<Place, 'row' | 'column'>): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}
