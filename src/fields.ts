/**
 * The table of fields: the one place that knows a field by its name.
 *
 * How a field is read, checked, compared, sent, written to files, shown and explained follows from its row, and so do
 * the parts of schemas/partners.schema.json that list fields (`npm run build` writes them). A new field is a new row.
 */
import { domainFault, domainPattern } from './bare-domain.ts';
import { foldDomain, spellName } from './folding.ts';
import { experiencePlaces, idIn, nameIn, ownerPlaces } from './live-places.ts';
import { type FieldValue, id, oneOf, type Shape, text } from './shapes.ts';

/** A partner as Introw returned it: an object, of which nothing else has been checked yet. */
export type ApiPartner = Readonly<Record<string, unknown>>;

/** Values by the names of their fields. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** The catalogs: lists of names that the files give to Introw's opaque ids. */
export const catalogs = {
  tiers: { description: 'Tier names and their Introw ids.', example: { gold: 'tier_456' } },
  phases: { description: 'Phase names and their Introw ids.', example: { active: 'phase_123' } },
  owners: { description: 'Names of your users and their Introw ids.', example: { jamie: 'user_456' } },
  experiences: {
    description: 'Names of experience templates and their Introw ids.',
    example: { reseller: 'exp_1' },
  },
} as const;

export type CatalogKind = keyof typeof catalogs;

export const catalogKinds = Object.keys(catalogs) as readonly CatalogKind[];

/** Makes something of every catalog. */
export function forEachCatalog<T>(make: (kind: CatalogKind) => T): Readonly<Record<CatalogKind, T>> {
  return Object.fromEntries(catalogKinds.map((kind) => [kind, make(kind)])) as Record<CatalogKind, T>;
}

/** The keys of a partner that hold several fields. */
export const sections: Readonly<Record<string, { readonly description: string }>> = {
  portal: {
    description:
      "The partner's portal. Sending it publishes the portal: partners see it, and it uses up one of your plan's portals.",
  },
};

export type Field = {
  /** The name in plans, `ignore` and `--field`. */
  readonly name: string;
  /** For the schema of files, and so for editors. */
  readonly description: string;
  readonly example: string | readonly string[];
  /** The keys that lead to the value below a partner in the files. */
  readonly path: readonly [string] | readonly [section: string, string];
  /** The sibling key that takes Introw's id instead of a catalog name. */
  readonly idKey: string | null;
  readonly catalog: CatalogKind | null;
  /** The name in the body of POST and PATCH. */
  readonly wire: string;
  /** What values look like, and when two are the same. */
  readonly shape: Shape;
  /** By these two, Introw finds the partner that a POST means. Every partner has a name; neither can be a default. */
  readonly identity: 'name' | 'domain' | null;
  /** Whether `null` in the files clears it. */
  readonly clearable: boolean;
  /** Whether sending it publishes the partner's portal, which partners see and which can't be undone. */
  readonly publishes: boolean;
  /** Whether it is sent with all other fields of its section, since Introw takes them only together. */
  readonly sentTogether: boolean;
  /** The field of its section without which it has no effect. */
  readonly needs: string | null;
  /**
   * Whether Introw returns it. A value that is to be there and can't be read is not compared, which a warning says;
   * one that is only `perhaps` there, and isn't, can be sent and not compared.
   */
  readonly returned: 'yes' | 'perhaps' | 'no';
  /** What a returned partner holds for it. */
  readonly read: (partner: ApiPartner) => FieldValue;
  /** What Introw calls that value; null where it doesn't return this. No name is documented. */
  readonly readName: (partner: ApiPartner) => string | null;
  /** The reverse: how a returned partner shows a value. The sandbox answers so. */
  readonly answered: (value: unknown) => ApiPartner;
};

/** A row from what is particular about it; the rest is what most fields have in common. */
function field(given: Pick<Field, 'name' | 'description' | 'example'> & Partial<Field>): Field {
  const { name, wire = name, shape = text(), returned = 'yes', clearable = false } = given;
  const [first = name, second] = name.split('.');
  return {
    path: second === undefined ? [first] : [first, second],
    idKey: null,
    catalog: null,
    wire,
    shape,
    identity: null,
    clearable,
    publishes: false,
    sentTogether: false,
    needs: null,
    returned,
    read: (partner) => {
      const value = partner[wire];
      // A cleared field may come back as an empty text.
      const isCleared = clearable && typeof value === 'string' && value.trim() === '';
      return returned === 'no' ? undefined : shape.read(isCleared ? null : value);
    },
    readName: () => null,
    answered: (value) => (returned === 'no' ? {} : { [wire]: value }),
    ...given,
  };
}

