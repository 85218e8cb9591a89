/** What differs between a partner in the files and in Introw, field by field, as the field table allows. */

import { catalogName, type Names } from '../desired/catalog-names.ts';
import type { DesiredPartner, DesiredValue } from '../desired/state.ts';
import { type Field, fields, sameValue } from '../fields.ts';
import { append } from '../grouped.ts';
import { isNone, type Json } from '../json.ts';
import type { LivePartner } from '../partner.ts';
import type { FieldValue } from '../shapes.ts';
import type { FieldChange, Origin } from './plan.ts';

/** What the comparison of one partner needs apart from the two sides. */
export type Context = {
  readonly names: Names;
  /** Whether there is a base: only then do differences have origins. */
  readonly hasBase: boolean;
  /** What the files at the base said of the partner that this handle is. */
  readonly atBase: DesiredPartner | undefined;
  /** The same, whatever its handle was then: portals and what Introw doesn't return are compared by partner alone. */
  readonly partnerAtBase: DesiredPartner | undefined;
  /** --publish names this handle. */
  readonly publish: boolean;
};

export type Comparison = { readonly rows: readonly FieldChange[]; readonly unreadable: readonly string[] };

/** Every field that a create sends: all that the files give, `ignore` or not. */
export function createdFields(partner: DesiredPartner, names: Names, hasBase: boolean): FieldChange[] {
  return given(partner)
    .filter(([, desired]) => !isNone(desired.value))
    .map(([field, desired]) => ({
      ...row(field, desired, null, undefined, names),
      origin: hasBase ? 'proposed' : null,
      writeOnly: false,
    }));
}

/** Every field whose live value isn't the desired one, and those that could not be compared. */
export function compare(partner: DesiredPartner, live: LivePartner, context: Context): Comparison {
  const compared = given(partner).filter(([field]) => !partner.ignore.has(field.name));
  const unreadable = compared.flatMap(([{ name, returned }]) =>
    returned === 'yes' && live.values[name] === undefined ? [name] : [],
  );
  const readable = compared.filter(([{ name }]) => !unreadable.includes(name));
  // So it is with nearly all partners of a large team.
  if (!context.publish && !readable.some((each) => hasMoved(each, live, context)))
    return { rows: [], unreadable };
  return { rows: sentTogether(readable).flatMap((some) => rowsOf(some, live, context)), unreadable };
}

type Given = readonly [Field, DesiredValue];

/** The fields by what is sent at once: each alone, but those that Introw takes only together (a portal's). */
function sentTogether(all: readonly Given[]): readonly (readonly Given[])[] {
  const groups = new Map<string, Given[]>();
  for (const each of all) {
    const [field] = each;
    append(groups, field.sentTogether ? field.path[0] : field.name, each);
  }
  return [...groups.values()];
}

/** When one of some fields that are sent together is to be sent, all that the files give are. */
function rowsOf(together: readonly Given[], live: LivePartner, context: Context): FieldChange[] {
  const publish = context.publish && together.some(([{ publishes }]) => publishes);
  const moved = new Map(
    together
      .filter((each) => hasMoved(each, live, context))
      .map((each) => [each, originOfMoved(each, live, context)]),
  );
  if (!publish && moved.size === 0) return [];
  // What has not moved itself goes along with what has, and by --publish this run asks for all of it.
  const isAsked = publish || [...moved.values()].some((origin) => origin !== 'drift');
  const along = isAsked ? 'proposed' : 'drift';
  return together.map((each) => {
    const [field, desired] = each;
    const value = live.values[field.name];
    const own = moved.get(each);
    const origin = own === undefined || (publish && own === 'drift') ? along : own;
    return {
      ...row(field, desired, value ?? null, atBaseOf(each, value, context), context.names),
      origin: context.hasBase ? origin : null,
      writeOnly: value === undefined,
    };
  });
}

/** What Introw doesn't return has moved where the base said something else of the partner, whatever its handle was. */
function hasMoved([field, desired]: Given, live: LivePartner, context: Context): boolean {
  const value = live.values[field.name];
  if (value !== undefined) return !sameValue(field, desired.value, value);
  return (
    context.hasBase && !sameValue(field, desired.value, context.partnerAtBase?.values.get(field.name)?.value)
  );
}

/** What Introw doesn't return can't be seen to drift. */
function originOfMoved(each: Given, live: LivePartner, context: Context): Origin {
  const [field, desired] = each;
  const value = live.values[field.name];
  if (value === undefined) return 'proposed';
  return originOf(field, atBaseOf(each, value, context)?.values.get(field.name)?.value, desired.value, value);
}

/** Portals and what Introw doesn't return are compared by partner alone. */
function atBaseOf([field]: Given, value: FieldValue, { atBase, partnerAtBase }: Context) {
  return field.sentTogether || value === undefined ? partnerAtBase : atBase;
}

function row(
  field: Field,
  desired: DesiredValue,
  before: Json,
  atBase: DesiredPartner | undefined,
  names: Names,
) {
  const base = atBase?.values.get(field.name) ?? null;
  return {
    field: field.name,
    before,
    after: desired.value,
    beforeName: catalogName(names, field, before),
    afterName: desired.name ?? catalogName(names, field, desired.value),
    base: base?.value ?? null,
    baseName: base?.name ?? catalogName(names, field, base?.value ?? null),
    ...sourceOf(desired, base),
  };
}

/** Where the value comes from: the catalog where the files name what they named at the base, and it means another id now. */
function sourceOf(desired: DesiredValue, base: DesiredValue | null): Pick<FieldChange, 'position' | 'from'> {
  const { name, namedAt, value, position, from } = desired;
  const isRenumbered = name !== null && name === base?.name && value !== base.value;
  if (isRenumbered && namedAt !== null) return { position: namedAt, from: 'catalog' };
  return from === 'partner' ? { position } : { position, from };
}

/** The fields that the files give, in the order of the table. */
function given(partner: DesiredPartner): Given[] {
  const found: Given[] = [];
  for (const field of fields) {
    const desired = partner.values.get(field.name);
    if (desired !== undefined) found.push([field, desired]);
  }
  return found;
}

/**
 * Who moved a field whose desired and live values differ: the files, Introw, or both. `base` is undefined where the
 * files at the base didn't state the field.
 */
export function originOf(field: Field, base: FieldValue, desired: FieldValue, live: FieldValue): Origin {
  if (base === undefined || sameValue(field, base, live)) return 'proposed';
  return sameValue(field, base, desired) ? 'drift' : 'conflict';
}
