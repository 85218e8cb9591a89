import { domainFault } from '../bare-domain.ts';
import { type Field, sameValue } from '../fields.ts';
import type { Json } from '../json.ts';
import { validatePartners } from './schema.ts';

/** Why a file can't state this value of a field, to follow the field's name in a sentence; null where it can. */
export type Refusal = (field: Field, value: Json) => string | null;

/** What the schema refuses. */
export const refusalOf: Refusal = (field, value) => {
  const [section, inner] = field.path;
  const given =
    inner === undefined
      ? { [field.idKey ?? section]: value }
      : { [section]: { [field.idKey ?? inner]: value } };
  const [error] = errorsOf(given);
  if (error === undefined)
    return field.identity === 'domain' && typeof value === 'string'
      ? (domainFault(value)?.says ?? null)
      : null;
  const words: Readonly<Record<string, string>> = {
    minLength: 'is empty',
    maxLength: `has ${[...String(error.data)].length} characters, and a file may give ${String(error.params.limit)}`,
    pattern: field.shape.mismatch?.says(String(error.data)) ?? 'is not an id',
    uniqueItems: 'holds an item twice',
  };
  return words[error.keyword] ?? 'is nothing that a file may give';
};

/** How a file states a value that Introw holds, or why it can't. */
export type Statement = { readonly value: Json } | { readonly why: string };

/** The value as it is; where a file may not give that, in another spelling that is the same to Introw, if it has one. */
export function stateable(field: Field, value: Json): Statement {
  const why = refusalOf(field, value);
  if (why === null) return { value };
  const spelled = field.shape.spelled(value);
  return refusalOf(field, spelled) === null && sameValue(field, spelled, value)
    ? { value: spelled }
    : { why };
}

/** Whether a file can pin a partner by this id. */
export function canPin(id: string): boolean {
  return errorsOf({ id }).length === 0;
}

function errorsOf(given: object) {
  return validatePartners({ version: 1, partners: { any: { name: 'any', ...given } } });
}
