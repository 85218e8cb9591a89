/** A value as people give it outside of the files, in a sheet or on the command line, as the files would state it. */
import { isPlaceholder } from '../bare-domain.ts';
import { type Field, forEachCatalog } from '../fields.ts';
import { foldName } from '../folding.ts';
import type { Json } from '../json.ts';
import { refusalOf } from './can-state.ts';
import { catalogName, namesOf } from './catalog-names.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { DesiredState } from './state.ts';

/** What goes to Introw, and the catalog's name for it; or why a file can't say it. */
export type ReadValue =
  | { readonly kind: 'value'; readonly value: Json; readonly name: string | null }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string };

/**
 * Reads values for these files: by catalog name in whatever case, or by an id that the catalog or a partner already has.
 * `noneHint` says how people give no value here, for those who wrote `-` or `n/a`.
 */
export function valueReader(
  { catalog, partners }: DesiredState,
  noneHint: (field: Field) => string = ({ name }) => `For none, write ${name}= with nothing after it.`,
): (field: Field, text: string) => ReadValue {
  const names = namesOf(catalog);
  const spellings = forEachCatalog(
    (kind) => new Map([...catalog[kind].keys()].map((name) => [foldName(name), name])),
  );
  const inUse = new Map<string, Set<string>>();
  for (const { values } of partners.values())
    for (const [field, { value }] of values)
      if (typeof value === 'string') inUse.set(field, (inUse.get(field) ?? new Set()).add(value));
  const known = new Map<string, ReadValue>();
  const read = (field: Field, text: string): ReadValue => {
    if (field.catalog === null) return plainValue(field, text, noneHint);
    const entries = catalog[field.catalog];
    const id =
      entries.get(text.normalize('NFC')) ??
      (names[field.catalog].has(text) || inUse.get(field.name)?.has(text) ? text : null);
    if (id !== null)
      return { kind: 'value', value: id, name: entries.has(text) ? text : catalogName(names, field, id) };
    // No two names of a catalog differ only in case, so this one can't mean another.
    const spelled = spellings[field.catalog].get(foldName(text));
    if (spelled !== undefined) return read(field, spelled);
    const listed = [...entries.keys()];
    const shown = `${listed.slice(0, 10).join(', ')}${listed.length > 10 ? ' and more' : ''}`;
    const has =
      listed.length === 0 ? `Add it to catalog.${field.catalog} in a file first.` : `It has ${shown}.`;
    return {
      kind: 'refused',
      message: `catalog.${field.catalog} has no ${JSON.stringify(text)}.${didYouMean(nearest(text, listed))}`,
      hint: isPlaceholder(text) ? `${noneHint(field)} ${has}` : has,
    };
  };
  return (field, text) => {
    const key = JSON.stringify([field.name, text]);
    const value = known.get(key) ?? read(field, text);
    known.set(key, value);
    return value;
  };
}

function plainValue(field: Field, text: string, noneHint: (field: Field) => string): ReadValue {
  const value = field.shape.schema.type === 'array' ? itemsIn(text) : choiceIn(field, text);
  const why = refusalOf(field, value);
  if (why === null) return { kind: 'value', value, name: null };
  const choices = choicesOf(field);
  const meant = choices.length === 0 ? '' : didYouMean(nearest(text, choices));
  return {
    kind: 'refused',
    message: `${JSON.stringify(text)} ${why}.${meant}`,
    hint: hintFor(field, text, choices, noneHint),
  };
}

function hintFor(
  field: Field,
  text: string,
  choices: readonly string[],
  noneHint: (field: Field) => string,
): string {
  if (field.identity !== 'name' && isPlaceholder(text)) return noneHint(field);
  if (choices.length > 0) return `Use one of ${choices.join(', ')}.`;
  return field.shape.mismatch?.hint(text) ?? 'Shorten it.';
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
