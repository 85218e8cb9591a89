/** Drift that was reported before, so that it raises an alarm once and not every hour. */
import type { Change, FieldChange, Missing, Plan, Settled } from './plan.ts';

type Differences = Pick<Plan, 'changes' | 'missing'>;

/**
 * Marks what an earlier document already held as `known`, and lists what it held that is gone. A difference is known by
 * partner, field, desired and live value: a value that moved again is news. What the earlier document only proposed
 * raised no alarm then, so it isn't known as drift.
 */
export function compareWithKnown<T extends Differences>(
  now: T,
  earlier: Differences,
): T & { settled: Settled[] } {
  const known = new Map(differences(withoutProposed(earlier)));
  const present = new Set([...differences(now)].map(([key]) => key));
  const mark = (change: Change) => ({
    ...change,
    fields: change.fields.map((field) =>
      known.has(keyOf(change, field)) ? { ...field, known: true } : field,
    ),
  });
  return {
    ...now,
    changes: now.changes.map(mark),
    missing: now.missing.map((each) => (known.has(missingKey(each)) ? { ...each, known: true } : each)),
    settled: [...known].filter(([key]) => !present.has(key)).map(([, settled]) => settled),
  };
}

function withoutProposed({ changes, missing }: Differences): Differences {
  const known = (change: Change) => change.fields.filter(({ origin }) => origin !== 'proposed');
  return { changes: changes.map((change) => ({ ...change, fields: known(change) })), missing };
}

function* differences(document: Differences): Generator<[string, Settled]> {
  for (const change of document.changes) {
    const partnerId = change.partner?.id ?? null;
    for (const field of change.fields)
      yield [keyOf(change, field), { address: change.address, partnerId, field: field.field }];
  }
  for (const each of document.missing) {
    yield [missingKey(each), { address: each.address, partnerId: null, field: null }];
  }
}

function keyOf(change: Change, field: FieldChange): string {
  return JSON.stringify([change.partner?.id ?? change.address, field.field, field.after, field.before]);
}

function missingKey(each: Missing): string {
  return JSON.stringify(['missing', each.address, each.pin]);
}
