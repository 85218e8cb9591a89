/** How a file states a field: by its catalog name where it has one, else by what goes to Introw. */

import type { Field } from '../fields.ts';
import type { Json } from '../json.ts';
import type { NewEntry } from '../yaml/item.ts';
import { inlineText } from '../yaml/scalar.ts';

export type Statement = {
  readonly field: Field;
  readonly value: Json;
  /** The catalog's name for the value. */
  readonly name: string | null;
};

/** The key and the value, not yet as YAML. */
export function stated({ field, value, name }: Statement): { key: string; value: Json } {
  const byName = field.path[1] ?? field.path[0];
  const key = name === null ? (field.idKey ?? byName) : byName;
  return { key, value: name ?? value };
}

/** The entry of a map that states it. */
export function newEntry(statement: Statement): NewEntry {
  const { key, value } = stated(statement);
  return { key, text: inlineText(value) };
}
