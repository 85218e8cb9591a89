/**
 * A partner and its fields, as every other folder names them.
 *
 * The table below is the one place that knows what a field is called in the files and in the API, and what Introw lets
 * us do with it. Comparing, request bodies, rendering and importing follow from it: a new field is a new row (and a
 * property in schemas/partners.schema.json).
 */

import { foldDomain, spellName } from './folding.ts';

/** Introw's id of a partner (`ptn_…`). */
export type PartnerId = string & { readonly brand: 'PartnerId' };

/** A partner's address in the files: its key under `partners:`. */
export type Handle = string & { readonly brand: 'Handle' };

/** The lists of names that a catalog gives to Introw's opaque ids. */
export type CatalogKind = 'tiers' | 'phases' | 'owners' | 'experiences';

/** A partner as Introw returned it: JSON whose shape nothing has checked yet, but that it is an object. */
export type ApiPartner = Readonly<Record<string, unknown>>;

/**
 * A field's value: `null` is *none*, `undefined` is *not told* (by the file: leave it alone; by Introw: can't be read).
 */
export type FieldValue = string | null | undefined;

type FieldRow = {
  /** The name in plans, `ignore` and `--field`. */
  readonly name: string;
  /** Where the value stands under a partner in the files. */
  readonly path: readonly [string] | readonly [string, string];
  /** The sibling key that takes Introw's id instead of a catalog name. */
  readonly idKey: string | null;
  readonly catalog: CatalogKind | null;
  /** The name in the body of POST and PATCH. */
  readonly wire: string;
  /** Whether `null` clears it. */
  readonly clearable: boolean;
  /** Whether sending it publishes the partner's portal, which partners see and which can't be undone. */
  readonly publishes: boolean;
  /** What is left of a value where different spellings are one value; null where each is its own. */
  readonly spelled: ((value: string) => string) | null;
  /** What Introw returned for it. */
  readonly read: (partner: ApiPartner) => FieldValue;
};

const table = [
  {
    name: 'name',
    path: ['name'],
    idKey: null,
    catalog: null,
    wire: 'name',
    clearable: false,
    publishes: false,
    spelled: spellName,
    read: (partner) => text(partner.name),
  },
  {
    name: 'domain',
    path: ['domain'],
    idKey: null,
    catalog: null,
    wire: 'domain',
    clearable: true,
    publishes: false,
    spelled: foldDomain,
    read: (partner) => text(partner.domain),
  },
  {
    name: 'tier',
    path: ['tier'],
    idKey: 'tierId',
    catalog: 'tiers',
    wire: 'tierId',
    clearable: false,
    publishes: false,
    spelled: null,
    read: (partner) => text(partner.tierId),
  },
  {
    name: 'phase',
    path: ['phase'],
    idKey: 'phaseId',
    catalog: 'phases',
    wire: 'phaseId',
    clearable: false,
    publishes: false,
    spelled: null,
    read: (partner) => text(partner.phaseId),
  },
  {
    name: 'owner',
    path: ['owner'],
    idKey: 'ownerId',
    catalog: 'owners',
    wire: 'partnerOwnerId',
    clearable: false,
    publishes: false,
    spelled: null,
    // The shape of `owner` is undocumented: an object is expected to carry an id, a string is taken for one.
    read: (partner) => (isObject(partner.owner) ? id(partner.owner.id) : text(partner.owner)),
  },
  {
    name: 'portal.experience',
    path: ['portal', 'experience'],
    idKey: 'experienceId',
    catalog: 'experiences',
    wire: 'experienceTemplateId',
    clearable: false,
    publishes: true,
    spelled: null,
    // Partners carry it since August 2026 in a field that isn't documented; where it is absent it can't be compared.
    read: (partner) => text(partner.experienceTemplateId),
  },
  {
    name: 'portal.access',
    path: ['portal', 'access'],
    idKey: null,
    catalog: null,
    wire: 'portalAccess',
    clearable: false,
    publishes: true,
    spelled: null,
    read: () => undefined,
  },
] as const satisfies readonly FieldRow[];

export type FieldName = (typeof table)[number]['name'];
export type Field = FieldRow & { readonly name: FieldName };

/** All fields, in the order in which plans and files show them. */
export const fields: readonly Field[] = table;

const byName: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.name, field]));

/** The field of that name; throws for a name that no row has (names from outside are checked by a schema first). */
export function fieldNamed(name: string): Field {
  const field = byName.get(name);
  if (field === undefined) throw new TypeError(`no field is called ${name}`);
  return field;
}

/** The fields that stand under the same key of a partner: all of the portal's, else the field alone. */
export function sectionOf({ path }: Field): readonly Field[] {
  return fields.filter((field) => field.path[0] === path[0]);
}

/** A partner as it is in Introw, reduced to what planning needs. */
export type LivePartner = {
  readonly id: PartnerId;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly domain: string | null;
  /** ISO 8601, or null where Introw didn't say. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly values: Readonly<Record<FieldName, FieldValue>>;
};

/** What Introw holds. Not `complete` when only some partners were read, so that absence says nothing. */
export type LiveState = { readonly partners: readonly LivePartner[]; readonly complete: boolean };

/** The largest page that Introw gives: each page is one request, so smaller ones only cost more. */
export const listPageSize = 100;

/** What all fields of a returned partner hold. */
export function readFields(partner: ApiPartner): Record<FieldName, FieldValue> {
  return Object.fromEntries(fields.map((field) => [field.name, field.read(partner)])) as Record<
    FieldName,
    FieldValue
  >;
}

/** Whether Introw holds two values of a field for the same one. */
export function sameValue(field: Field, one: FieldValue, other: FieldValue): boolean {
  const { spelled } = field;
  return spelled !== null && typeof one === 'string' && typeof other === 'string'
    ? spelled(one) === spelled(other)
    : one === other;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `undefined` for anything that is neither text nor null: of a shape that we don't know, nothing can be said. */
function text(value: unknown): FieldValue {
  return typeof value === 'string' || value === null ? value : undefined;
}

function id(value: unknown): FieldValue {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
