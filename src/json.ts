/** Values as JSON has them: what a field can hold, and what an answer or a saved plan brings. */

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object, or an item of a list by its index; undefined where there is none. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** Whether a text is a key of a table. */
export function isKeyOf<Table extends object>(
  table: Table,
  text: string,
): text is Extract<keyof Table, string> {
  return Object.hasOwn(table, text);
}

/** Whether a value says that there is nothing: null, or a list without items. */
export function isNone(value: Json): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** Whether two values are the same, items in the same order; `undefined` is only the same as itself. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/**
 * A value as people read it: text as it is, a list as `a, b`. Empty where there is none; items that the commas would
 * make ambiguous are quoted.
 */
export function textOf(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items: readonly Json[] = value;
  return items
    .map((item) =>
      typeof item === 'string' && (item === '' || item.includes(',')) ? JSON.stringify(item) : textOf(item),
    )
    .join(', ');
}
