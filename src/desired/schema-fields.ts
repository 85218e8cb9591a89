/** What the table of fields says about files, as parts of schemas/partners.schema.json. */
import { catalogKinds, catalogs, type Field, fields, sections } from '../fields.ts';
import { isObject } from '../json.ts';
import type { JsonSchema } from '../shapes.ts';

/** The schema with its lists of fields and catalogs as the table has them; the rest of it is written by hand. */
export function withFields(schema: JsonSchema): JsonSchema {
  const { properties, $defs } = schema;
  const { catalog, defaults, ...others } = mapOf(properties);
  const { ignore, partner, ...definitions } = mapOf($defs);
  const own = mapOf(mapOf(partner).properties);
  const inDefaults = fields.filter(({ identity }) => identity === null);
  return withParts(schema, {
    properties: withParts(mapOf(properties), {
      catalog: withParts(mapOf(catalog), { properties: catalogProperties() }),
      defaults: withParts(mapOf(defaults), {
        properties: { ...references(inDefaults), ignore: own.ignore },
      }),
      ...others,
    }),
    $defs: {
      ...definitions,
      ignore: withParts(mapOf(ignore), { items: { type: 'string', enum: sectionNames(fields) } }),
      partner: withParts(mapOf(partner), {
        required: fields.filter(({ identity }) => identity === 'name').map(({ path }) => path[0]),
        properties: {
          id: own.id,
          externalId: own.externalId,
          ...definitionsOf(fields),
          ignore: own.ignore,
        },
        allOf: [
          ...notBothForms(fields.filter(({ path }) => path[1] === undefined)),
          notBoth('id', 'externalId'),
        ],
      }),
    },
  });
}

/** The same keys in the same order, some with other values. */
function withParts(schema: JsonSchema, parts: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, parts[key] ?? value]));
}

function catalogProperties(): JsonSchema {
  return Object.fromEntries(
    catalogKinds.map((kind) => {
      const { description, example } = catalogs[kind];
      return [kind, { title: titleOf(kind), description, $ref: '#/$defs/names', examples: [example] }];
    }),
  );
}

function sectionNames(of: readonly Field[]): string[] {
  return [...new Set(of.map(({ path }) => path[0]))];
}

/** `defaults` holds the same as a partner, so it points there. */
function references(of: readonly Field[]): JsonSchema {
  const keys = of.flatMap(({ path, idKey }) =>
    path[1] === undefined && idKey !== null ? [path[0], idKey] : [path[0]],
  );
  return Object.fromEntries(keys.map((key) => [key, { $ref: `#/$defs/partner/properties/${key}` }]));
}

function definitionsOf(of: readonly Field[]): JsonSchema {
  const entries = sectionNames(of).flatMap((name): [string, JsonSchema][] => {
    const inside = of.filter(({ path }) => path[0] === name);
    if (sections[name] === undefined) return inside.flatMap((field) => valueDefinitions(field, name));
    const forms = notBothForms(inside);
    const section = {
      title: titleOf(name),
      description: sections[name].description,
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        inside.flatMap((field) => valueDefinitions(field, field.path[1] ?? name)),
      ),
      ...(forms.length === 0 ? {} : { allOf: forms }),
    };
    return [[name, section]];
  });
  return Object.fromEntries(entries);
}

/** A field under its key, and under the key that takes Introw's id. */
function valueDefinitions(field: Field, key: string): [string, JsonSchema][] {
  const { idKey, catalog, description, example, clearable, shape } = field;
  const title = titleOf(key);
  const value = { ...shape.schema, ...(clearable ? { type: [shape.schema.type ?? null, 'null'] } : {}) };
  const named = catalog === null ? value : { type: 'string', minLength: 1 };
  const byName: [string, JsonSchema] = [key, { title, description, ...named, examples: [example] }];
  if (idKey === null || catalog === null) return [byName];
  const byId: [string, JsonSchema] = [
    idKey,
    {
      title: `${title} id`,
      description: `The ${title.toLowerCase()} by Introw's id, instead of a catalog name.`,
      ...value,
      examples: Object.values(catalogs[catalog].example),
    },
  ];
  return [byName, byId];
}

function notBothForms(of: readonly Field[]): JsonSchema[] {
  return of.flatMap(({ path, idKey }) => (idKey === null ? [] : [notBoth(path[1] ?? path[0], idKey)]));
}

function notBoth(one: string, other: string): JsonSchema {
  return { not: { type: 'object', required: [one, other], properties: { [one]: true, [other]: true } } };
}

/** `managerEmail` → `Manager email`. */
function titleOf(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function mapOf(value: unknown): JsonSchema {
  if (!isObject(value)) throw new TypeError('schemas/partners.schema.json lacks a part that lists fields');
  return value as JsonSchema;
}
