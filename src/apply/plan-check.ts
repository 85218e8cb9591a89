/** What ajv makes of schemas/plan.schema.json. The built command has it ready-made in place of this file. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Plan } from '../plan/plan.ts';

export const ajv = new Ajv2020({ strict: true, code: { source: true, esm: true } });

let compiled: ValidateFunction<Plan> | null = null;

export function checker(): ValidateFunction<Plan> {
  compiled ??= ajv.compile<Plan>(
    JSON.parse(readFileSync(new URL('../../schemas/plan.schema.json', import.meta.url), 'utf8')),
  );
  return compiled;
}
