/** A partner as a row: one value for each column, from the files or from Introw. */
import { catalogName, type Names } from '../desired/catalog-names.ts';
import type { DesiredPartner } from '../desired/state.ts';
import { textOf } from '../json.ts';
import type { Handle, LivePartner } from '../partner.ts';
import type { FieldValue } from '../shapes.ts';
import { type Column, columns } from './columns.ts';

export type Row = {
  /** Null for a live partner that no handle is. */
  readonly handle: Handle | null;
  /** By the columns' keys, as they go to Introw. `undefined` is not stated, null is none. */
  readonly values: ReadonlyMap<string, FieldValue>;
  /** The catalog names by which the files state values. */
  readonly names: ReadonlyMap<string, string>;
};

/** What the files say about a partner, defaults filled in. */
export function desiredRow({ handle, id, externalId, values }: DesiredPartner): Row {
  const names = [...values].flatMap(([key, { name }]) => (name === null ? [] : [[key, name] as const]));
  const stated = [...values].map(([key, { value }]) => [key, value] as const);
  return {
    handle,
    values: new Map<string, FieldValue>([
      ['handle', handle],
      ['id', id ?? undefined],
      ['externalId', externalId ?? undefined],
      ...stated,
    ]),
    names: new Map(names),
  };
}

/** What Introw holds of a partner; what can't be read isn't in it. */
export function liveRow(handle: Handle | null, { id, externalId, values }: LivePartner): Row {
  return {
    handle,
    values: new Map<string, FieldValue>([
      ['handle', handle ?? undefined],
      ['id', id],
      ['externalId', externalId ?? undefined],
      ...Object.entries(values),
    ]),
    names: new Map(),
  };
}

/** What a cell shows: the catalog's name for an id. `undefined` is an empty cell, null is none. */
export function shownIn(row: Row, { key, field }: Column, names: Names): string | null | undefined {
  const value = row.values.get(key);
  if (value === undefined || value === null) return value;
  const name = row.names.get(key) ?? (field === null ? null : catalogName(names, field, value));
  return name ?? textOf(value);
}

/** What all cells of a row show, in the order of the columns. */
export function shownCells(row: Row, names: Names): (string | null | undefined)[] {
  return columns.map((column) => shownIn(row, column, names));
}
