import { isPublishing } from '../fields.ts';
import type { Change, LeftAlone, Plan } from './plan.ts';

/** The figures of a plan. Without a base every difference that can be compared is drift. */
export function summarise(
  changes: readonly Change[],
  counts: {
    unmanaged: number;
    released: number;
    missing: number;
    hasBase: boolean;
    leftAlone: readonly LeftAlone[];
  },
): Plan['summary'] {
  const count = (action: Change['action']) => changes.filter((each) => each.action === action).length;
  const rows = changes.filter((each) => each.action === 'update').flatMap((each) => each.fields);
  const { hasBase, leftAlone, ...rest } = counts;
  const unplanned = new Set(leftAlone.map(({ address }) => address));
  const left = leftAlone.reduce((sum, { fields }) => sum + fields.length, 0);
  const unchanged = changes.filter(({ action, address }) => action === 'none' && !unplanned.has(address));
  return {
    create: count('create'),
    update: count('update'),
    unchanged: unchanged.length,
    ...rest,
    drifted: left + rows.filter((row) => !row.writeOnly && (!hasBase || row.origin === 'drift')).length,
    conflicts: rows.filter((row) => row.origin === 'conflict').length,
    publishes: changes.filter((each) => each.fields.some((row) => isPublishing(row.field))).length,
  };
}

/**
 * Whether a drift document raises an alarm: something that wasn't known has drifted. What was only never applied doesn't;
 * without a base nothing is known of that, so every difference does.
 */
export function raisesAlarm(drift: Plan): boolean {
  const moved = drift.changes.some(({ fields }) =>
    fields.some(({ known, origin }) => !known && origin !== 'proposed'),
  );
  return moved || drift.missing.some(({ known }) => !known);
}
