/** A field's values as people read them: catalog names first, ids beside them. */
import { diffWordsWithSpace } from 'diff';
import type { FieldChange } from '../plan/plan.ts';
import { harmless } from './sanitise.ts';
import { look, type Style } from './style.ts';

/** From this length on, two values are compared word by word. */
const long = 40;

/** `silver → gold  (tier_123 → tier_456)`; for a create only what it will be. */
export function valueText(row: FieldChange, isCreate: boolean, style: Style): string {
  const after = named(row.afterName, row.after);
  if (isCreate || row.writeOnly)
    return `${look(style, 'green', after)}${ids([row.afterName === null ? null : row.after], style)}`;
  const { before, after: to } = row;
  if (before !== null && to !== null && before.length > long && to.length > long && row.afterName === null)
    return wordDiff(before, to, style);
  const from = look(style, 'red', named(row.beforeName, before));
  const both = row.beforeName === null && row.afterName === null ? [] : [before, to];
  return `${from} → ${look(style, 'green', after)}${ids(both, style)}`;
}

/** One value by itself: `silver  (tier_123)`. */
export function namedValue(name: string | null, value: string | null): string {
  return name === null || value === null ? named(name, value) : `${harmless(name)}  (${harmless(value)})`;
}

/** A value for a table, where a long one would push the others out of sight. */
export function shortened(value: string): string {
  const characters = [...value];
  return characters.length > long ? `${characters.slice(0, long - 1).join('')}…` : value;
}

function named(name: string | null, value: string | null): string {
  return harmless(name ?? value ?? '(none)');
}

function ids(values: readonly (string | null)[], style: Style): string {
  const shown = values.filter((value) => value !== null).map(harmless);
  return shown.length === 0 ? '' : look(style, 'dim', `  (${shown.join(' → ')})`);
}

function wordDiff(before: string, after: string, style: Style): string {
  const parts = diffWordsWithSpace(before, after).map(({ value, added, removed }) => {
    const text = harmless(value);
    if (added) return style.color ? look(style, 'green', text) : `{+${text}+}`;
    if (removed) return style.color ? look(style, ['red', 'strikethrough'], text) : `[-${text}-]`;
    return text;
  });
  return parts.join('');
}
