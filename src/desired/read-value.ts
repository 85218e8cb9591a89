/** A value as people give it outside of the files, in a sheet or on the command line, as the files would state it. */
import type { Field } from '../fields.ts';
import type { Json } from '../json.ts';
import { refusalOf } from './can-state.ts';
import { catalogName, namesOf } from './catalog-names.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { DesiredState } from './state.ts';

/** What goes to Introw, and the catalog's name for it; or why a file can't say it. */
export type ReadValue =
  | { readonly kind: 'value'; readonly value: Json; readonly name: string | null }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string };

/** Reads values for these files: by catalog name, or by an id that the catalog or a partner already has. */
export function valueReader({ catalog, partners }: DesiredState): (field: Field, text: string) => ReadValue {
  const names = namesOf(catalog);
  const inUse = new Map<string, Set<string>>();
  for (const { values } of partners.values())
    for (const [field, { value }] of values)
      if (typeof value === 'string') inUse.set(field, (inUse.get(field) ?? new Set()).add(value));
  const known = new Map<string, ReadValue>();
  const read = (field: Field, text: string): ReadValue => {
    if (field.catalog === null) return plainValue(field, text);
    const entries = catalog[field.catalog];
    const id =
      entries.get(text.normalize('NFC')) ??
      (names[field.catalog].has(text) || inUse.get(field.name)?.has(text) ? text : null);
    if (id !== null)
      return { kind: 'value', value: id, name: entries.has(text) ? text : catalogName(names, field, id) };
    const listed = [...entries.keys()];
    const found = listed.find((name) => name.toLowerCase() === text.toLowerCase()) ?? nearest(text, listed);
    const shown = `${listed.slice(0, 10).join(', ')}${listed.length > 10 ? ' and more' : ''}`;
    return {
      kind: 'refused',
      message: `catalog.${field.catalog} has no ${JSON.stringify(text)}.${didYouMean(found)}`,
      hint: listed.length === 0 ? `Add it to catalog.${field.catalog} in a file first.` : `It has ${shown}.`,
    };
  };
  return (field, text) => {
    const key = JSON.stringify([field.name, text]);
    const value = known.get(key) ?? read(field, text);
    known.set(key, value);
    return value;
  };
}

function plainValue(field: Field, text: string): ReadValue {
  const value = field.shape.schema.type === 'array' ? itemsIn(text) : choiceIn(field, text);
  const why = refusalOf(field, value);
  if (why === null) return { kind: 'value', value, name: null };
  const choices = choicesOf(field);
  const meant = choices.length === 0 ? '' : didYouMean(nearest(text, choices));
  return {
    kind: 'refused',
    message: `${JSON.stringify(text)} ${why}.${meant}`,
    hint:
      choices.length > 0
        ? `Use one of ${choices.join(', ')}.`
        : (field.shape.mismatch?.hint(text) ?? 'Shorten it.'),
  };
}

/** One of a field's few words, in whatever case it is given. */
function choiceIn(field: Field, text: string): string {
  return choicesOf(field).find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? text;
}

function choicesOf({ shape }: Field): string[] {
  const { enum: choices } = shape.schema;
  return Array.isArray(choices) ? choices.map(String) : [];
}

/** `a, "b, c"`: the reverse of how lists are shown. */
function itemsIn(text: string): string[] {
  const items = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return items
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map(unquoted);
}

function unquoted(item: string): string {
  try {
    return item.startsWith('"') ? String(JSON.parse(item)) : item;
  } catch {
    return item;
  }
}
