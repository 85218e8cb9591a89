import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Plan } from '../plan/plan.ts';

/** A document that was checked against schemas/plan.schema.json: the plan, or where it doesn't fit. */
export function validatePlan(json: unknown): { readonly plan: Plan } | { readonly where: string } {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../schemas/plan.schema.json', import.meta.url), 'utf8'),
  );
  const check = new Ajv2020({ strict: false }).compile<Plan>(schema as object);
  if (check(json)) return { plan: json };
  const [error] = check.errors ?? [];
  return { where: `${error?.instancePath || 'the document'} ${error?.message ?? 'is not right'}` };
}
