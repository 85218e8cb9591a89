import { readFileSync } from 'node:fs';

let read: Readonly<Record<string, unknown>> | null = null;

/** schemas/partners.schema.json, read once. */
export function partnersSchema(): Readonly<Record<string, unknown>> {
  read ??= JSON.parse(
    readFileSync(new URL('../../schemas/partners.schema.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  return read;
}
