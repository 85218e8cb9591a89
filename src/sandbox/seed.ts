import { didYouMean, nearest } from '../desired/nearest.ts';
import { type CatalogKind, catalogKinds } from '../fields.ts';
import { isObject } from '../json.ts';
import { failure } from '../problem.ts';
import { partnerMembers } from './store.ts';

/** What a sandbox starts from. Where a list of ids is given, other ids are refused. */
export type Seed = {
  readonly partners: readonly Readonly<Record<string, unknown>>[];
} & { readonly [list in CatalogKind]?: readonly string[] };

/**
 * Checks a seed file's JSON: `{ "partners": [ { "name": … } ], "tiers": [ids], … }`. A member that Introw doesn't have
 * is refused, since it is more likely a slip than meant, unless `extraMembers` asks for it.
 */
export function parseSeed(json: unknown, { extraMembers = false } = {}): Seed {
  if (!isObject(json)) throw refused('it must be an object with "partners"');
  if (!extraMembers) refuseUnknown(json, ['partners', ...catalogKinds], 'the seed');
  const partners = json.partners ?? [];
  if (!Array.isArray(partners)) throw refused('"partners" must be a list');
  for (const [index, partner] of partners.entries()) {
    if (!isObject(partner) || typeof partner.name !== 'string')
      throw refused(`partner ${index + 1} has no name`);
    if (!extraMembers) refuseUnknown(partner, partnerMembers, `partner ${index + 1} (${partner.name})`);
  }
  const known = catalogKinds.filter((list) => json[list] !== undefined);
  for (const list of known) {
    const ids = json[list];
    if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string'))
      throw refused(`"${list}" must be a list of ids`);
  }
  return { ...Object.fromEntries(known.map((list) => [list, json[list]])), partners };
}

function refuseUnknown(
  object: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where: string,
): void {
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw failure(
    'UNKNOWN_KEY',
    `The seed can't be used: ${where} has ${JSON.stringify(unknown)}, which Introw doesn't have.${didYouMean(nearest(unknown, known))}`,
    {
      hint: `Known are ${known.join(', ')}; --extra-members lets others in.`,
    },
  );
}

function refused(why: string) {
  return failure('INVALID_VALUE', `The seed can't be used: ${why}.`, {
    hint: 'A seed looks like { "partners": [ { "name": "Acme" } ], "tiers": ["tier_1"] }.',
  });
}
