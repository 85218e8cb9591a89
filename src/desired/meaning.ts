/** What files say about a partner, without where and how they say it. */
import { fieldNamed } from '../fields.ts';
import type { Json } from '../json.ts';
import type { Handle } from '../partner.ts';
import type { DesiredPartner, DesiredState } from './state.ts';

export type Meaning = {
  readonly id: string | null;
  readonly externalId: string | null;
  readonly values: ReadonlyMap<string, Json>;
  readonly ignore: ReadonlySet<string>;
};

export function meaningOf({ id, externalId, values, ignore }: DesiredPartner): Meaning {
  const sorted = [...values].map(([name, { value }]): [string, Json] => [
    name,
    fieldNamed(name).shape.sorted(value),
  ]);
  return { id, externalId, values: new Map(sorted), ignore };
}

export function meanings({ partners }: DesiredState): Map<Handle, Meaning> {
  return new Map([...partners].map(([handle, partner]) => [handle, meaningOf(partner)]));
}

/** Whether two say the same; false where either is missing. */
export function sameMeaning(one: Meaning | undefined, other: Meaning | undefined): boolean {
  return one !== undefined && other !== undefined && textOf(one) === textOf(other);
}

/** Whether two leave the same fields to the CRM. */
export function sameIgnore(one: Meaning, other: Meaning | undefined): boolean {
  return (
    other !== undefined && JSON.stringify([...one.ignore].sort()) === JSON.stringify([...other.ignore].sort())
  );
}

function textOf({ id, externalId, values, ignore }: Meaning): string {
  return JSON.stringify([id, externalId, [...values].sort(), [...ignore].sort()]);
}
