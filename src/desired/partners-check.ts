/** What ajv makes of schemas/partners.schema.json. The built command has it ready-made in place of this file. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { partnersSchema } from './schema-json.ts';

export const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: false,
  unicodeRegExp: true,
  code: { source: true, esm: true },
});

let compiled: ValidateFunction | null = null;

export function checker(): ValidateFunction {
  compiled ??= ajv.compile(partnersSchema());
  return compiled;
}
