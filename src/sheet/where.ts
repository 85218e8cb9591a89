/** Conditions such as `tier=gold`, by which export and set choose partners. */
import { namesOf } from '../desired/catalog-names.ts';
import { type ReadValue, valueReader } from '../desired/read-value.ts';
import type { DesiredState } from '../desired/state.ts';
import { type Field, sameValue } from '../fields.ts';
import { globs } from '../glob.ts';
import { isNone, textOf } from '../json.ts';
import { failure } from '../problem.ts';
import { type Column, columnIn } from './columns.ts';
import { type Row, shownIn } from './rows.ts';

/** Whether a row meets a condition. */
export type Condition = (row: Row) => boolean;

type Reader = (field: Field, text: string) => ReadValue;

/** What names an id in the catalog, for patterns. */
type NameOf = (row: Row, column: Column) => string | null | undefined;

/**
 * Reads the conditions of --where: `=` and `!=` with a value, where an empty one means that there is none, and `~` with
 * a pattern in which `*` is anything. All of them must hold; values are read by the catalog of `desired`. Throws USAGE
 * for what is none.
 */
export function conditionsIn(texts: readonly string[], desired: DesiredState): Condition {
  const read = valueReader(desired);
  const names = namesOf(desired.catalog);
  const nameOf: NameOf = (row, column) => shownIn(row, column, names);
  const conditions = texts.map((text) => conditionIn(text, read, nameOf));
  return (row) => conditions.every((holds) => holds(row));
}

function conditionIn(text: string, read: Reader, nameOf: NameOf): Condition {
  const [, name, operator, given = ''] = /^\s*([^=!~]*?)\s*(!=|=|~)(.*)$/su.exec(text) ?? [];
  const argument = `--where ${text}`;
  if (name === undefined)
    throw failure('USAGE', `${argument} is not a condition.`, {
      hint: 'Write field=value, field!=value, field~pattern, or field= for partners without a value.',
    });
  const column = columnIn(argument, name);
  const wanted = given.trim();
  if (operator === '~') {
    const fits = globs([wanted]);
    return (row) =>
      [nameOf(row, column), row.values.get(column.key)].some(
        (each) => typeof each === 'string' && fits(each),
      );
  }
  const equals = equality(argument, column, wanted, read);
  return operator === '=' ? equals : (row) => !equals(row);
}

function equality(argument: string, { key, field }: Column, wanted: string, read: Reader): Condition {
  if (wanted === '' || wanted === '(none)')
    return (row) => {
      const value = row.values.get(key);
      return value === undefined || isNone(value);
    };
  if (field === null) return (row) => textOf(row.values.get(key) ?? null) === wanted;
  const value = read(field, wanted);
  if (value.kind === 'refused') throw failure('USAGE', `${argument}: ${value.message}`, { hint: value.hint });
  return (row) => sameValue(field, row.values.get(key), value.value);
}
