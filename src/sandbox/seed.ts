import { type CatalogKind, catalogKinds } from '../fields.ts';
import { isObject } from '../json.ts';
import { failure } from '../problem.ts';

/** What a sandbox starts from. Where a list of ids is given, other ids are refused. */
export type Seed = {
  readonly partners: readonly Readonly<Record<string, unknown>>[];
} & { readonly [list in CatalogKind]?: readonly string[] };

/** Checks a seed file's JSON: `{ "partners": [ { "name": … } ], "tiers": [ids], … }`. */
export function parseSeed(json: unknown): Seed {
  if (!isObject(json)) throw refused('it must be an object with "partners"');
  const partners = json.partners ?? [];
  if (!Array.isArray(partners)) throw refused('"partners" must be a list');
  for (const [index, partner] of partners.entries()) {
    if (!isObject(partner) || typeof partner.name !== 'string')
      throw refused(`partner ${index + 1} has no name`);
  }
  const known = catalogKinds.filter((list) => json[list] !== undefined);
  for (const list of known) {
    const ids = json[list];
    if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string'))
      throw refused(`"${list}" must be a list of ids`);
  }
  return { ...Object.fromEntries(known.map((list) => [list, json[list]])), partners };
}

function refused(why: string) {
  return failure('INVALID_VALUE', `The seed can't be used: ${why}.`, {
    hint: 'A seed looks like { "partners": [ { "name": "Acme" } ], "tiers": ["tier_1"] }.',
  });
}
