/** The columns of a sheet: what identifies a partner, then every field of the table. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import { type Field, fields } from '../fields.ts';
import { failure } from '../problem.ts';

export type Column = {
  /** How rows hold its values: `handle`, `id`, `externalId`, or the name of the field. */
  readonly key: string;
  readonly header: string;
  /** Null for what identifies a partner. */
  readonly field: Field | null;
};

export const columns: readonly Column[] = [
  { key: 'handle', header: 'handle', field: null },
  { key: 'id', header: 'id', field: null },
  { key: 'externalId', header: 'externalId', field: null },
  ...fields.map((field) => ({ key: field.name, header: field.path[1] ?? field.path[0], field })),
];

/** What follows the header of a column that shows the live value. */
export const liveSuffix = ' in Introw';

/** The last column: what each cell was when the sheet was exported, as a short hash. */
export const hashHeader = 'exported';

const byName = new Map(
  columns.flatMap((column) => [
    [bare(column.header), column],
    [bare(column.key), column],
  ]),
);

/** The column that a header means, whatever its case, spaces and punctuation: `External ID` is `externalId`. */
export function columnNamed(header: string): Column | undefined {
  return byName.get(bare(header));
}

/** The letters and digits of a header. */
export function bare(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The column of that name in a condition or an assignment; throws USAGE for another. */
export function columnIn(argument: string, name: string): Column {
  const found = columnNamed(name);
  if (found !== undefined) return found;
  const known = columns.map(({ header }) => header);
  throw failure(
    'USAGE',
    `${argument}: no field is called ${JSON.stringify(name)}.${didYouMean(nearest(name, known))}`,
    {
      hint: `Use one of ${known.join(', ')}.`,
    },
  );
}
