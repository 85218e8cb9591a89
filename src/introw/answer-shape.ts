/**
 * What answers look like, by the names of their members and without any value, so that it can be pasted into a report
 * of a bug: much of it isn't documented.
 */
import { isObject } from '../json.ts';
import { experiencePlaces, ownerPlaces, placesWithId } from '../live-places.ts';

export type AnswerShape = {
  /** The members next to the list of partners: `nextCursor`, `meta.page`. */
  readonly listMembers: readonly string[];
  /** Where partners hold their owner's id and their experience's: `owner.id`. */
  readonly owner: readonly string[];
  readonly experience: readonly string[];
  /** Members of partners that Introw's documentation doesn't name. */
  readonly unknownMembers: readonly string[];
};

/** The members of a returned partner that Introw documents. */
export const documentedMembers: readonly string[] = [
  ...[
    'id',
    'name',
    'domain',
    'externalCompanyId',
    'externalId',
    'externalIdType',
    'managerEmail',
    'categories',
  ],
  ...['tierId', 'phaseId', 'owner', 'manager', 'partnerObjectCrmProperties', 'companyCrmProperties'],
  ...['crmProperties', 'status', 'createdAt', 'updatedAt', 'experienceTemplateId'],
];

/** The shape of all answers of a list together. */
export function shapeOf(bodies: readonly unknown[]): AnswerShape {
  const answers = bodies.filter(isObject);
  const partners = answers.flatMap(({ data }) => (Array.isArray(data) ? data.filter(isObject) : []));
  const places = [...ownerPlaces, ...experiencePlaces].map(([name]) => name);
  const known = new Set<string>([...documentedMembers, ...places]);
  return {
    listMembers: distinct(answers.flatMap(({ data: _, ...others }) => pathsOf(others))),
    owner: distinct(partners.flatMap((partner) => placesWithId(partner, ownerPlaces))),
    experience: distinct(partners.flatMap((partner) => placesWithId(partner, experiencePlaces))),
    unknownMembers: distinct(partners.flatMap((partner) => Object.keys(partner))).filter(
      (name) => !known.has(name),
    ),
  };
}

function pathsOf(object: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    isObject(value) ? pathsOf(value).map((path) => `${name}.${path}`) : name,
  );
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
