/** What Introw refuses to be sent, field by field. */
import { isObject } from '../json.ts';
import type { Seed } from './seed.ts';

type Rule = {
  readonly max: number;
  readonly nullable: boolean;
  readonly ids?: keyof Seed;
  readonly values?: readonly string[];
};

const rules: Readonly<Record<string, Rule>> = {
  name: { max: 200, nullable: false },
  domain: { max: 255, nullable: true },
  tierId: { max: 255, nullable: false, ids: 'tiers' },
  phaseId: { max: 255, nullable: false, ids: 'phases' },
  partnerOwnerId: { max: 255, nullable: false, ids: 'owners' },
  experienceTemplateId: { max: 255, nullable: false, ids: 'experiences' },
  portalAccess: { max: 255, nullable: false, values: ['RESTRICTED_USERS', 'RESTRICTED_DOMAINS'] },
};

/** What is wrong with a body, by field; empty when nothing is. */
export function violations(
  body: unknown,
  seed: Seed,
  isCreate: boolean,
): { field: string; message: string }[] {
  if (!isObject(body)) return [{ field: 'body', message: 'must be an object' }];
  const missing = isCreate && body.name === undefined ? [{ field: 'name', message: 'is required' }] : [];
  return [
    ...missing,
    ...Object.entries(body).flatMap(([field, value]) => {
      const message = violation(rules[field], value, seed);
      return message === null ? [] : [{ field, message }];
    }),
  ];
}

function violation(rule: Rule | undefined, value: unknown, seed: Seed): string | null {
  if (rule === undefined) return 'is not a known field';
  if (value === null) return rule.nullable ? null : 'must not be null';
  if (typeof value !== 'string') return 'must be a string';
  const { length } = [...value];
  if (length < 1 || length > rule.max) return `must have 1 to ${rule.max} characters`;
  if (rule.values !== undefined && !rule.values.includes(value))
    return `must be one of ${rule.values.join(', ')}`;
  const known = rule.ids === undefined ? undefined : seed[rule.ids];
  return known !== undefined && !known.some((id) => id === value) ? `does not exist: ${value}` : null;
}
