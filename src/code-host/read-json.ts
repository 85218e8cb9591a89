/** Values out of an API's JSON, of which nothing is certain: what isn't there is empty. */
import { isObject } from '../json.ts';

/** The value at a path of keys, as text: ids may be numbers, and flags booleans. */
export function textAt(json: unknown, ...path: readonly string[]): string {
  const value = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), json);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : '';
}

/** The list at a path of keys; undefined where there is none. */
export function listAt(json: unknown, ...path: readonly string[]): readonly unknown[] | undefined {
  const value = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), json);
  return Array.isArray(value) ? value : undefined;
}
