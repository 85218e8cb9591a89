/** The canonical order of keys: the one in which the schema lists them. */

import { partnersSchema } from '../desired/schema-json.ts';
import { isObject } from '../json.ts';

/** The order of one map's keys, and of the maps below it. */
export type Ranks = {
  /** Lower ranks come first; keys of one rank keep their order. */
  readonly rank: (key: string) => number;
  /** Whether the schema says what is below a key. */
  readonly isKnown: (key: string) => boolean;
  readonly below: (key: string) => Ranks;
};

let known: Ranks | null = null;

/** The order of a file's keys, which is worked out once. */
export function keyRanks(): Ranks {
  const root = partnersSchema();
  known ??= ranksOf(root, root, true);
  return known;
}

/** The order of a partner's keys. */
export function partnerRank(): Ranks['rank'] {
  return keyRanks().below('partners').below('any').rank;
}

function ranksOf(schema: unknown, root: unknown, isRoot: boolean): Ranks {
  const resolved = resolve(schema, root);
  const properties = isObject(resolved) && isObject(resolved.properties) ? resolved.properties : {};
  const others = isObject(resolved) ? resolved.additionalProperties : undefined;
  const order = new Map(Object.keys(properties).map((key, index) => [key, index + 1]));
  const inner = new Map<unknown, Ranks>();
  return {
    rank: (key) => {
      // What is merged in or free comes first, since anchors must be above their aliases; the version leads.
      if (isRoot && key === 'version') return -1;
      if (key === '<<' || (isRoot && key.startsWith('x-'))) return 0;
      return order.get(key) ?? order.size + 1;
    },
    isKnown: (key) => isObject(properties[key] ?? others),
    below: (key) => {
      const schemaBelow = properties[key] ?? others;
      const ranks = inner.get(schemaBelow) ?? ranksOf(schemaBelow, root, false);
      inner.set(schemaBelow, ranks);
      return ranks;
    },
  };
}

/** Follows `$ref` inside the schema. */
function resolve(schema: unknown, root: unknown): unknown {
  if (!isObject(schema) || typeof schema.$ref !== 'string') return schema;
  let found: unknown = root;
  for (const part of schema.$ref.split('/').slice(1)) found = isObject(found) ? found[part] : undefined;
  return isObject(found) ? { ...found, ...schema, $ref: undefined } : found;
}
