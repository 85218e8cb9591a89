/** Portals: Introw takes their fields only together, so a plan has all of them or none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Handle } from '../../src/partner.ts';
import { enough, runs } from '../runs.ts';
import { desiredOf, type FilePartner, liveOf, planOf } from './world.ts';

const experiences = fc.constantFrom('e1', 'e2', 'e3');
const accesses = fc.constantFrom('RESTRICTED_USERS', 'RESTRICTED_DOMAINS');
const portals = fc.option(
  fc.record({ experienceId: experiences, access: accesses }, { requiredKeys: ['experienceId'] }),
);
const partner = (portal: unknown, tierId: string): FilePartner => ({
  id: 'p1',
  name: 'Acme',
  tierId,
  ...(portal === null ? {} : { portal }),
});

const worlds = fc.record({
  before: portals,
  now: portals,
  /** What Introw has: a template, none, or nothing that it returns. */
  live: fc.oneof(experiences, fc.constant(null), fc.constant(undefined)),
  tiers: fc.tuple(fc.constantFrom('t1', 't2'), fc.constantFrom('t1', 't2')),
  only: fc.constantFrom('all', 'proposed'),
  publish: fc.boolean(),
  kind: fc.constantFrom('plan', 'drift'),
  hasBase: fc.boolean(),
});

test('a plan sends all fields of a portal or none, and with --only proposed only for a change of it', () => {
  const seen = { sent: 0, kept: 0, conflict: 0 };
  fc.assert(
    fc.property(worlds, ({ before, now, live, tiers, only, publish, kind, hasBase }) => {
      const [was, is] = tiers;
      const desired = desiredOf({ acme: partner(now, is) });
      const atBase = desiredOf({ acme: partner(before, was) });
      const plan = planOf(
        desired,
        liveOf([{ id: 'p1', name: 'Acme', domain: null, tierId: was, experienceTemplateId: live }]),
        {
          kind,
          base: hasBase ? atBase : null,
          options: {
            only: hasBase ? only : 'all',
            publish: publish ? new Set(['acme' as Handle]) : new Set<Handle>(),
          },
        },
      );
      const rows = plan.changes.flatMap(({ fields }) => fields).filter(({ field }) => /portal/.test(field));
      const given = now === null ? [] : Object.keys(now).map((key) => `portal.${key.replace('Id', '')}`);
      const isSame = JSON.stringify(before) === JSON.stringify(now);
      const label = { rows: rows.map(({ field, origin }) => `${field} ${origin}`), plan: plan.leftAlone };
      if (kind === 'drift') {
        // Drift tells what is known to differ, and what was never applied.
        for (const row of rows) expect(row.writeOnly && row.origin !== 'proposed', String(label)).toBe(false);
        return;
      }
      if (rows.length > 0) expect(rows.map(({ field }) => field)).toEqual(given);
      if (now !== null && publish) expect(rows.length).toBe(given.length);
      if (hasBase && only === 'proposed') {
        if (isSame && !publish) expect(rows).toEqual([]);
        expect(rows.map(({ origin }) => origin)).not.toContain('drift');
        for (const { fields } of plan.leftAlone ?? []) expect(fields).not.toContain('portal.access');
      }
      if (rows.some(({ origin }) => origin === 'conflict')) seen.conflict++;
      seen[rows.length > 0 ? 'sent' : 'kept']++;
    }),
    runs(1000),
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(enough(10));
});
