/**
 * Where a returned partner holds a value whose place Introw doesn't document. All places are looked at; a value that
 * can't be read, or that differs between two places, is not guessed.
 */
import { isObject } from './json.ts';

/** A member of a partner, or a member of an object in it. */
type Place = readonly [string] | readonly [string, string];

export const ownerPlaces: readonly Place[] = [
  ['owner', 'id'],
  ['owner', 'userId'],
  ['ownerId'],
  ['partnerOwnerId'],
  ['owner'],
];

export const experiencePlaces: readonly Place[] = [
  ['experienceTemplateId'],
  ['experienceTemplate', 'id'],
  ['experience', 'id'],
  ['portal', 'experienceTemplateId'],
];

/**
 * The id that is found in these places. Null where they say that there is none; undefined where nothing can be said:
 * no place is there, what is there can't be read, or two places hold different ids.
 */
export function idIn(partner: Members, places: readonly Place[]): string | null | undefined {
  const held = places.flatMap((place) => heldAt(partner, place) ?? []);
  const ids = new Set(held.flatMap((each) => ('id' in each ? [each.id] : [])));
  if (ids.size > 0) return ids.size === 1 ? [...ids][0] : undefined;
  return held.length > 0 && held.every((each) => 'none' in each) ? null : undefined;
}

/** What Introw calls the value, where it returns a text for that; an id in its place is none. */
export function nameIn(partner: Members, [outer, inner]: readonly [string, string]): string | null {
  const held = partner[outer];
  const name = isObject(held) ? held[inner] : null;
  if (typeof name !== 'string' || !isObject(held)) return null;
  const isId = Object.entries(held).some(([member, value]) => member !== inner && value === name);
  return name.trim() === '' || isId ? null : name.trim();
}

/** The names of the places that hold an id: `owner.id`. */
export function placesWithId(partner: Members, places: readonly Place[]): readonly string[] {
  return places.flatMap((place) => ('id' in (heldAt(partner, place) ?? {}) ? [place.join('.')] : []));
}

type Members = Readonly<Record<string, unknown>>;
type Held = { readonly id: string } | { readonly none: true } | { readonly unreadable: true };

/** What a place holds; null where it isn't there. */
function heldAt(partner: Members, [name, inner]: Place): Held | null {
  const outer = partner[name];
  if (inner === undefined) return isObject(outer) ? null : held(outer);
  // `owner: null` says that there is no owner, `portal: null` nothing of a template.
  const isOwn = inner === 'id' || inner === 'userId';
  if (!isObject(outer)) return isOwn && outer === null ? { none: true } : null;
  // An object is something: without an id that can be read, it is something that can't be read.
  return isOwn ? held(outer[inner] ?? '') : held(outer[inner]);
}

function held(value: unknown): Held | null {
  if (value === undefined) return null;
  if (value === null) return { none: true };
  return typeof value === 'string' && value !== '' ? { id: value } : { unreadable: true };
}
