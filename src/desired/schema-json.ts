import { readFileSync } from 'node:fs';
import type { JsonSchema } from '../shapes.ts';
import { withFields } from './schema-fields.ts';

let read: JsonSchema | null = null;

/** schemas/partners.schema.json, read once. */
export function partnersSchema(): JsonSchema {
  read ??= withFields(
    JSON.parse(
      readFileSync(new URL('../../schemas/partners.schema.json', import.meta.url), 'utf8'),
    ) as JsonSchema,
  );
  return read;
}
