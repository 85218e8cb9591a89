/** Names that a catalog lacks: what somebody most likely meant. */
import { isPlaceholder } from '../bare-domain.ts';
import type { CatalogKind, Field } from '../fields.ts';
import { asSeen, invisibleIn } from '../invisible.ts';
import { foreignLetterIn, likeLatin } from '../look-alike-letters.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Catalog } from './state.ts';

/** What comes along with a name: what it is, and what it leaves. */
const additions: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/#.*$/u, 'Put a space before the # of a comment'],
  [/[“”„‟«»‘’‚‛"'`]/gu, 'Leave out the quotes, or type straight ones'],
  [/[\s,;.]+$/u, 'Leave out what follows the name'],
  [/^[\s@–—•*-]+/u, 'Leave out what is before the name'],
];

/** What to say about a name that a catalog lacks and that so many values give; `field` is null for an item of a list of names. */
export function explainUnknown(
  field: Field | null,
  kind: CatalogKind,
  name: string,
  catalog: Catalog,
  uses: number,
): { readonly message: string; readonly hint: string } {
  const names = [...catalog[kind].keys()];
  const key = field?.path.at(-1);
  const write = (text: string) => (key === undefined ? text : `${key}: ${text}`);
  const given = uses === 1 ? '' : `, which ${uses.toLocaleString('en')} values give`;
  const lacks = `catalog.${kind} has no ${JSON.stringify(name)}${given}`;
  const isKnown = (text: string) => catalog[kind].has(text);
  const ofId = [...catalog[kind]].find(([, id]) => id === name)?.[0];
  if (ofId !== undefined)
    return {
      message: `${lacks}; that is the id of ${ofId}.`,
      hint: `Write ${write(ofId)}${field === null ? '' : ` or ${field.idKey}: ${name}`}`,
    };
  if (isKnown(asSeen(name).trim()))
    return {
      message: `${lacks}: ${invisibleIn(name)?.name ?? 'white space'} is in it.`,
      hint: `Type it again: ${write(asSeen(name).trim())}`,
    };
  const narrow = name.normalize('NFKC').trim();
  if (narrow !== name && isKnown(narrow))
    return {
      message: `${lacks}: it is written in wide or styled letters.`,
      hint: `Type it again: ${write(narrow)}`,
    };
  const foreign = foreignLetterIn(name);
  if (foreign !== null && isKnown(likeLatin(name)))
    return { message: `${lacks}: ${foreign}.`, hint: `Type it again: ${write(likeLatin(name))}` };
  if (isPlaceholder(name))
    return {
      message: `${lacks}.`,
      hint: `${field === null ? 'Leave it out, or' : 'If it has none, leave the line out; else'} write one of ${names.slice(0, 10).join(', ')}.`,
    };
  for (const [pattern, advice] of additions) {
    const rest = name.replace(pattern, '').trim();
    if (rest !== name && isKnown(rest)) return { message: `${lacks}.`, hint: `${advice}: ${write(rest)}` };
  }
  const several = name.split(/\s*[,;/&+]\s*/u);
  if (several.length > 1 && several.every(isKnown))
    return field === null
      ? { message: `${lacks}.`, hint: `Write each as an item of its own: ${several.join(', ')}` }
      : {
          message: `${lacks}, and a partner has one ${key}.`,
          hint: `Write one of them, such as ${key}: ${several[0]}`,
        };
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const meant = nearest(name, names) ?? names.find((each) => words.includes(each.toLowerCase())) ?? null;
  const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and more' : ''}`;
  return {
    message: `${lacks}.${didYouMean(meant)}`,
    hint: `It has ${some}. Add the name there${field === null ? '.' : `, or write ${field.idKey}: with Introw's id.`}`,
  };
}
