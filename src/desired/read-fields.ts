import { fields } from '../fields.ts';
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
  readonly value: Json;
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
  for (const field of fields) {
    const [section, inner] = field.path;
    const holder = inner === undefined ? data : data[section];
    if (!isObject(holder)) continue;
    const key = inner ?? section;
    const nameMerged = isMerged(holder, key);
    const idMerged = field.idKey !== null && isMerged(holder, field.idKey);
    const both = holder[key] !== undefined && field.idKey !== null && holder[field.idKey] !== undefined;
    const byName = both && nameMerged && !idMerged ? undefined : holder[key];
    const byId = field.idKey === null || (both && idMerged && !nameMerged) ? undefined : holder[field.idKey];
    if (byName !== undefined && byId !== undefined && field.idKey !== null) {
      const first = valueAt(holder, key);
      const message = `${field.idKey} gives the ${key} that ${key} on line ${first.line} gives already.`;
      note(problem('TWO_FORMS', message, { position: valueAt(holder, field.idKey) }));
      continue;
    }
    const origin = (givenAs: string) =>
      from === 'partner' && (isMerged(data, section) || isMerged(holder, givenAs)) ? 'merged' : from;
    if (byName !== undefined) {
      values.set(field.name, {
        value: byName as Json,
        named: field.catalog !== null,
        position: valueAt(holder, key),
        from: origin(key),
      });
    } else if (byId !== undefined && field.idKey !== null) {
      values.set(field.name, {
        value: byId as Json,
        named: false,
        position: valueAt(holder, field.idKey),
        from: origin(field.idKey),
      });
    }
  }
  return values;
}
