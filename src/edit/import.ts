/** Imports: the live partners that no file has, as a change of the files. */

import { namesOf } from '../desired/catalog-names.ts';
import type { Catalog, DesiredState } from '../desired/state.ts';
import { type CatalogKind, catalogKinds, fields, forEachCatalog } from '../fields.ts';
import { grouped } from '../grouped.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import type { Blocked } from '../plan/plan.ts';
import { changedHandles, lackingPartners } from '../plan/unmanaged.ts';
import { Failure, failure } from '../problem.ts';
import type { Item } from '../yaml/item.ts';
import { catalogWith } from './additions.ts';
import { amend } from './amend.ts';
import type { Addition, EditedFile } from './amendment.ts';
import { takeOver, unnamedIds } from './live-entries.ts';
import { newHandle } from './new-handle.ts';

export type ImportOptions = {
  /** The file that a new partner goes to, by its handle; one that isn't among the state's is made. */
  readonly fileOf: (handle: string) => string;
  /** Which id pins each partner in its entry: Introw's, or the CRM's where there is one. */
  readonly pinBy?: 'id' | 'externalId';
  /** The file that takes the pins in place of the entries. */
  readonly pinsFile?: string | null;
  /** The partners to import, of those that the files lack; all, where it isn't given. */
  readonly isWanted?: (partner: LivePartner) => boolean;
  /** The file whose catalog takes names that Introw returns for ids without one; null for none. */
  readonly catalogFile?: string | null;
  /** The first lines of a file that is made. */
  readonly headOf?: (file: string) => readonly string[];
};

export type Imported = {
  /** The files that change, to be written with `writeFiles`. */
  readonly files: readonly EditedFile[];
  /** What the files then mean. */
  readonly state: DesiredState;
  /** The new handles. */
  readonly handles: readonly string[];
  /** The partners that the files lack and that are wanted. */
  readonly lacking: readonly LivePartner[];
  /** Those of them whose id no file can hold, so that they are left out. */
  readonly unpinnable: readonly LivePartner[];
  /** The names that the catalog gets, with their ids. */
  readonly named: readonly NamedId[];
  /** Their ids that have no name in the catalog, each with the partners that have it. */
  readonly unnamed: ReadonlyMap<CatalogKind, ReadonlyMap<string, readonly LivePartner[]>>;
  /** Handles that may be one of the live partners: what they may be isn't imported. */
  readonly doubts: readonly Blocked[];
};

/** A new name in a catalog. */
export type NamedId = { readonly catalog: CatalogKind; readonly name: string; readonly id: string };

/**
 * `live` must be the complete list. A plan of the files right after shows no change of what was imported; where that
 * can't be, EDIT_UNSAFE is thrown.
 */
export function importPartners(desired: DesiredState, live: LiveState, options: ImportOptions): Imported {
  const { fileOf, pinsFile = null, catalogFile = null, isWanted = () => true, headOf = () => [] } = options;
  const { lacking: all, doubts } = lackingPartners(desired, live);
  const lacking = all.filter(isWanted);
  const pinBy = pinsFile === null ? (options.pinBy ?? 'id') : 'elsewhere';
  const attempt = (named: readonly NamedId[]) => {
    const additions = namesTo(catalogFile, named, headOf);
    const names = namesOf(catalogWith(desired.catalog, additions));
    const { items, pins, unpinnable } = takeOver(lacking, desired, names, desired.partners.keys(), pinBy);
    additions.push(...additionsTo(fileOf, items, headOf));
    if (pinsFile !== null && pins.size > 0)
      additions.push({ file: pinsFile, section: 'pins', pins, head: headOf(pinsFile) });
    const { files, state } = amend(desired, { edits: new Map(), additions });
    const changed = changedHandles(state, live);
    const handles = items.map(({ key }) => key);
    const wrong = handles.find((handle) => changed.has(handle));
    if (wrong !== undefined)
      throw failure('EDIT_UNSAFE', `${wrong} would not be in the files as it is in Introw.`);
    return { files, state, handles, lacking, unpinnable, named, unnamed: unnamedIds(lacking, names), doubts };
  };
  const named = catalogFile === null ? [] : newNames(lacking, desired.catalog);
  if (named.length === 0) return attempt([]);
  try {
    return attempt(named);
  } catch (error) {
    // Names are an extra: where the catalog can't take them, the ids are written.
    if (!(error instanceof Failure)) throw error;
    return attempt([]);
  }
}

/** Names for the ids of these partners that have none yet, as Introw calls them. */
function newNames(partners: readonly LivePartner[], catalog: Catalog): NamedId[] {
  const found = new Map<string, NamedId>();
  // Two names of a catalog may not differ only in case; those that are made here are in lower case.
  const taken = forEachCatalog(
    (kind) => new Set([...catalog[kind].keys()].map((name) => name.toLowerCase())),
  );
  const ids = forEachCatalog((kind) => new Set(catalog[kind].values()));
  for (const field of fields) {
    const kind = field.catalog;
    if (kind === null) continue;
    for (const { values, names = {} } of partners) {
      const id = values[field.name];
      const name = names[field.name];
      if (typeof id !== 'string' || name === undefined || ids[kind].has(id) || found.has(`${kind} ${id}`))
        continue;
      found.set(`${kind} ${id}`, { catalog: kind, name: newHandle(name, null, taken[kind]), id });
    }
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function namesTo(
  file: string | null,
  named: readonly NamedId[],
  headOf: (file: string) => readonly string[],
): Addition[] {
  if (file === null) return [];
  return catalogKinds.flatMap((kind): Addition[] => {
    const own = named.filter(({ catalog }) => catalog === kind).map(({ name, id }) => [name, id] as const);
    return own.length === 0
      ? []
      : [{ file, section: 'catalog', catalog: kind, names: new Map(own), head: headOf(file) }];
  });
}

/** What new partners add to which file. */
export function additionsTo(
  fileOf: ImportOptions['fileOf'],
  items: readonly Item[],
  headOf: (file: string) => readonly string[],
): Addition[] {
  return [...grouped(items, ({ key }) => fileOf(key))].map(([file, some]) => ({
    file,
    section: 'partners',
    items: some,
    head: headOf(file),
  }));
}
