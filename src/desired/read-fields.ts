import { type Field, fields } from '../fields.ts';
import { isObject, type Json } from '../json.ts';
import { type Position, type Problem, problem } from '../problem.ts';
import type { DesiredValue } from './state.ts';

/** A map that gives fields: a partner, or the defaults. */
export type Given = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly from: 'partner' | 'defaults';
};

/** A value as the file gives it: a catalog name (`named`), or what goes to Introw as it is. */
export type GivenValue = {
  /** `undefined` where it can't be told, and was reported: the schema refused it, or it is given twice. */
  readonly value: Json | undefined;
  readonly named: boolean;
  readonly position: Position;
  readonly from: DesiredValue['from'];
};

/** What the file knows of an entry of a map: where its value is, and whether `<<` merged it in. */
export type Lookup = {
  readonly valueAt: (parent: object, key: string) => Position;
  readonly isMerged: (parent: object, key: string) => boolean;
};

/**
 * The fields that a map gives, in either form. Both forms of one field is a problem, unless the map says one itself
 * and has the other merged in.
 */
export function valuesGiven(
  { data, from }: Given,
  { valueAt, isMerged }: Lookup,
  note: (found: Problem) => void,
): Map<string, GivenValue> {
  const values = new Map<string, GivenValue>();
  const untold = ({ name }: Field, holder: object, key: string) =>
    values.set(name, { value: undefined, named: false, position: valueAt(holder, key), from });
  for (const field of fields) {
    const [section, inner] = field.path;
    const holder = inner === undefined ? data : data[section];
    if (!isObject(holder)) {
      if (inner !== undefined && Object.hasOwn(data, section)) untold(field, data, section);
      continue;
    }
    const key = inner ?? section;
    const idKey = field.idKey !== null && Object.hasOwn(holder, field.idKey) ? field.idKey : null;
    const both = idKey !== null && Object.hasOwn(holder, key);
    const nameMerged = both && isMerged(holder, key);
    const idMerged = both && isMerged(holder, idKey);
    if (both && nameMerged === idMerged) {
      const first = valueAt(holder, key);
      const message = `${idKey} gives the ${key} that ${key} on line ${first.line} gives already.`;
      note(problem('TWO_FORMS', message, { position: valueAt(holder, idKey) }));
      untold(field, holder, key);
      continue;
    }
    const givenAs = idKey !== null && !idMerged ? idKey : key;
    if (!Object.hasOwn(holder, givenAs)) continue;
    const isMergedIn = from === 'partner' && (isMerged(data, section) || isMerged(holder, givenAs));
    values.set(field.name, {
      value: holder[givenAs] as Json | undefined,
      named: givenAs === key && field.catalog !== null,
      position: valueAt(holder, givenAs),
      from: isMergedIn ? 'merged' : from,
    });
  }
  return values;
}
