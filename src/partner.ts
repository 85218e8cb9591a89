/** A partner, as every other folder names it. */
import type { FieldValues } from './fields.ts';

/** Introw's id of a partner (`ptn_…`). */
export type PartnerId = string & { readonly brand: 'PartnerId' };

/** A partner's address in the files: its key under `partners:`. */
export type Handle = string & { readonly brand: 'Handle' };

/** A partner as it is in Introw, reduced to what planning needs. */
export type LivePartner = {
  readonly id: PartnerId;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly domain: string | null;
  /** ISO 8601, or null where Introw didn't say. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly values: FieldValues;
  /** What Introw calls the values, by field; a field without a name that Introw returned isn't in it. */
  readonly names?: Readonly<Record<string, string>>;
};

/** What Introw holds. Not `complete` when only some partners were read, so that a partner that isn't here may still exist. */
export type LiveState = {
  readonly partners: readonly LivePartner[];
  readonly complete: boolean;
  /** How many requests one reading of the list takes, where it was read. */
  readonly listRequests?: number;
};

/** The largest page that Introw gives: each page is one request, so smaller ones only cost more. */
export const listPageSize = 100;
