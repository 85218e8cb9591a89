/** The review at a glance: moves of tiers, phases and owners, from the plan to what people read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadDesired } from '../../src/desired/load.ts';
import { deservesSummary, fieldMoves } from '../../src/plan/moves.ts';
import type { FieldChange, FieldMoves, Plan } from '../../src/plan/plan.ts';
import { Failure } from '../../src/problem.ts';
import { planMarkdown } from '../../src/render/markdown.ts';
import { planText } from '../../src/render/plan-text.ts';
import { plain } from '../../src/render/style.ts';
import { change, plan } from '../render/documents.ts';
import { runs } from '../runs.ts';
import { liveOf, planOf } from './world.ts';

const catalog = {
  tiers: { bronze: 't0', silver: 't1', gold: 't2' },
  // Only tiers have an order, also where phases have the same ids.
  phases: { active: 't1', ended: 't2' },
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

const live = (rows: readonly { tierId?: string | null; phaseId?: string; owner?: string }[]) =>
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
    phaseId: fc.constantFrom('t1', 't2'),
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

test('the most frequent move comes first, and so does who gains most; only what moves has an order', () => {
  const desired = desiredOf(
    [
      { tier: 'silver', phase: 'ended' },
      { tier: 'gold', owner: 'robin' },
      { tier: 'gold', owner: 'robin' },
      { tier: 'gold' },
      { tier: 'gold' },
    ],
    { tierOrder: ['gold', 'silver', 'bronze'] },
  );
  const before = [
    { tierId: 't2', phaseId: 't1' },
    { tierId: 't1' },
    { tierId: 't1', owner: 'u1' },
    { tierId: 't9' },
    { tierId: null },
  ];
  const silver = { from: 't1', fromName: 'silver' };
  const gold = { to: 't2', toName: 'gold' };
  expect(planOf(desired, live(before)).moves).toEqual([
    {
      field: 'tier',
      partners: 5,
      moves: [
        { ...silver, ...gold, partners: 2, direction: 'down' },
        { from: 't2', fromName: 'gold', to: 't1', toName: 'silver', partners: 1, direction: 'up' },
        { from: 't9', fromName: null, ...gold, partners: 1, direction: null },
        { from: null, fromName: null, ...gold, partners: 1, direction: null },
      ],
      order: ['t2', 't1'],
      balance: [
        { value: 't2', name: 'gold', gained: 4, lost: 1 },
        { value: 't1', name: 'silver', gained: 1, lost: 2 },
        { value: 't9', name: null, gained: 0, lost: 1 },
      ],
    },
    {
      field: 'phase',
      partners: 1,
      moves: [{ from: 't1', fromName: 'active', to: 't2', toName: 'ended', partners: 1, direction: null }],
      balance: [
        { value: 't2', name: 'ended', gained: 1, lost: 0 },
        { value: 't1', name: 'active', gained: 0, lost: 1 },
      ],
    },
    {
      field: 'owner',
      partners: 2,
      moves: [
        { from: null, fromName: null, to: 'u2', toName: 'robin', partners: 1, direction: null },
        { from: 'u1', fromName: 'sarah', to: 'u2', toName: 'robin', partners: 1, direction: null },
      ],
      balance: [
        { value: 'u2', name: 'robin', gained: 2, lost: 0 },
        { value: 'u1', name: 'sarah', gained: 0, lost: 1 },
      ],
    },
  ]);
});

test.each<[Plan['kind'], boolean, readonly FieldChange['origin'][]]>([
  ['plan', false, ['proposed', 'drift', 'conflict']],
  ['plan', true, ['proposed', 'conflict']],
  ['drift', false, ['proposed', 'drift', 'conflict']],
  ['drift', true, ['drift', 'conflict']],
])('a %s, with a base %s, counts what is %j', (kind, hasBase, counted) => {
  const changes = (['proposed', 'drift', 'conflict'] as const).map((origin) => {
    const one = change(origin, origin);
    return { ...one, fields: one.fields.map((each): FieldChange => ({ ...each, origin })) };
  });
  const [moves] = fieldMoves({ kind, hasBase, changes, tierOrder: [] });
  expect(moves?.moves.map(({ from, to }) => (kind === 'plan' ? to : from))).toEqual(counted);
});

test('portals move nobody, since that publishes them', () => {
  const desired = loadDesired([
    {
      path: 'partners.yaml',
      text: 'version: 1\npartners: { a: { id: ptn_0, name: P 0, portal: { experienceId: e1 } } }',
    },
  ]);
  expect(planOf(desired, live([{}])).moves).toEqual([]);
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
