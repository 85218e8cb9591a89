import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

/** One way in which data doesn't fit the schema of partners' files. */
export type SchemaError = ErrorObject;

let compiled: ValidateFunction | null = null;

/** Everything in which `data` doesn't fit schemas/partners.schema.json; empty when it does. */
export function validatePartners(data: unknown): readonly SchemaError[] {
  compiled ??= compile();
  return compiled(data) ? [] : (compiled.errors ?? []);
}

/** The schema itself. */
export function partnersSchema(): Readonly<Record<string, unknown>> {
  return JSON.parse(
    readFileSync(new URL('../../schemas/partners.schema.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>;
}

function compile(): ValidateFunction {
  return new Ajv2020({ allErrors: true, verbose: true, strict: false, unicodeRegExp: true }).compile(
    partnersSchema(),
  );
}
