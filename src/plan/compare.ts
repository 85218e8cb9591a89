/** What differs between a partner in the files and in Introw, field by field, as the field table allows. */
import type { Names } from '../desired/catalog-names.ts';
import type { DesiredPartner, DesiredValue } from '../desired/state.ts';
import {
  type Field,
  type FieldName,
  type FieldValue,
  fields,
  type LivePartner,
  sameValue,
} from '../partner.ts';
import type { FieldChange, Origin } from './plan.ts';

/** What the comparison of one partner needs besides the two sides. */
export type Context = {
  readonly names: Names;
  /** Whether there is a base: only then do differences have origins. */
  readonly hasBase: boolean;
  /** What the files at the base said of this handle. */
  readonly atBase: DesiredPartner | undefined;
  /** What the files at the base said of the partner that this handle now is: portals are compared by partner. */
  readonly portalAtBase: DesiredPartner | undefined;
  /** --publish names this handle. */
  readonly publish: boolean;
};

export type Comparison = { readonly rows: readonly FieldChange[]; readonly unreadable: readonly FieldName[] };

/** Every field that a create sends: all that the files give, `ignore` or not. */
export function createdFields(partner: DesiredPartner, names: Names, hasBase: boolean): FieldChange[] {
  return given(partner)
    .filter(([, desired]) => desired.value !== null)
    .map(([field, desired]) => ({
      ...row(field, desired, null, names),
      origin: hasBase ? 'proposed' : null,
      writeOnly: false,
    }));
}

/** Every field whose live value isn't the desired one, and those that could not be compared. */
export function compare(partner: DesiredPartner, live: LivePartner, context: Context): Comparison {
  const rows: FieldChange[] = [];
  const unreadable: FieldName[] = [];
  const compared = given(partner).filter(([field]) => !partner.ignore.has(field.name));
  for (const [field, desired] of compared) {
    if (field.publishes) continue;
    const value = live.values[field.name];
    if (value === undefined) unreadable.push(field.name);
    else if (!sameValue(field, desired.value, value)) rows.push(differing(field, desired, value, context));
  }
  const portal = compared.filter(([field]) => field.publishes);
  return { rows: [...rows, ...portalRows(portal, live, context)], unreadable };
}

/**
 * The portal travels whole: access takes effect only together with an experience, so when one of its fields is to be
 * sent, all that the files give are.
 */
function portalRows(
  portal: readonly [Field, DesiredValue][],
  live: LivePartner,
  context: Context,
): FieldChange[] {
  const moved = ([field, desired]: [Field, DesiredValue]) => {
    const value = live.values[field.name];
    if (value !== undefined) return !sameValue(field, desired.value, value);
    return (
      context.hasBase && !sameValue(field, desired.value, context.portalAtBase?.values.get(field.name)?.value)
    );
  };
  if (!context.publish && !portal.some(moved)) return [];
  return portal.map(([field, desired]) => {
    const value = live.values[field.name];
    if (value !== undefined)
      return differing(field, desired, value, { ...context, atBase: context.portalAtBase });
    return {
      ...row(field, desired, null, context.names),
      origin: context.hasBase ? 'proposed' : null,
      writeOnly: true,
    };
  });
}

function differing(field: Field, desired: DesiredValue, live: string | null, context: Context): FieldChange {
  const base = context.atBase?.values.get(field.name)?.value;
  const origin = context.hasBase ? originOf(field, base, desired.value, live) : null;
  return { ...row(field, desired, live, context.names), origin, writeOnly: false };
}

function row(field: Field, desired: DesiredValue, before: string | null, names: Names) {
  const nameOf = (id: string | null) =>
    field.catalog === null || id === null ? null : (names[field.catalog].get(id) ?? null);
  return {
    field: field.name,
    before,
    after: desired.value,
    beforeName: nameOf(before),
    afterName: desired.name ?? nameOf(desired.value),
    position: desired.position,
  };
}

/** The fields that the files give, in the order of the table. */
function given(partner: DesiredPartner): [Field, DesiredValue][] {
  const found: [Field, DesiredValue][] = [];
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
