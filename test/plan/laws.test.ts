import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fields, sameValue } from '../../src/fields.ts';
import { originOf } from '../../src/plan/compare.ts';
import { enough, runs } from '../runs.ts';
import { desiredOf, liveOf, planIfClear, planOf, serverModel, worldArbitrary } from './world.ts';

test('after an apply the plan is empty, and no create was merged into another partner', () => {
  let planned = 0;
  fc.assert(
    fc.property(worldArbitrary, (world) => {
      const first = planIfClear(world);
      if (first === null) return;
      planned++;
      const after = serverModel(world.live, first.plan.changes);
      expect(after.merged).toBe(0);
      const second = planIfClear({ files: world.files, live: after.live });
      // Two handles may have swapped into a doubt; then planning stops, and stops before it writes.
      if (second === null) return;
      expect(second.plan.changes.filter(({ action }) => action !== 'none')).toEqual([]);
    }),
    runs(1000),
  );
  expect(planned).toBeGreaterThan(enough(100));
});

test('a plan touches no field that the files do not give, and no partner that no handle matches', () => {
  fc.assert(
    fc.property(worldArbitrary, (world) => {
      const clear = planIfClear(world);
      if (clear === null) return;
      for (const change of clear.plan.changes) {
        const partner = clear.desired.partners.get(change.address);
        for (const row of change.fields) {
          expect(partner?.values.get(row.field)?.value).toBe(row.after);
          if (change.action === 'update') expect(partner?.ignore.has(row.field)).toBe(false);
        }
      }
      const untouched = new Set(clear.plan.unmanaged.map(({ id }) => id));
      expect(clear.plan.changes.some(({ partner }) => partner !== null && untouched.has(partner.id))).toBe(
        false,
      );
    }),
    runs(500),
  );
});

test('the order of handles and of live partners makes no difference', () => {
  const changesOf = (plan: ReturnType<typeof planIfClear>) =>
    plan === null
      ? null
      : plan.plan.changes
          .map(({ address, action, partner, fields: rows }) => ({
            address,
            action,
            id: partner?.id,
            rows: rows.map(({ field, after }) => [field, after]),
          }))
          .sort((one, other) => one.address.localeCompare(other.address));
  fc.assert(
    fc.property(worldArbitrary, (world) => {
      const reversed = {
        files: Object.fromEntries(Object.entries(world.files).reverse()),
        live: [...world.live].reverse(),
      };
      expect(changesOf(planIfClear(reversed))).toEqual(changesOf(planIfClear(world)));
    }),
    runs(500),
  );
});

test('the origin of a difference is who moved away from the base', () => {
  const value = fc.constantFrom('x', 'X', 'y', 'z', null);
  fc.assert(
    fc.property(
      fc.constantFrom(...fields),
      fc.option(value, { nil: undefined }),
      value,
      value,
      (field, base, desired, live) => {
        fc.pre(!sameValue(field, desired, live));
        const moved = {
          files: base === undefined || !sameValue(field, base, desired),
          introw: base !== undefined && !sameValue(field, base, live),
        };
        const byIntrow = moved.files ? 'conflict' : 'drift';
        const expected = moved.introw ? byIntrow : 'proposed';
        expect(originOf(field, base, desired, live)).toBe(expected);
      },
    ),
    runs(500),
  );
});

test('with the files themselves as the base, all that differs is drift; with an empty base, all is proposed', () => {
  fc.assert(
    fc.property(worldArbitrary, (world) => {
      const clear = planIfClear(world);
      if (clear === null || clear.plan.summary.create > 0) return;
      const origins = (base: typeof world.files) =>
        planOf(clear.desired, liveOf(world.live), { base: desiredOf(base) }).changes.flatMap(
          ({ fields: rows }) => rows.map(({ origin }) => origin),
        );
      expect(origins(world.files).every((origin) => origin === 'drift')).toBe(true);
      expect(origins({}).every((origin) => origin === 'proposed')).toBe(true);
    }),
    runs(500),
  );
});
