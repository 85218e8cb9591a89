import { domainFault } from '../bare-domain.ts';
import type { Field } from '../fields.ts';
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

/** Whether a file can pin a partner by this id. */
export function canPin(id: string): boolean {
  return errorsOf({ id }).length === 0;
}

function errorsOf(given: object) {
  return validatePartners({ version: 1, partners: { any: { name: 'any', ...given } } });
}
