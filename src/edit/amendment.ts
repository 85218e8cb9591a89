/** What is to be changed of files, and what came of it. */
import type { CatalogKind } from '../fields.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Item } from '../yaml/item.ts';
import type { PartnerEdit } from './partner-edit.ts';

/** Which partners say what else, and what is new in which section of which file. */
export type Amendment = {
  readonly edits: ReadonlyMap<Handle, readonly PartnerEdit[]>;
  readonly additions: readonly Addition[];
};

/** What is new in a section of one file; a file that isn't among the state's is made, with the `head` of its first addition at its top. */
export type Addition = { readonly file: string; readonly head?: readonly string[] } & (
  | { readonly section: 'partners'; readonly items: readonly Item[] }
  | { readonly section: 'pins'; readonly pins: ReadonlyMap<Handle, PartnerId> }
  /** Names for ids, in one catalog. */
  | {
      readonly section: 'catalog';
      readonly catalog: CatalogKind;
      readonly names: ReadonlyMap<string, string>;
    }
);

/** A file before and after. */
export type EditedFile = {
  readonly path: string;
  /** Null for a file that didn't exist. */
  readonly before: string | null;
  readonly after: string;
};
