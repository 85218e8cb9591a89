import type { CatalogKind } from '../partner.ts';
import type { Catalog } from './state.ts';

/** Names for ids, by catalog: the catalog of the files turned around. */
export type Names = Readonly<Record<CatalogKind, ReadonlyMap<string, string>>>;

/** The catalog turned around; of two names for one id the first wins. */
export function namesOf(catalog: Catalog): Names {
  const turned = (kind: CatalogKind) => new Map([...catalog[kind]].reverse().map(([name, id]) => [id, name]));
  return {
    tiers: turned('tiers'),
    phases: turned('phases'),
    owners: turned('owners'),
    experiences: turned('experiences'),
  };
}
