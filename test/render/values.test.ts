/** What people must be able to see of values: differences that don't show, the base's value, where a value comes from. */
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { planDocument } from '../../src/plan/document.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planMarkdown } from '../../src/render/markdown.ts';
import { planText } from '../../src/render/plan-text.ts';
import { plain } from '../../src/render/style.ts';
import { spelledOut } from '../../src/spelled-out.ts';
import { liveOf, planOf } from '../plan/world.ts';

test.each([
  ['Acme', 'Acme'],
  ['Acme ', '"Acme "'],
  ['Acme  Inc', '"Acme  Inc"'],
  ['Acme\u00a0Inc', 'Acme\\u{a0}Inc'],
  ['Caf\u00e9', 'Café'],
  ['Cafe\u0301', 'Cafe\\u{301}'],
  ['Bu\u0308cher und Söhne', 'Bu\\u{308}cher und S\\u{f6}hne'],
])('%j is shown as %s', (value, shown) => {
  expect(spelledOut(value)).toBe(shown);
});

const catalogFile = (gold: string, tier: string) =>
  `version: 1\ncatalog: { tiers: { gold: ${gold}, silver: t1, bronze: t0 } }\ndefaults: { tier: ${tier} }\n`;
const partnersFile = 'version: 1\npartners:\n  a: { name: Acme }\n  b: { name: Globex, tier: gold }\n';
const filesOf = (gold: string, tier: string) =>
  loadDesired([
    { path: 'catalog.yaml', text: catalogFile(gold, tier) },
    { path: 'partners.yaml', text: partnersFile },
  ]);

const live = (tierOfA: string) =>
  liveOf([
    { id: 'p0', name: 'Acme', tierId: tierOfA },
    { id: 'p1', name: 'Globex', tierId: 't2' },
    { id: 'p2', name: 'Hooli\u00a0Inc', domain: 'hooli.example' },
  ]);

function documentOf(planned: ReturnType<typeof planOf>): Plan {
  return planDocument(planned, {
    files: ['catalog.yaml', 'partners.yaml'],
    sha256: '0'.repeat(64),
    base: { ref: 'main', commit: '0'.repeat(40) },
    api: 'https://api.introw.io',
    commit: null,
    live: { partners: [], complete: true },
    saved: false,
    budget: { requestsSpent: 1, creditsRemaining: null, creditsLimit: null, firstAnswerAt: null },
    warnings: [],
    createdAt: '2026-11-01T00:00:00.000Z',
    version: '0.0.0',
  });
}

test('an edit of defaults or the catalog shows where the value comes from, and a conflict what the base had', () => {
  const planned = planOf(filesOf('t3', 'silver'), live('t9'), { base: filesOf('t2', 'bronze') });
  const text = planText(documentOf(planned), plain, { verbose: false });
  expect(text).toContain(
    'tier  t9 → silver  (t9 → t1)  ← both this change and Introw changed it; the base had bronze  ← from the defaults at catalog.yaml:3',
  );
  expect(text).toContain('tier  t2 → gold  (t2 → t3)  ← from the catalog at catalog.yaml:2');
  const markdown = planMarkdown(documentOf(planned));
  expect(markdown).toContain(
    'from the defaults at catalog.yaml:3, **changed on both sides**&#59; the base had bronze',
  );
  expect(markdown).toContain('from the catalog at catalog.yaml:2');
  expect(markdown).toContain('<summary>In Introw, not in any file (1)</summary>');
  expect(markdown).toContain('Hooli&#92;u&#123;a0&#125;Inc');
});

test('--only proposed says what it leaves alone, in figures, in text and in Markdown', () => {
  const planned = planOf(filesOf('t2', 'silver'), live('t9'), {
    base: filesOf('t2', 'silver'),
    options: { only: 'proposed' },
  });
  expect(planned.summary).toMatchObject({ update: 0, unchanged: 1, drifted: 1 });
  const document = documentOf(planned);
  const text = planText(document, plain, { verbose: false });
  expect(text).toContain('Left as it is in Introw (--only proposed):\n  a  Acme  tier\n');
  expect(text).toContain(
    'This change does nothing in Introw. 1 partner differs from the files in Introw and is left alone.',
  );
  expect(planMarkdown(document)).toContain(
    '<summary>Left as it is in Introw by --only proposed (1)</summary>',
  );
});
