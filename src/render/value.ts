/** A field's values as people read them: catalog names first, ids next to them. */

import { diffWordsWithSpace } from 'diff';
import { isNone, type Json, textOf } from '../json.ts';
import type { Blame, FieldChange } from '../plan/plan.ts';
import { spelledOut } from '../spelled-out.ts';
import { look, type Style } from './style.ts';

/** From this length on, two values are compared word by word. */
const long = 40;

/** `silver → gold  (tier_123 → tier_456)`; for a create only what it will be. */
export function valueText(row: FieldChange, isCreate: boolean, style: Style): string {
  const after = named(row.afterName, row.after);
  if (isCreate || row.writeOnly)
    return `${look(style, 'green', after)}${ids([row.afterName === null ? null : row.after], style)}`;
  const { before, after: to } = row;
  if (isLongText(before) && isLongText(to) && row.afterName === null)
    return wordDiff(spelledOut(before), spelledOut(to), style);
  const from = look(style, 'red', named(row.beforeName, before));
  const both = row.beforeName === null && row.afterName === null ? [] : [before, to];
  return `${from} → ${look(style, 'green', after)}${ids(both, style)}`;
}

/** One value by itself: `silver  (tier_123)`. */
export function namedValue(name: string | null, value: Json): string {
  return name === null || isNone(value)
    ? named(name, value)
    : `${spelledOut(name)}  (${spelledOut(textOf(value))})`;
}

function isLongText(value: Json): value is string {
  return typeof value === 'string' && value.length > long;
}

/** A value for a table, where a long one would push the others out of sight. */
export function shortened(value: string): string {
  const characters = [...value];
  return characters.length > long ? `${characters.slice(0, long - 1).join('')}…` : value;
}

/** A value by its catalog name, else as it is. */
export function named(name: string | null, value: Json): string {
  if (name === null && isNone(value)) return '(none)';
  return spelledOut(name ?? textOf(value));
}

const sources = { defaults: 'the defaults', merged: 'an anchor', catalog: 'the catalog' } as const;

/** Where a value comes from, if not from the partner's own entry. `shown` makes the file's name fit for the format. */
export function sourceText({ from, position }: FieldChange, shown = (file: string) => file): string | null {
  return from === undefined ? null : `from ${sources[from]} at ${shown(position.file)}:${position.line}`;
}

/** Since when the files say a value, and who decided it. */
export function blameText({ commit, date, subject, author, url }: Blame): string {
  const by = author === undefined ? '' : `, by ${author}`;
  const link = url == null ? '' : `  ${url}`;
  return `in the files since ${commit.slice(0, 8)}, ${date.slice(0, 10)}${by}: ${subject}${link}`;
}

/** What both sides changed, and from what. */
export function conflictText({ base, baseName }: FieldChange): string {
  return base === undefined ? '' : `; the base had ${named(baseName ?? null, base)}`;
}

function ids(values: readonly Json[], style: Style): string {
  const shown = values.filter((value) => value !== null).map((value) => spelledOut(textOf(value)));
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
