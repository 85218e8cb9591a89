/** What the plan document adds to what planning finds out: where and when, and what it costs. */
import { expect, test } from 'vitest';
import type { Handle } from '../../src/partner.ts';
import { type PlanOrigin, planDocument } from '../../src/plan/document.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import { warning } from '../../src/problem.ts';
import { desiredOf, type Files, liveOf, planOf } from './world.ts';

const live = () =>
  liveOf([
    { id: 'p0', name: 'Acme', domain: null, tierId: 't1' },
    { id: 'p1', name: 'Globex', domain: null, tierId: 't1' },
  ]);

const origin: Omit<PlanOrigin, 'live'> = {
  files: ['partners.yaml'],
  sha256: '0'.repeat(64),
  base: { ref: 'main', commit: 'c0' },
  api: 'https://api.introw.io',
  commit: 'c1',
  budget: { requestsSpent: 3, creditsRemaining: 50, creditsLimit: 100 } as PlanOrigin['budget'],
  saved: false,
  warnings: [warning('BASE_NOT_ANCESTOR', 'The base is no ancestor.')],
  createdAt: '2026-11-01T00:00:00.000Z',
  version: '1.2.3',
};

const updates = () =>
  planOf(
    desiredOf({ a: { id: 'p0', name: 'Acme', tierId: 't2' }, b: { id: 'p1', name: 'Globex', tierId: 't2' } }),
    live(),
  );

/** The document of a plan of the list, which takes two requests, but for what a case changes. */
const documentOf = (planned: Planned, more: Partial<PlanOrigin> = {}) =>
  planDocument(planned, {
    ...origin,
    live: { partners: live(), complete: true, listRequests: 2 },
    ...more,
  });

test('says where it was made, from what, and what it costs', () => {
  const { changes, kind, organisation, complete, summary, warnings, cost, ...made } = documentOf(updates());
  expect({ changes, kind, organisation, complete, summary }).toEqual({
    changes: updates().changes,
    kind: 'plan',
    organisation: { name: null, contains: null },
    complete: true,
    summary: updates().summary,
  });
  expect(made).toMatchObject({
    formatVersion: '1.0',
    tool: { name: 'introwctl', version: '1.2.3' },
    createdAt: '2026-11-01T00:00:00.000Z',
    source: {
      files: ['partners.yaml'],
      sha256: '0'.repeat(64),
      base: { ref: 'main', commit: 'c0' },
      api: 'https://api.introw.io',
      commit: 'c1',
      witness: 'p0',
    },
  });
  expect(cost).toEqual({
    requestsSpent: 3,
    requestsToApply: 2,
    requestsToApplySaved: 4,
    creditsRemaining: 50,
    creditsLimit: 100,
  });
  expect(warnings.map(({ code }) => code)).toEqual(['BASE_NOT_ANCESTOR']);
});

test('names no witness where nobody is live', () => {
  const { source } = documentOf(planOf(desiredOf({}), []), { live: { partners: [], complete: true } });
  expect(source.witness).toBeNull();
});

const a = { id: 'p0', name: 'Acme', tierId: 't2' };
const b = { id: 'p1', name: 'Globex', tierId: 't2' };

test.each<[string, Files, boolean, number, number]>([
  ['two updates of partners that were read one by one', { a, b }, false, 2, 4],
  ['an update of a partner that was read alone', { a }, false, 1, 2],
  ['an update and a create, and a list of 2 requests', { a, c: { name: 'New' } }, true, 2, 4],
  ['no change', { a: { ...a, tierId: 't1' } }, true, 0, 0],
])('%s takes requests to apply, now and saved: %j, complete %s: %i, %i', (_, files, complete, now, saved) => {
  const planned = planOf(desiredOf(files), live(), {
    live: { partners: live(), complete },
    selection: complete ? null : new Set(Object.keys(files) as Handle[]),
  });
  const state = { partners: live(), complete, ...(complete ? { listRequests: 2 } : {}) };
  const { cost } = documentOf(planned, { live: state });
  expect([cost.requestsToApply, cost.requestsToApplySaved]).toEqual([now, saved]);
});

test.each([
  [null, true, null],
  [2, false, null],
  [1, false, "Applying takes 2 credits, and 1 of this month's are left."],
  [4, true, null],
  [3, true, "Applying the saved plan takes 4 credits, and 3 of this month's are left."],
])('with %s credits left, saved %s: %s', (creditsRemaining, saved, says) => {
  const budget = { ...origin.budget, creditsRemaining };
  const { warnings } = documentOf(updates(), { warnings: [], budget, saved });
  expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual(
    says === null
      ? []
      : [`CREDITS_SHORT: ${says} Wait for the 1st of the month (UTC), or pass --partial to apply what fits.`],
  );
});

test('gives its own warnings, then those of planning, then those of credits', () => {
  const planned = { ...updates(), warnings: [warning('NOT_READABLE', 'It is not readable.')] };
  const { warnings } = documentOf(planned, { budget: { ...origin.budget, creditsRemaining: 0 } });
  expect(warnings.map(({ code }) => code)).toEqual(['BASE_NOT_ANCESTOR', 'NOT_READABLE', 'CREDITS_SHORT']);
});
