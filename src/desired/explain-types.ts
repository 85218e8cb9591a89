/** Values of the wrong kind, and keys with nothing after them. */
import { type Field, fields } from '../fields.ts';
import { isObject } from '../json.ts';
import { type Explained, kindOf, type Spot, shown } from './error-location.ts';
import { notForSetting } from './explain-values.ts';
import { wordsIn } from './known-keys.ts';
import type { SchemaError } from './schema.ts';

export function nothingGiven(error: SchemaError, spot: Spot): Explained {
  const type = [error.params.type].flat();
  if (type.includes('object') || type.includes('array')) {
    const isPartner = error.parentSchema?.required !== undefined;
    return {
      code: 'WRONG_TYPE',
      message: `There is nothing under ${spot.label}.`,
      hint: isPartner
        ? 'Give it a name: at least.'
        : `Write ${spot.key}: ${type.includes('object') ? '{}' : '[]'} for none, or leave the line out.`,
    };
  }
  const spelled = spot.tree.spelled(spot.parent, spot.key);
  if (spot.field?.field.identity === 'name')
    return {
      code: 'NOT_CLEARABLE',
      message: `${spot.label} is ${spelled ? `${spelled}, which is nothing to YAML` : 'empty'}.`,
      hint: spelled
        ? `If that is its name, write it in quotes: ${spot.key}: "${spelled}"`
        : 'Write the name after the colon.',
    };
  if (spot.field === null)
    return {
      code: 'INVALID_VALUE',
      message: `${spot.label} is empty.`,
      hint: 'Give it a value, or leave the line out.',
    };
  return {
    code: 'NOT_CLEARABLE',
    message: `${spot.label} is ${spelled ? 'null' : 'empty'}, and Introw can't clear it.`,
    hint: 'Give it a value, or leave the line out.',
  };
}

export function wrongType(error: SchemaError, spot: Spot): Explained {
  const wanted = [error.params.type].flat().map(String);
  const setting = notForSetting(spot);
  if (setting !== null) return setting;
  const spelled = spot.tree.spelled(spot.parent, spot.key);
  if (
    wanted.includes('string') &&
    spelled !== null &&
    (typeof spot.value === 'number' || typeof spot.value === 'boolean')
  ) {
    const reads = `${typeof spot.value === 'number' ? 'the number' : 'the boolean'} ${String(spot.value)}`;
    return {
      code: 'WRONG_TYPE',
      message: `${spot.label} is ${reads} to YAML; it must be text.`,
      hint: notInCatalog(spelled, spot) ?? `Write it in quotes: "${spelled}".`,
    };
  }
  const names: Readonly<Record<string, string>> = {
    object: 'a map (key: value)',
    array: 'a list',
    string: 'text',
    integer: 'a whole number',
  };
  const want = wanted.filter((type) => type !== 'null').map((type) => names[type] ?? type);
  const hint = formFor(wanted, spot);
  return {
    code: 'WRONG_TYPE',
    message: `${spot.label} is ${kindOf(spot.value)}; it must be ${want.join(' or ')}.`,
    ...(hint === null ? {} : { hint }),
  };
}

/** What a catalog of this file offers in place of a number or a boolean; null where it has that as a name. */
function notInCatalog(spelled: string, { field, key, tree }: Spot): string | null {
  const kind = field === null || field.byId ? null : field.field.catalog;
  const catalog = isObject(tree.data) ? tree.data.catalog : undefined;
  const names = kind !== null && isObject(catalog) ? catalog[kind] : undefined;
  if (!isObject(names) || Object.hasOwn(names, spelled)) return null;
  const [first] = Object.keys(names);
  return first === undefined ? null : `Write a name from catalog.${kind}, such as ${key}: ${first}`;
}

/** What people write for yes and no. */
const isYesOrNo = /^(?:true|false|yes|no|on|off|y|n|enabled|disabled)$/iu;

/** A value of the wrong kind in the form that it must have; null where that can't be known. */
function formFor(wanted: readonly string[], spot: Spot): string | null {
  const { key, value, field, label } = spot;
  const texts = typeof value === 'string' ? wordsIn(value) : listOf(value);
  const inner = sectionOf(key).find(({ catalog }) => catalog !== null)?.path[1];
  if (wanted.includes('object') && inner !== undefined && isYesOrNo.test(shown(spot).replaceAll('"', '')))
    return `Write ${key}: { ${inner}: … } to publish one, or leave the line out.`;
  if (wanted.includes('array') && texts.length > 0) return `Write ${key}: [${texts.join(', ')}]`;
  if (wanted.includes('string') && texts.length > 0 && field !== null)
    return `Write one of them: ${key}: ${texts[0]}`;
  if (wanted.includes('object') && inner !== undefined && texts.length > 0)
    return `Write ${key}: { ${inner}: ${texts[0]} }`;
  if (label === 'partners' && Array.isArray(value))
    return 'Write a handle with a colon in place of each dash, such as acme:, and indent name: and the rest below it.';
  if (label.startsWith('catalog.') && wanted.includes('object')) {
    const entries = texts.length > 0 ? texts.map((text) => `${text}: …`) : pairsIn(value);
    if (entries.length > 0) return `Write each name with its id in Introw: ${key}: { ${entries.join(', ')} }`;
  }
  if (label.startsWith('catalog.') && isObject(value) && typeof value.id === 'string')
    return `Write the id alone: ${key}: ${value.id}`;
  if (wanted.includes('string') && isObject(value))
    return /^\d+$/u.test(key)
      ? 'Write the word alone, without a colon.'
      : `Write the text alone, after ${key}: and on its line.`;
  if (wanted.includes('object') && Array.isArray(value))
    return 'Leave out the dashes or the brackets, and write a key and a colon on each line.';
  if (wanted.includes('object') && typeof value === 'string' && field === null && key !== '')
    return `Write name: ${value} below ${key}:, indented by two more spaces.`;
  if (wanted.includes('object'))
    return `Leave out ${shown(spot)}, and write a key and a colon on each line below, indented.`;
  return null;
}

/** What a list holds; of a map, its keys, since {owner} is one. */
function listOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  return Object.entries(value).flatMap(([key, each]) => (each === null ? [key] : []));
}

/** `gold: tier_1` for each {name: gold, id: tier_1} of a list. */
function pairsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).flatMap((each: unknown) =>
    isObject(each) && typeof each.name === 'string' && typeof each.id === 'string'
      ? [`${each.name}: ${each.id}`]
      : [],
  );
}

/** The fields below a key of a partner that holds several. */
function sectionOf(key: string): readonly Field[] {
  return fields.filter(({ path }) => path[0] === key && path[1] !== undefined);
}
