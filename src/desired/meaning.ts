/** What files say about a partner, without where and how they say it. */
import { fieldNamed } from '../fields.ts';
import { type Json, sameJson } from '../json.ts';
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
  if (one === undefined || other === undefined) return false;
  if (one.id !== other.id || one.externalId !== other.externalId) return false;
  if (one.values.size !== other.values.size || !sameIgnore(one, other)) return false;
  for (const [name, value] of one.values) if (!sameJson(value, other.values.get(name))) return false;
  return true;
}

/** Whether two leave the same fields to the CRM. */
export function sameIgnore({ ignore }: Meaning, other: Meaning | undefined): boolean {
  if (other === undefined || ignore.size !== other.ignore.size) return false;
  for (const name of ignore) if (!other.ignore.has(name)) return false;
  return true;
}
