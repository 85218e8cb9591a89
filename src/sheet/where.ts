/** Conditions such as `tier=gold`, by which export and set choose partners. */
import type { ReadValue } from '../desired/read-value.ts';
import { type Field, sameValue } from '../fields.ts';
import { globs } from '../glob.ts';
import { isNone, textOf } from '../json.ts';
import { failure } from '../problem.ts';
import { type Column, columnIn } from './columns.ts';
import type { Row } from './rows.ts';

/** Whether a row meets a condition. */
export type Condition = (row: Row) => boolean;

/** How texts become values, for the fields of these files. */
export type Reader = (field: Field, text: string) => ReadValue;

/** What names an id in the catalog, for patterns. */
export type NameOf = (row: Row, column: Column) => string | null | undefined;

/**
 * Reads the conditions of --where: `=` and `!=` with a value, where an empty one means that there is none, and `~` with
 * a pattern in which `*` is anything. All of them must hold. Throws USAGE for what is none.
 */
export function conditionsIn(texts: readonly string[], read: Reader, nameOf: NameOf): Condition {
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