/** All fields, in the order in which plans and files show them. */
export const fields: readonly Field[] = [
  field({
    name: 'name',
    description: 'What the partner is called in Introw, up to 200 characters.',
    example: 'Acme Partners',
    identity: 'name',
    shape: text({
      max: 200,
      pattern: '^[^\\s\\p{Cc}\\p{Cs}](?:[^\\p{Cc}\\p{Cs}]*[^\\s\\p{Cc}\\p{Cs}])?$',
      mismatch: {
        code: 'INVALID_VALUE',
        says: (name) =>
          name === name.trim()
            ? 'holds a line break or another control character'
            : 'begins or ends with white space or a line break',
        hint: (name) =>
          name.trim() === ''
            ? 'Write the name between the quotes.'
            : `Write ${JSON.stringify(name.replace(/[\s\p{Cc}]+/gu, ' ').trim())}`,
      },
      spelled: spellName,
    }),
  }),
  field({
    name: 'domain',
    description: "The partner's bare domain, without https:// and without a path. null clears it.",
    example: 'acme.example',
    identity: 'domain',
    clearable: true,
    shape: text({
      pattern: domainPattern,
      mismatch: {
        code: 'NOT_A_DOMAIN',
        says: (domain) => domainFault(domain)?.says ?? 'is not a bare domain',
        hint: (domain) => domainFault(domain)?.hint ?? 'Give the bare domain, such as acme.example.',
      },
      spelled: foldDomain,
    }),
  }),
  field({
    name: 'tier',
    description: 'A name from catalog.tiers.',
    example: 'gold',
    catalog: 'tiers',
    idKey: 'tierId',
    wire: 'tierId',
    shape: id,
  }),
  field({
    name: 'phase',
    description: 'A name from catalog.phases. Every partner always has exactly one phase.',
    example: 'active',
    catalog: 'phases',
    idKey: 'phaseId',
    wire: 'phaseId',
    shape: id,
  }),
  field({
    name: 'owner',
    description: 'A name from catalog.owners: who of your people looks after the partner.',
    example: 'jamie',
    catalog: 'owners',
    idKey: 'ownerId',
    wire: 'partnerOwnerId',
    shape: id,
    // Where the owner's id is isn't documented.
    read: (partner) => idIn(partner, ownerPlaces),
    readName: (partner) => nameIn(partner, ['owner', 'name']),
    answered: (value) => ({ owner: value === null ? null : { id: value, name: String(value) } }),
  }),
  field({
    name: 'portal.experience',
    description: 'A name from catalog.experiences: the template that the portal is published from.',
    example: 'reseller',
    catalog: 'experiences',
    idKey: 'experienceId',
    wire: 'experienceTemplateId',
    shape: id,
    publishes: true,
    sentTogether: true,
    // Partners carry it since August 2026 in a field that isn't documented; where it is absent it can't be compared.
    returned: 'perhaps',
    read: (partner) => idIn(partner, experiencePlaces),
  }),
  field({
    name: 'portal.access',
    description:
      "RESTRICTED_USERS: only invited users. RESTRICTED_DOMAINS: anybody with an address at the partner's domain. Takes effect only together with an experience.",
    example: 'RESTRICTED_DOMAINS',
    wire: 'portalAccess',
    shape: oneOf('RESTRICTED_USERS', 'RESTRICTED_DOMAINS'),
    sentTogether: true,
    needs: 'portal.experience',
    returned: 'no',
  }),
];

const byName: ReadonlyMap<string, Field> = new Map(fields.map((each) => [each.name, each]));

/** The field of that name; undefined for one that this version doesn't know. */
export function findField(name: string): Field | undefined {
  return byName.get(name);
}

/** The field of that name; throws for a name that no row has, so names from outside are checked first. */
export function fieldNamed(name: string): Field {
  const found = findField(name);
  if (found === undefined) throw new TypeError(`no field is called ${name}`);
  return found;
}

/** The field that says what a partner is called, and the one that says its domain. */
export const identities = { name: identity('name'), domain: identity('domain') } as const;

function identity(which: 'name' | 'domain'): Field {
  const found = fields.find((each) => each.identity === which);
  if (found === undefined) throw new TypeError(`no field is the ${which} of a partner`);
  return found;
}

/** The fields below the same key of a partner: all of its section, else the field alone. */
export function sectionOf({ path }: Field): readonly Field[] {
  return fields.filter((each) => each.path[0] === path[0]);
}

/** Whether the field of that name publishes a portal when it is sent. */
export function isPublishing(name: string): boolean {
  return findField(name)?.publishes ?? false;
}

/** Whether sending the field of that name publishes a portal, by itself or with what is sent together with it. */
export function leadsToPublishing(name: string): boolean {
  const found = findField(name);
  if (found === undefined) return false;
  return found.publishes || (found.sentTogether && sectionOf(found).some((each) => each.publishes));
}

/** The field that a key of a partner in the files states, and whether the key takes an id. `path` is below the partner. */
export function fieldAt(path: readonly string[]): { readonly field: Field; readonly byId: boolean } | null {
  for (const each of fields) {
    const [first, second] = each.path;
    const key = second === undefined ? path[0] : path[1];
    if (second !== undefined && path[0] !== first) continue;
    if (key === (second ?? first)) return { field: each, byId: false };
    if (key !== undefined && key === each.idKey) return { field: each, byId: true };
  }
  return null;
}

/** What all fields of a returned partner hold. */
export function readFields(partner: ApiPartner): FieldValues {
  return Object.fromEntries(fields.map((each) => [each.name, each.read(partner)]));
}

/** What Introw calls the values of a returned partner, by field: those that it returns a name for. */
export function readNames(partner: ApiPartner): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap((each) => {
      const name = each.readName(partner);
      return name === null ? [] : [[each.name, name] as const];
    }),
  );
}

/** Whether Introw holds two values of a field for the same one. */
export function sameValue({ shape }: Field, one: FieldValue, other: FieldValue): boolean {
  return one === undefined || other === undefined ? one === other : shape.same(one, other);
}
