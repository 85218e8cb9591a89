/** What people must be able to see of values: differences that don't show, the base's value, where a value comes from. */
import { expect, test } from 'vitest';
import { checkFresh } from '../../src/apply/saved-plan.ts';
import { doublesIn } from '../../src/desired/doubles.ts';
import { loadDesired } from '../../src/desired/load.ts';
import type { Handle } from '../../src/partner.ts';
import { planDocument } from '../../src/plan/document.ts';
import type { Outcome } from '../../src/plan/outcome.ts';
import type { FieldChange, Plan } from '../../src/plan/plan.ts';
import { acceptText } from '../../src/render/accept-text.ts';
import { openDoors } from '../../src/render/doors.ts';
import { editLines } from '../../src/render/edit-lines.ts';
import { formats } from '../../src/render/formats.ts';
import { planMarkdown } from '../../src/render/markdown.ts';
import { planText } from '../../src/render/plan-text.ts';
import { plain } from '../../src/render/style.ts';
import { spelledOut } from '../../src/spelled-out.ts';
import { desiredOf, liveOf, planOf } from '../plan/world.ts';
import { change, plan } from './documents.ts';

test.each([
  ['Acme', 'Acme'],
  ['', '""'],
  ['Acme ', '"Acme "'],
  ['Acme  Inc', '"Acme  Inc"'],
  ['Acme\u00a0Inc', 'Acme\\u{a0}Inc'],
  ['Caf\u00e9', 'Café'],
  ['Cafe\u0301', 'Cafe\\u{301}'],
  ['Bu\u0308cher und Söhne', 'Bu\\u{308}cher und S\\u{f6}hne'],
])('%j is shown as %s', (value, shown) => {
  expect(spelledOut(value)).toBe(shown);
});

/** The formats that people read. */
const people = ['text', 'markdown', 'html', 'slack', 'teams'] as const;

test.each(people)('in %s, a near miss leads everything else, however many doubts there are', (name) => {
  const gone = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`g${n}`, { id: `gone${n}`, name: `Gone ${n}` }]),
  );
  const here = Object.fromEntries(
    Array.from({ length: 31 }, (_, n) => [`h${n}`, { id: `p${n}`, name: `Here ${n}` }]),
  );
  const live = Array.from({ length: 31 }, (_, n) => ({ id: `p${n}`, name: `Here ${n}` }));
  const planned = planOf(
    desiredOf({ ...gone, ...here, new: { name: 'Initech, Inc.' } }),
    liveOf([...live, { id: 'x', name: 'Initech GmbH' }]),
  );
  const page = formats[name].plan(openDoors(), documentOf(planned), plain, { verbose: false });
  const at = page.indexOf('looks like Initech GmbH');
  expect(at).toBeGreaterThan(0);
  for (const other of ['Apply would refuse', 'gone0', 'partners.yaml:1'])
    expect(at).toBeLessThan(page.includes(other) ? page.indexOf(other) : Infinity);
});

/** What is left of a page for somebody who can't see what kind of space or of é it is. */
function asPeopleSee(page: string): string {
  return onTerminal(page).replace(/\\[nr]|&#160;|\s+/gu, ' ');
}

/** The same where several spaces are not shown as one. */
function onTerminal(page: string): string {
  return page
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Zs}/gu, ' ');
}

/** Values that look the same. */
const pairs = [
  ['Acme', 'Acme '],
  ['Acme', ' Acme'],
  ['Acme', 'Acme\u00a0'],
  ['Acme Inc', 'Acme  Inc'],
  ['Acme Inc', 'Acme\u00a0Inc'],
  ['Acme Inc', 'Acme\u2003Inc'],
  ['Café', 'Cafe\u0301'],
  ['Acme', 'Ac\u200bme'],
  ['Acme', 'Acme\u202e'],
] as const;

