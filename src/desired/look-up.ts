/** The ids behind catalog names, and what to say about names that have none. */
import { type CatalogKind, type Field, fields } from '../fields.ts';
import { asSeen } from '../invisible.ts';
import { type Position, type Problem, problem } from '../problem.ts';
import { type Merged, valuePosition } from './merge.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Catalog } from './state.ts';

type Note = (found: Problem) => void;

type Found = { readonly id: string /** Where the catalog has the name. */; readonly at: Position | null };

export type LookUp = {
  readonly catalog: Catalog;
  /** The id of a name that a file gives to a field; null where the catalog has none, which is then reported. */
  readonly find: (field: Field, kind: CatalogKind, name: string, position: Position) => Found | null;
  /** Reports what belongs to no single name: each section of the catalog that is missing, once. */
  readonly finish: () => void;
};

/** `complete` is false where a file was left out for being wrong, so that a name may be in it. */
export function lookUpIn(merged: Merged, catalog: Catalog, complete: boolean, note: Note): LookUp {
  const missing = new Map<CatalogKind, { readonly position: Position; count: number }>();
  const explained = new Map<string, Explained>();
  return {
    catalog,
    find: (field, kind, name, position) => {
      const id = catalog[kind].get(name.normalize('NFC'));
      if (id !== undefined) return { id, at: placeOf(merged, kind, name) };
      if (!complete) return null;
      if (catalog[kind].size === 0) {
        const known = missing.get(kind);
        if (known === undefined) missing.set(kind, { position, count: 1 });
        else known.count++;
        return null;
      }
      const key = `${field.name} ${name}`;
      const { message, hint } = explained.get(key) ?? explainUnknown(field, kind, name, catalog);
      explained.set(key, { message, hint });
      note(problem('UNKNOWN_NAME', message, { position, hint }));
      return null;
    },
    finish: () => {
      for (const [kind, { position, count }] of missing) {
        const idKey = fields.find((field) => field.catalog === kind)?.idKey;
        const message = `No file has names in catalog.${kind}, and ${count === 1 ? '1 value needs one' : `${count} values need one`}.`;
        const hint = `Pass the file that has them with -f too, add them under catalog:, or write ${idKey}: with Introw's ids.`;
        note(problem('UNKNOWN_NAME', message, { position, hint }));
      }
    },
  };
}

type Explained = { readonly message: string; readonly hint: string };

function placeOf(merged: Merged, kind: CatalogKind, name: string): Position | null {
  const entries = merged[`catalog.${kind}`];
  const isSame = (other: string) => other.normalize('NFC') === name.normalize('NFC');
  const entry = entries.get(name) ?? [...entries].find(([other]) => isSame(other))?.[1];
  return entry === undefined ? null : valuePosition(entry);
}

/** What comes along with a name: what it is, and what it leaves. */
const additions: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/#.*$/u, 'Put a space before the # of a comment'],
  [/[“”„‟«»‘’‚‛"'`]/gu, 'Leave out the quotes, or type straight ones'],
  [/[\s,;.]+$/u, 'Leave out what follows the name'],
  [/^[\s@–—•*-]+/u, 'Leave out what is before the name'],
];

function explainUnknown(
  { path, idKey }: Field,
  kind: CatalogKind,
  name: string,
  catalog: Catalog,
): Explained {
  const names = [...catalog[kind].keys()];
  const key = path.at(-1) ?? '';
  const lacks = `catalog.${kind} has no ${JSON.stringify(name)}`;
  const isKnown = (text: string) => catalog[kind].has(text);
  const ofId = [...catalog[kind]].find(([, id]) => id === name)?.[0];
  if (ofId !== undefined)
    return {
      message: `${lacks}; that is the id of ${ofId}.`,
      hint: `Write ${key}: ${ofId} or ${idKey}: ${name}`,
    };
  if (isKnown(asSeen(name).trim()))
    return {
      message: `${lacks}: an invisible character is in it.`,
      hint: `Type it again: ${key}: ${asSeen(name).trim()}`,
    };
  for (const [pattern, advice] of additions) {
    const rest = name.replace(pattern, '').trim();
    if (rest !== name && isKnown(rest)) return { message: `${lacks}.`, hint: `${advice}: ${key}: ${rest}` };
  }
  const several = name.split(/\s*[,;/&+]\s*/u);
  if (several.length > 1 && several.every(isKnown))
    return {
      message: `${lacks}, and a partner has one ${key}.`,
      hint: `Write one of them, such as ${key}: ${several[0]}`,
    };
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const meant = nearest(name, names) ?? names.find((each) => words.includes(each.toLowerCase())) ?? null;
  const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and more' : ''}`;
  return {
    message: `${lacks}.${didYouMean(meant)}`,
    hint: `It has ${some}. Add the name there, or write ${idKey}: with Introw's id.`,
  };
}
