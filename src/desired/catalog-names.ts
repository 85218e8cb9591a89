import { type CatalogKind, type Field, forEachCatalog } from '../fields.ts';
import type { FieldValue } from '../shapes.ts';
import type { Catalog } from './state.ts';

/** Names for ids, by catalog: the catalog of the files turned around. */
export type Names = Readonly<Record<CatalogKind, ReadonlyMap<string, string>>>;

/** The catalog turned around; of two names for one id the first wins. */
export function namesOf(catalog: Catalog): Names {
  return forEachCatalog((kind) => new Map([...catalog[kind]].reverse().map(([name, id]) => [id, name])));
}

/** The catalog's name for a value of a field; null where there is none. */
export function catalogName(names: Names, { catalog }: Field, value: FieldValue): string | null {
  return catalog !== null && typeof value === 'string' ? (names[catalog].get(value) ?? null) : null;
}