test.each(people)('two values that look the same are told apart in %s, wherever they are shown', (name) => {
  const doors = openDoors();
  const format = formats[name];
  const places: Readonly<Record<string, (value: string) => string>> = {
    before: (value) =>
      format.plan(doors, planOfRow({ before: value, after: 'x' }), plain, { verbose: false }),
    after: (value) => format.plan(doors, planOfRow({ before: 'x', after: value }), plain, { verbose: false }),
    'catalog name': (value) =>
      format.plan(
        doors,
        planOfRow({ field: 'tier', before: 't1', beforeName: value, after: 't2', afterName: 'x' }),
        plain,
        { verbose: false },
      ),
    drift: (value) =>
      format.plan(
        doors,
        { ...planOfRow({ before: value, after: 'x', origin: 'drift' }), kind: 'drift' },
        plain,
        { verbose: false },
      ),
    'kept by Introw': (value) => format.outcome(doors, keeping(value), plain),
    'a doubt': (value) => {
      const live = [
        { id: 'p0', name: value, domain: 'a.example' },
        { id: 'p1', name: value },
      ];
      const planned = planOf(desiredOf({ a: { name: value.trim() } }), liveOf(live));
      return format.plan(doors, documentOf(planned), plain, { verbose: false });
    },
    'a stale plan': (value) => {
      const was = planOfRow({ field: 'tier', before: 'x', after: 'y' });
      const { stale } = checkFresh(was, {
        partners: liveOf([{ id: 'ptn_1', name: 'Acme', domain: null, tierId: value }]),
        complete: true,
      });
      const [first, ...rest] = stale;
      return first === undefined
        ? 'not stale'
        : format.problems(doors, { problems: [first, ...rest], sources: new Map() }, plain);
    },
  };
  for (const [place, render] of Object.entries(places))
    for (const [one, other] of pairs)
      expect([place, one, asPeopleSee(render(one))]).not.toEqual([place, one, asPeopleSee(render(other))]);
});

test.each(pairs)('%j and %j are told apart in what accept, edit and validate say', (one, other) => {
  const accepted = (to: string) =>
    acceptText(
      {
        taken: [
          {
            address: 'a' as Handle,
            field: 'name',
            from: 'x',
            to,
            how: 'stated',
            comments: [],
            uncommitted: false,
          },
        ],
        left: [],
        missing: [],
      },
      plain,
    );
  const edited = (to: string) =>
    editLines({
      changes: [{ address: 'a' as Handle, field: 'name', from: 'x', to, reason: 'why' }],
      added: [],
      otherColumns: [],
    }).join('\n');
  const seen = (make: (to: string) => string, to: string) => asPeopleSee(openDoors().text(to, make));
  for (const make of [accepted, edited]) expect(seen(make, one)).not.toBe(seen(make, other));
  const trimmed = other.trim();
  if (one === trimmed) return;
  const [double] = doublesIn(desiredOf({ a: { name: one }, b: { name: trimmed } }));
  const [, first, second] = /: "(.*)" and "(.*)"\.$/.exec(double?.message ?? '') ?? [];
  const line = (text = '') => onTerminal(openDoors().line(text));
  expect(line(first)).not.toBe(line(second));
});

function planOfRow(given: Partial<FieldChange>): Plan {
  const [row] = change('Acme').fields;
  if (row === undefined) throw new TypeError('no row');
  const { fields: _, ...rest } = change('Acme');
  return plan([
    { ...rest, fields: [{ ...row, field: 'name', beforeName: null, afterName: null, ...given }] },
  ]);
}

function keeping(value: string): Outcome {
  const kept = [{ field: 'name', sent: 'x', kept: value }];
  return {
    formatVersion: '1.0',
    kind: 'outcome',
    tool: { name: 'introwctl', version: '0.0.0' },
    startedAt: '2026-11-01T00:00:00.000Z',
    finishedAt: '2026-11-01T00:00:01.000Z',
    summary: { applied: 1, failed: 0, unknown: 0, skipped: 0 },
    results: [
      {
        address: 'a' as Handle,
        name: 'Acme',
        action: 'update',
        fields: ['name'],
        partnerId: null,
        httpStatus: 200,
        status: 'applied',
        verified: true,
        adopted: false,
        keptByServer: ['name'],
        kept,
        error: null,
      },
    ],
    cost: { requestsSpent: 1, requestsToApply: 0, creditsRemaining: null, creditsLimit: null },
    stopped: null,
  };
}

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
  const chat = formats.slack.plan(openDoors(), documentOf(planned), plain, { verbose: false });
  expect(chat).toContain('tier t9 → silver (changed here and in Introw; the base had bronze)');
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
  const chat = formats.teams.plan(openDoors(), document, plain, { verbose: false });
  expect(chat).toContain('a · Acme: left as it is in Introw \\\\(tier\\\\)');
  expect(planMarkdown(document)).toContain(
    '<summary>Left as it is in Introw by --only proposed (1)</summary>',
  );
});
