import type { Field, FieldValue } from '../partner.ts';
import { sameValue } from '../partner.ts';
import type { Origin } from './plan.ts';

/**
 * Who moved a field whose desired and live values differ: the files, Introw, or both. `base` is undefined where the
 * files at the base didn't state the field.
 */
export function originOf(field: Field, base: FieldValue, desired: FieldValue, live: FieldValue): Origin {
  if (base === undefined || sameValue(field, base, live)) return 'proposed';
  return sameValue(field, base, desired) ? 'drift' : 'conflict';
}
