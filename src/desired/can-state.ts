import type { Field } from '../partner.ts';
import { validatePartners } from './schema.ts';

/** Why a file can't state this value of a field, to follow the field's name in a sentence; null where it can. */
export type Refusal = (field: Field, value: string) => string | null;

/** What the schema refuses. */
export const refusalOf: Refusal = (field, value) => {
  const [section, inner] = field.path;
  const given =
    inner === undefined
      ? { [field.idKey ?? section]: value }
      : { [section]: { [field.idKey ?? inner]: value } };
  const [error] = errorsOf(given);
  if (error === undefined) return null;
  const words: Readonly<Record<string, string>> = {
    minLength: 'is empty',
    maxLength: `has ${[...value].length} characters, and a file may give ${String(error.params.limit)}`,
    pattern: field.name === 'domain' ? 'is not a bare domain' : 'holds control characters',
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
