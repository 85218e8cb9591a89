import type { Change, FieldChange, Plan } from '../plan/plan.ts';

/** Changes that are read together, under one heading; empty where there is nothing to tell apart. */
export type Part = {
  readonly heading: string;
  readonly changes: readonly Change[];
  /** Whether it is about what Introw did, and not about what apply is to do. */
  readonly moved: boolean;
};

/**
 * With a base, a plan first shows what this change does and then what had already drifted in Introw, and drift the other way
 * round. A partner may be in both, with the fields that belong there.
 */
export function partsOf(plan: Plan): readonly [first: Part, second: Part] {
  const changed = plan.changes.filter((change) => change.action !== 'none');
  const part = (heading: string, moved: boolean, fits: (row: FieldChange) => boolean): Part => ({
    heading,
    moved,
    changes: changed
      .map((change) => ({ ...change, fields: change.fields.filter(fits) }))
      .filter((change) => change.fields.length > 0),
  });
  const isDrift = plan.kind === 'drift';
  if (plan.source.base === null)
    return [
      { heading: '', moved: isDrift, changes: changed },
      { heading: '', moved: false, changes: [] },
    ];
  if (isDrift)
    return [
      part('What has drifted in Introw', true, hasMoved),
      part('Not applied yet', false, (row) => !hasMoved(row)),
    ];
  return [
    part('What this change does', false, (row) => row.origin !== 'drift'),
    part('What had already drifted in Introw', true, (row) => row.origin === 'drift'),
  ];
}

/** What both sides changed has drifted too. */
function hasMoved(row: FieldChange): boolean {
  return row.origin === 'drift' || row.origin === 'conflict';
}
