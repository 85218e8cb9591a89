import type { Plan } from '../plan/plan.ts';
import { checker } from './plan-check.ts';

/** A document that was checked against schemas/plan.schema.json: the plan, or where it doesn't fit. */
export function validatePlan(json: unknown): { readonly plan: Plan } | { readonly where: string } {
  const check = checker();
  if (check(json)) return { plan: json };
  const [error] = check.errors ?? [];
  return { where: `${error?.instancePath || 'the document'} ${error?.message ?? 'is not right'}` };
}
