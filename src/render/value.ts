/** A field's values as people read them: catalog names first, ids beside them. */

import { diffWordsWithSpace } from 'diff';
import { isNone, type Json, textOf } from '../json.ts';
import type { FieldChange } from '../plan/plan.ts';
import { look, type Style } from './style.ts';

/** From this length on, two values are compared word by word. */
const long = 40;

/** `silver → gold  (tier_123 → tier_456)`; for a create only what it will be. */
export function valueText(row: FieldChange, isCreate: boolean, style: Style): string {
  const after = named(row.afterName, row.after);
  if (isCreate || row.writeOnly)
    return `${look(style, 'green', after)}${ids([row.afterName === null ? null : row.after], style)}`;
  const { before, after: to } = row;
  if (isLongText(before) && isLongText(to) && row.afterName === null) return wordDiff(before, to, style);
  const from = look(style, 'red', named(row.beforeName, before));
  const both = row.beforeName === null && row.afterName === null ? [] : [before, to];
  return `${from} → ${look(style, 'green', after)}${ids(both, style)}`;
}

/** One value by itself: `silver  (tier_123)`. */
export function namedValue(name: string | null, value: Json): string {
  return name === null || isNone(value) ? named(name, value) : `${name}  (${textOf(value)})`;
}

function isLongText(value: Json): value is string {
  return typeof value === 'string' && value.length > long;
}

/** A value for a table, where a long one would push the others out of sight. */
export function shortened(value: string): string {
  const characters = [...value];
  return characters.length > long ? `${characters.slice(0, long - 1).join('')}…` : value;
}

function named(name: string | null, value: Json): string {
  return name ?? (isNone(value) ? '(none)' : textOf(value));
}

function ids(values: readonly Json[], style: Style): string {
  const shown = values.filter((value) => value !== null).map((value) => textOf(value));
  return shown.length === 0 ? '' : look(style, 'dim', `  (${shown.join(' → ')})`);
}

function wordDiff(before: string, after: string, style: Style): string {
  const parts = diffWordsWithSpace(before, after).map(({ value: text, added, removed }) => {
    if (added) return style.color ? look(style, 'green', text) : `{+${text}+}`;
    if (removed) return style.color ? look(style, ['red', 'strikethrough'], text) : `[-${text}-]`;
    return text;
  });
  return parts.join('');
}
