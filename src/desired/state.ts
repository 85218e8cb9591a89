import type { CatalogKind } from '../fields.ts';
import type { SourceFile } from '../files/read.ts';
import type { Json } from '../json.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Position, Warning } from '../problem.ts';

/** A value that the files give to a field. */
export type DesiredValue = {
  /** What goes to Introw: for a field with a catalog, the id. `null` clears. */
  readonly value: Json;
  /** Its catalog name in the file, if it was given by name. */
  readonly name: string | null;
  /** Where the catalog gives the id for that name. */
  readonly namedAt: Position | null;
  readonly position: Position;
  /** `merged`: the partner has it through an alias or a merge, so its line is somebody else's too. */
  readonly from: 'partner' | 'merged' | 'defaults';
};

/** What the files say about one partner, defaults merged in and catalog names resolved. */
export type DesiredPartner = {
  readonly handle: Handle;
  /** Where the handle is defined. */
  readonly position: Position;
  /** The pin by Introw's id: `id`, or the handle's row under `pins`. */
  readonly id: PartnerId | null;
  /** The pin by the CRM's id. */
  readonly externalId: string | null;
  /** Where the pin of either kind is written; null without one. */
  readonly pinPosition: Position | null;
  /** Whether the pin is a row under `pins`, and not in the partner's own entry. */
  readonly hasPinRow: boolean;
  /** What the files call the partner, and its domain; null where they give none. */
  readonly name: string;
  readonly domain: string | null;
  /** Only the fields that the files give. */
  readonly values: ReadonlyMap<string, DesiredValue>;
  /** Fields left to the CRM: set on create, never compared after. */
  readonly ignore: ReadonlySet<string>;
};

export type Catalog = Readonly<Record<CatalogKind, ReadonlyMap<string, string>>>;

export type Settings = {
  readonly unmanaged: 'report' | 'ignore' | 'error';
  /** How many partners a plan may create or update; null is the default. */
  readonly maxChanges: MaxChanges | null;
  /** How many credits plan and drift must leave for others. */
  readonly reserveCredits: number;
  /** How the list of partners pages, such as `page` or `last-id:starting_after`; null is to be found out. */
  readonly paging: string | null;
  /** Introw's ids of tiers, lowest first: which moves are up and which are down. */
  readonly tierOrder: readonly string[];
};

export type MaxChanges = { readonly partners: number } | { readonly percent: number };

/** What all files together say, partners in file order. */
export type DesiredState = {
  readonly organisation: { readonly name: string | null; readonly contains: PartnerId | null };
  readonly catalog: Catalog;
  readonly settings: Settings;
  /** What applies to every partner that doesn't state it itself. */
  readonly defaults: {
    readonly values: ReadonlyMap<string, DesiredValue>;
    readonly ignore: ReadonlySet<string>;
  };
  readonly partners: ReadonlyMap<Handle, DesiredPartner>;
  /** The first file that keeps pins apart from the partners, if one does. */
  readonly pinsFile: string | null;
  readonly files: readonly SourceFile[];
  /** What is valid and probably not meant; looked for when it is asked for. */
  readonly warnings: readonly Warning[];
};
