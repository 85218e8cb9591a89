/** Keys that the schema misses, doesn't know, or can't take as handles. */

import { catalogs } from '../fields.ts';
import { isKeyOf, isObject, memberOf } from '../json.ts';
import { foreignLetterIn, likeLatin } from '../look-alike-letters.ts';
import { type Explain, type Explained, keyPosition, type Spot } from './error-location.ts';
import { isPartnerKey, meantKey } from './known-keys.ts';
import { didYouMean } from './nearest.ts';
import type { SchemaError } from './schema.ts';

export const missingKey: Explain = (error, spot) => {
  const missing = String(error.params.missingProperty);
  // A misspelled key is reported once, as a misspelling.
  const known = knownIn(error);
  const given = isObject(spot.value) ? Object.keys(spot.value) : [];
  const free = known.filter((key) => !given.includes(key));
  if (given.some((key) => !known.includes(key) && meantKey(key, free) === missing)) return null;
  return {
    code: 'MISSING_KEY',
    message: `${spot.label} has no ${missing}.`,
    at: keyPosition(spot),
    hint: missing === 'version' ? 'Write version: 1 at the top.' : `Add ${missing}: under it.`,
  };
};

export const unknownKey: Explain = (error, spot) => {
  const key = String(error.params.additionalProperty);
  const holder = isObject(spot.value) ? spot.value : spot.parent;
  const known = knownIn(error).filter((each) => !Object.hasOwn(holder, each));
  const at = spot.tree.keyAt(holder, key);
  const message = `${spot.label} has no key ${JSON.stringify(key)}`;
  const foreign = foreignLetterIn(key);
  if (foreign !== null && known.includes(likeLatin(key)))
    return {
      code: 'UNKNOWN_KEY',
      message: `${message}: ${foreign}.`,
      hint: `Type it again: ${likeLatin(key)}:`,
      at,
    };
  const value = memberOf(holder, key);
  const place = placeOf(key, value, error, spot);
  const meant = place === null ? meantKey(key, known) : null;
  return {
    code: 'UNKNOWN_KEY',
    message: `${message}.${didYouMean(meant)}`,
    hint: place ?? (meant === null ? instead(knownIn(error), spot) : `Write ${meant}:`),
    at,
  };
};

/** Where a key belongs that is known elsewhere; null for one that isn't. */
function placeOf(key: string, value: unknown, error: SchemaError, { path }: Spot): string | null {
  const isRoot = path.length === 0;
  if (isRoot && isPartnerKey(key))
    return 'Write it below the handle of a partner, indented, or under defaults: if it holds for all.';
  if (isRoot && isObject(value) && Object.keys(value).some(isPartnerKey))
    return 'Write it under partners:, and indent it and its lines by two more spaces.';
  const section = Object.entries(propertiesOf(error)).find(
    ([, each]) => isObject(each) && isObject(each.properties) && Object.hasOwn(each.properties, key),
  )?.[0];
  if (section !== undefined)
    return isRoot
      ? `Write it under ${section}:, indented.`
      : `Write it under ${section}: ${section}: { ${key}: … }`;
  if (path[0] === 'defaults' && isPartnerKey(key))
    return 'Every partner has its own: write it under each of them.';
  const isCatalog = isKeyOf(catalogs, key);
  return isCatalog && !isRoot ? 'Write it under catalog: at the top of the file.' : null;
}

function instead(known: readonly string[], { path }: Spot): string {
  const keys = known.join(', ');
  return path[0] === 'partners'
    ? `A partner can have ${keys}; write anything else as a comment, after a #.`
    : `Possible keys: ${keys}.`;
}

/** A key that can't be a handle, with one that could be in its place. */
export function badHandle(handle: string, spot: Spot): Explained {
  const holder = isObject(spot.value) ? spot.value : spot.parent;
  const foreign = foreignLetterIn(handle);
  const because = foreign === null ? '' : `; ${foreign}`;
  const meant = handleLike(handle);
  return {
    code: 'INVALID_VALUE',
    message: `${JSON.stringify(handle)} can't be a handle: those are up to 100 lower-case letters, digits, dots, dashes and underscores${because}.`,
    hint: meant === '' ? 'Write another one, such as acme:' : `Write ${meant}: in its place.`,
    at: spot.tree.keyAt(holder, handle),
  };
}

/** The handle that is nearest to what somebody wrote as one; empty where nothing is left of it. */
function handleLike(text: string): string {
  return likeLatin(text)
    .replace(/['’]/gu, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/gu, '-')
    .replace(/^[^a-z0-9]+|-+$/gu, '')
    .slice(0, 100);
}

function propertiesOf({ parentSchema }: SchemaError): Readonly<Record<string, unknown>> {
  const properties: unknown = parentSchema?.properties;
  return isObject(properties) ? properties : {};
}

function knownIn(error: SchemaError): readonly string[] {
  return Object.keys(propertiesOf(error));
}
