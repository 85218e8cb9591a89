/** What ajv makes of schemas/outcome.schema.json. The built command has it ready-made in place of this file. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Outcome } from '../plan/outcome.ts';

export const ajv = new Ajv2020({ strict: true, code: { source: true, esm: true } });

let compiled: ValidateFunction<Outcome> | null = null;

export function checker(): ValidateFunction<Outcome> {
  compiled ??= ajv.compile<Outcome>(
    JSON.parse(readFileSync(new URL('../../schemas/outcome.schema.json', import.meta.url), 'utf8')),
  );
  return compiled;
}
