/** The schema of files with the names of these files in it, so that an editor offers and checks the catalog's names. */
import { type Field, fields } from '../fields.ts';
import { isObject } from '../json.ts';
import type { JsonSchema } from '../shapes.ts';
import type { DesiredState } from './state.ts';

/** Marks a schema that was written for files, and so may be overwritten. */
export const schemaComment =
  'For the names of your files: introwctl schema --for-files writes it again when they change.';

/**
 * `schema` (schemas/partners.schema.json) with a choice of catalog names in place of every text that must be one, and
 * with the handles that pins can name. A catalog without names stays as it is: there is nothing to choose from.
 */
export function schemaForFiles(schema: JsonSchema, { catalog, partners }: DesiredState): JsonSchema {
  // An editor would take the same $id for the same schema.
  const { $schema, $id: _, ...rest } = schema;
  const named = fields.reduce<JsonSchema>(
    (whole, field) => (field.catalog === null ? whole : withNames(whole, field, catalog[field.catalog])),
    rest,
  );
  const pins = Object.fromEntries(
    [...partners.values()].map(({ handle, name }) => [handle, { description: name, $ref: '#/$defs/id' }]),
  );
  const withPins = replaced(named, ['properties', 'pins'], (given) =>
    partners.size === 0 ? given : { ...given, properties: pins, additionalProperties: false },
  );
  return { $schema, $comment: schemaComment, ...withPins };
}

function withNames(schema: JsonSchema, { path }: Field, names: ReadonlyMap<string, string>): JsonSchema {
  if (names.size === 0) return schema;
  const steps = path.flatMap((key) => ['properties', key]);
  return replaced(schema, ['$defs', 'partner', ...steps], (given) => ({
    ...given,
    description: `${String(given.description)} ${listed(names)}`,
    enum: [...names.keys()],
    examples: [...names.keys()].slice(0, 1),
  }));
}

function listed(names: ReadonlyMap<string, string>): string {
  return `Names: ${[...names].map(([name, id]) => `${name} (${id})`).join(', ')}.`;
}

/** The schema with another part at that path of keys. */
function replaced(
  schema: JsonSchema,
  [key, ...others]: readonly string[],
  change: (part: JsonSchema) => JsonSchema,
): JsonSchema {
  if (key === undefined) return change(schema);
  const part = schema[key];
  if (!isObject(part)) throw new TypeError(`the schema of files has no ${key}`);
  return { ...schema, [key]: replaced(part as JsonSchema, others, change) };
}
