/** The review at a glance: moves of tiers, phases and owners, from the plan to what people read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadDesired } from '../../src/desired/load.ts';
import { deservesSummary } from '../../src/plan/moves.ts';
import type { FieldMoves } from '../../src/plan/plan.ts';
import { Failure } from '../../src/problem.ts';
import { planMarkdown } from '../../src/render/markdown.ts';
import { planText } from '../../src/render/plan-text.ts';
import { plain } from '../../src/render/style.ts';
import { change, plan } from '../render/documents.ts';
import { runs } from '../runs.ts';
import { liveOf, planOf } from './world.ts';

const catalog = {
  tiers: { bronze: 't0', silver: 't1', gold: 't2' },
  phases: { active: 'ph1', ended: 'ph2' },
  owners: { sarah: 'u1', robin: 'u2' },
};

type Row = { readonly tier?: string; readonly phase?: string; readonly owner?: string };

function desiredOf(rows: readonly Row[], settings: object = {}) {
  const partners = rows.map((row, index) => [
    `p${index}`,
    { id: `ptn_${index}`, name: `P ${index}`, ...row },
  ]);
  const data = { version: 1, catalog, settings, partners: Object.fromEntries(partners) };
  return loadDesired([{ path: 'partners.yaml', text: stringify(data) }]);
}

const live = (rows: readonly { tierId?: string; phaseId?: string; owner?: string }[]) =>
  liveOf(
    rows.map(({ owner, ...row }, index) => ({
      id: `ptn_${index}`,
      name: `P ${index}`,
      owner: owner === undefined ? null : { id: owner },
      ...row,
    })),
  );

const row = fc.record(
  {
    tier: fc.constantFrom('bronze', 'silver', 'gold'),
    phase: fc.constantFrom('active', 'ended'),
    owner: fc.constantFrom('sarah', 'robin'),
  },
  { requiredKeys: [] },
);
const liveRow = fc.record(
  {
    tierId: fc.constantFrom('t0', 't1', 't2', 't9'),
    phaseId: fc.constantFrom('ph1', 'ph2'),
    owner: fc.constantFrom('u1', 'u2', 'u3'),
  },
  { requiredKeys: [] },
);

test.each(['plan', 'drift'] as const)('the moves of a %s add up to its rows', (kind) => {
  const worlds = fc.array(fc.tuple(row, liveRow), { maxLength: 12 });
  fc.assert(
    fc.property(worlds, fc.boolean(), (pairs, isOrdered) => {
      const settings = isOrdered ? { tierOrder: ['bronze', 'silver', 'gold'] } : {};
      const desired = desiredOf(
        pairs.map(([own]) => own),
        settings,
      );
      const planned = planOf(desired, live(pairs.map(([, own]) => own)), { kind });
      const rows = planned.changes.flatMap(({ fields }) => fields);
      for (const field of ['tier', 'phase', 'owner']) {
        const own = rows.filter((each) => each.field === field);
        const found = planned.moves?.find((each) => each.field === field);
        expect(found?.partners ?? 0).toBe(own.length);
        const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
        expect(sum(found?.moves.map(({ partners }) => partners) ?? [])).toBe(own.length);
        for (const move of found?.moves ?? []) {
          const [from, to] =
            kind === 'plan' ? (['before', 'after'] as const) : (['after', 'before'] as const);
          const same = own.filter((each) => each[from] === move.from && each[to] === move.to);
          expect(same).toHaveLength(move.partners);
          const rank = (id: string | null) => ['t0', 't1', 't2'].indexOf(id ?? '');
          const isKnown = isOrdered && field === 'tier' && rank(move.from) >= 0 && rank(move.to) >= 0;
          const direction = rank(move.to) > rank(move.from) ? 'up' : 'down';
          expect(move.direction).toBe(isKnown ? direction : null);
        }
        for (const { value, gained, lost } of found?.balance ?? []) {
          const [from, to] =
            kind === 'plan' ? (['before', 'after'] as const) : (['after', 'before'] as const);
          expect(gained).toBe(own.filter((each) => each[to] === value).length);
          expect(lost).toBe(own.filter((each) => each[from] === value).length);
        }
      }
    }),
    runs(200),
  );
});

test('a create moves nobody', () => {
  expect(planOf(desiredOf([{ tier: 'gold' }]), []).moves).toEqual([]);
});

describe('what people read', () => {
  const movesOf = () =>
    planOf(
      desiredOf([...Array(4).fill({ tier: 'gold', owner: 'robin' }), { tier: 'silver' }, { tier: 'gold' }], {
        tierOrder: ['bronze', 'silver', 'gold'],
      }),
      live([...Array(4).fill({ tierId: 't1', owner: 'u1' }), { tierId: 't2' }, { tierId: 't9' }]),
    ).moves as FieldMoves[];
  const few = () => plan([change('Acme')]);

  test('the text ends with it', () => {
    const text = planText({ ...few(), moves: movesOf() }, plain, { verbose: false });
    expect(text).toContain(
      'Moves:\n  tier   silver → gold 4, gold → silver 1, t9 → gold 1 (4 up, 1 down)\n  owner  sarah → robin 4 (robin +4, sarah −4)\n',
    );
  });

  test('Markdown begins with it, above the table', () => {
    const markdown = planMarkdown({ ...few(), moves: movesOf() });
    expect(markdown.indexOf('- **tier** silver → gold 4')).toBeGreaterThan(0);
    expect(markdown.indexOf('- **owner** sarah → robin 4 (robin +4, sarah −4)')).toBeLessThan(
      markdown.indexOf('| Partner |'),
    );
  });

  test('five moves need no summary, six do', () => {
    const some = (partners: number): FieldMoves => ({ field: 'tier', partners, moves: [], balance: [] });
    expect([deservesSummary([some(3), some(2)]), deservesSummary([some(3), some(3)])]).toEqual([false, true]);
  });

  test('up to five moves need no summary, and a plan of an older version has none', () => {
    const { moves: _, ...older } = few();
    for (const shown of [few(), older])
      expect(planText(shown, plain, { verbose: false })).not.toContain('Moves:');
  });
});

test.each([
  ['[silver, golf]', 'catalog.tiers has no "golf". Did you mean gold?'],
  ['[gold, gold]', 'settings.tierOrder has "gold" twice.'],
  ['gold', 'settings.tierOrder is text; it must be a list.'],
])('an order of tiers %s is a problem at its place', (tierOrder, message) => {
  const text = `version: 1\nsettings:\n  tierOrder: ${tierOrder}\ncatalog:\n  tiers: { silver: t1, gold: t2 }\npartners: {}\n`;
  try {
    loadDesired([{ path: 'partners.yaml', text }]);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.problems.map((each) => [each.message, each.position?.line])).toEqual([[message, 3]]);
  }
});
