/** What ajv makes of schemas/partners.schema.json. The built command has it ready-made in place of this file. */
import { Ajv, type ValidateFunction } from 'ajv';
import { partnersSchema } from './schema-json.ts';

export const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  unicodeRegExp: true,
  code: { source: true, esm: true },
});

let compiled: ValidateFunction | null = null;

export function checker(): ValidateFunction {
  compiled ??= ajv.compile(partnersSchema());
  return compiled;
}
