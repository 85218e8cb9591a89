import type { ErrorObject } from 'ajv/dist/2020.js';
import { checker } from './partners-check.ts';

/** One way in which data doesn't fit the schema of partners' files. */
export type SchemaError = ErrorObject;

/** Everything in which `data` doesn't fit schemas/partners.schema.json; empty when it does. */
export function validatePartners(data: unknown): readonly SchemaError[] {
  const check = checker();
  return check(data) ? [] : (check.errors ?? []);
}
