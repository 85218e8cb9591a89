/** The ids of catalog names, and what to say about names that have none. */
import type { CatalogKind, Field } from '../fields.ts';
import { type Position, type Problem, problem } from '../problem.ts';
import { explainUnknown } from './explain-name.ts';
import { type Entry, keyPosition, type Merged, type Section, valuePosition } from './merge.ts';
import type { Catalog } from './state.ts';

type Note = (found: Problem) => void;

type Found = { readonly id: string /** Where the catalog has the name. */; readonly at: Position | null };

export type LookUp = {
  readonly catalog: Catalog;
  /** Sections that may have more entries than can be seen. */
  readonly open: ReadonlySet<Section>;
  /** The id of a name that a file gives to a field, or in a list of names; null where the catalog has none, which is then reported. */
  readonly find: (field: Field | null, kind: CatalogKind, name: string, position: Position) => Found | null;
  /** Reports what belongs to no single name: each section of the catalog that is missing, once. */
  readonly finish: () => void;
};

/** A name that a catalog lacks isn't reported where that is `open`: it may be where a file is wrong. */
export function lookUpIn(merged: Merged, catalog: Catalog, open: ReadonlySet<Section>, note: Note): LookUp {
  const missing = new Map<CatalogKind, Uses>();
  const unknown = new Map<string, Uses & { readonly kind: CatalogKind; readonly name: string }>();
  const found = new Set<CatalogKind>();
  return {
    catalog,
    open,
    find: (field, kind, name, position) => {
      const id = catalog[kind].get(name.normalize('NFC'));
      if (id !== undefined) {
        found.add(kind);
        return { id, at: placeOf(merged, kind, name) };
      }
      const section = `catalog.${kind}` as const;
      if (open.has(section) || entryOf(merged, kind, name) !== undefined) return null;
      if (merged[section].size === 0) {
        const known = missing.get(kind);
        if (known === undefined) missing.set(kind, { field, position, count: 1 });
        else again(known, field);
        return null;
      }
      const key = `${kind} ${name}`;
      const known = unknown.get(key);
      if (known === undefined) unknown.set(key, { field, kind, name, position, count: 1 });
      else again(known, field);
      return null;
    },
    finish: () => {
      for (const [kind, uses] of missing) note(noNames(kind, uses));
      const isTurned = turned(unknown.values(), found, catalog);
      for (const kind of isTurned) note(wrongWayRound(kind, merged, catalog));
      for (const { field, kind, name, position, count } of unknown.values()) {
        if (isTurned.has(kind)) continue;
        const { message, hint } = explainUnknown(field, kind, name, catalog, count);
        note(problem('UNKNOWN_NAME', message, { position, hint }));
      }
    },
  };
}

function placeOf(merged: Merged, kind: CatalogKind, name: string): Position | null {
  const entry = entryOf(merged, kind, name);
  return entry === undefined ? null : valuePosition(entry);
}

/** The entry of a name, which has no id where that was refused. */
function entryOf(merged: Merged, kind: CatalogKind, name: string): Entry | undefined {
  const entries = merged[`catalog.${kind}`];
  const isSame = (other: string) => other.normalize('NFC') === name.normalize('NFC');
  return entries.get(name) ?? [...entries].find(([other]) => isSame(other))?.[1];
}

/** Where something is used first, how often, and in which field; null where only lists of names have it. */
type Uses = { readonly position: Position; count: number; field: Field | null };

function again(uses: Uses, field: Field | null): void {
  uses.count++;
  uses.field ??= field;
}

function noNames(kind: CatalogKind, { field, position, count }: Uses): Problem {
  const message = `No file has names in catalog.${kind}, and ${count === 1 ? '1 value needs one' : `${count} values need one`}.`;
  const add =
    field === null
      ? 'or add them under catalog:'
      : `add them under catalog:, or write ${field.idKey}: with Introw's ids`;
  const hint = `Pass the file that has them with -f too, ${add}.`;
  return problem('UNKNOWN_NAME', message, { position, hint });
}

/** The catalogs of which no name is used, but several of what they have as ids; a list of names alone proves nothing. */
function turned(
  unknown: Iterable<{
    readonly field: Field | null;
    readonly kind: CatalogKind;
    readonly name: string;
  }>,
  found: ReadonlySet<CatalogKind>,
  catalog: Catalog,
): ReadonlySet<CatalogKind> {
  const used = [...unknown].filter(
    ({ field, kind, name }) =>
      field !== null && !found.has(kind) && [...catalog[kind].values()].includes(name),
  );
  return new Set(
    used.map(({ kind }) => kind).filter((kind) => used.filter((each) => each.kind === kind).length > 1),
  );
}

function wrongWayRound(kind: CatalogKind, merged: Merged, catalog: Catalog): Problem {
  const [first] = merged[`catalog.${kind}`].values();
  const [[name, id] = ['', '']] = catalog[kind];
  const message = `catalog.${kind} has names and ids the wrong way round: partners use its ids as names.`;
  return problem('UNKNOWN_NAME', message, {
    position: first === undefined ? null : keyPosition(first),
    hint: `Write the name first, then the id: ${id}: ${name}`,
  });
}
