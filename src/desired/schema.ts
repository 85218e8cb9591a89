import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { checker } from './partners-check.ts';

/** One way in which data doesn't fit the schema of partners' files. */
export type SchemaError = ErrorObject;

/** Everything in which `data` doesn't fit schemas/partners.schema.json; empty when it does. */
export function validatePartners(data: unknown): readonly SchemaError[] {
  const check = checker();
  return check(data) ? [] : (check.errors ?? []);
}

/** The schema itself. */
export function partnersSchema(): Readonly<Record<string, unknown>> {
  return JSON.parse(
    readFileSync(new URL('../../schemas/partners.schema.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>;
}
