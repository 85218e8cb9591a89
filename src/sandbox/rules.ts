/** What Introw refuses to be sent, field by field, as the table of fields has it. */
import { type Field, fields, identities } from '../fields.ts';
import { isObject, type Json, textOf } from '../json.ts';
import type { Seed } from './seed.ts';

const byWire: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.wire, field]));

/** What is wrong with a body, by field; empty when nothing is. */
export function violations(
  body: unknown,
  seed: Seed,
  isCreate: boolean,
): { field: string; message: string }[] {
  if (!isObject(body)) return [{ field: 'body', message: 'must be an object' }];
  const { wire } = identities.name;
  const missing = isCreate && body[wire] === undefined ? [{ field: wire, message: 'is required' }] : [];
  return [
    ...missing,
    ...Object.entries(body).flatMap(([field, value]) => {
      const message = violation(byWire.get(field), value as Json, seed);
      return message === null ? [] : [{ field, message }];
    }),
  ];
}

function violation(field: Field | undefined, value: Json, seed: Seed): string | null {
  if (field === undefined) return 'is not a known field';
  if (value === null) return field.clearable ? null : 'must not be null';
  const known = field.catalog === null ? undefined : seed[field.catalog];
  const isUnknown = known !== undefined && !known.some((id) => id === value);
  return field.shape.refusal(value) ?? (isUnknown ? `does not exist: ${textOf(value)}` : null);
}
