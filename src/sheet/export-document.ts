/** Partners as JSON, enough for a policy to be checked with jq: names, ids, and where each value comes from. */
import type { Names } from '../desired/catalog-names.ts';
import type { DesiredPartner, DesiredValue } from '../desired/state.ts';
import type { Json } from '../json.ts';
import type { Position } from '../problem.ts';
import { columns } from './columns.ts';
import type { ExportRow } from './export-rows.ts';
import { type Row, shownIn } from './rows.ts';

const formatVersion = '1.0';

type Values = { readonly [header: string]: Json };

export type ExportedPartner = Values & {
  /** Introw's ids of what is shown by catalog name. */
  readonly ids: Values;
  /** What Introw holds: with --compare, null where no live partner is matched without a doubt. */
  readonly live?: (Values & { readonly ids: Values }) | null;
  /** Where each value of the files comes from. Not there with --live. */
  readonly from?: Readonly<Record<string, DesiredValue['from']>>;
  /** Fields that are left to the CRM. */
  readonly ignore?: readonly string[];
  readonly position?: Position;
};

/** What export prints. */
export type ExportDocument = {
  readonly formatVersion: string;
  readonly kind: 'export';
  readonly tool: { readonly name: 'introwctl'; readonly version: string };
  readonly partners: readonly ExportedPartner[];
};

/** `names` are those of the catalog (`namesOf`); `version` is the program's. */
export function exportDocument(rows: readonly ExportRow[], names: Names, version: string): ExportDocument {
  const partners = rows.map((row) => exportedPartner(row, names));
  return { formatVersion, kind: 'export', tool: { name: 'introwctl', version }, partners };
}

/** Null is both *not stated* and *none*. */
function exportedPartner({ row, partner, live }: ExportRow, names: Names): ExportedPartner {
  return {
    ...valuesOf(row, names),
    ...(live === undefined ? {} : { live: live === null ? null : valuesOf(live, names) }),
    ...(partner === null ? {} : statedBy(partner)),
  };
}

function valuesOf(row: Row, names: Names): Values & { readonly ids: Values } {
  const shown = columns.map((column) => [column.header, shownIn(row, column, names) ?? null] as const);
  const ids = columns.flatMap(({ key, header, field }) =>
    field === null || field.catalog === null ? [] : [[header, row.values.get(key) ?? null] as const],
  );
  return { ...Object.fromEntries(shown), ids: Object.fromEntries(ids) };
}

function statedBy({ values, ignore, position }: DesiredPartner) {
  const from = columns.flatMap(({ key, header }) => {
    const given = values.get(key);
    return given === undefined ? [] : [[header, given.from] as const];
  });
  const ignored = columns.filter(({ key }) => ignore.has(key)).map(({ header }) => header);
  return { from: Object.fromEntries(from), ignore: ignored, position };
}
