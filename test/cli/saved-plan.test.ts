import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { environment, folder, introwctl, sandbox, write } from './command.ts';
import { type GivenArgs, runCommand } from './in-process.ts';

const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };
const files = {
  'partners.yaml':
    'version: 1\norganisation: { contains: ptn_1 }\npartners:\n  acme: { name: Acme, tierId: t2 }\n',
};

const spoiled: readonly { name: string; spoil: (text: string) => string; says: string }[] = [
  {
    name: 'cut off',
    spoil: (text) => text.slice(0, 200),
    says: 'PLAN_UNREADABLE\n  plan.json is not complete JSON; was it cut off?',
  },
  {
    name: 'of a newer format',
    spoil: (text) => text.replace('"formatVersion": "1.0"', '"formatVersion": "2.0"'),
    says: 'PLAN_NEWER\n  plan.json has format 2.0; this version reads 1.0.',
  },
  {
    name: 'edited out of its schema',
    spoil: (text) => text.replace('"action": "update"', '"action": "delete"'),
    says: "PLAN_UNREADABLE\n  plan.json doesn't fit the schema of plans: /changes/0/action",
  },
  {
    name: 'some other JSON',
    spoil: () => '{}',
    says: 'PLAN_UNREADABLE\n  plan.json is another document, not a plan, drift or outcome of introwctl.',
  },
  {
    name: 'edited to a value that its field never has',
    spoil: (text) => text.replace('"after": "t2"', '"after": 7'),
    says: "PLAN_UNREADABLE\n  plan.json doesn't fit the schema of plans: /changes/0/fields/0 has a value that tier can't have.",
  },
  {
    name: 'of a newer version, with a field that this one lacks',
    spoil: withNewField,
    says: "PLAN_NEWER\n  plan.json changes mood, which this version of introwctl doesn't know.",
  },
  {
    name: 'a drift document',
    spoil: (text) => text.replace('"kind": "plan"', '"kind": "drift"'),
    says: 'PLAN_NOT_APPLICABLE\n  plan.json is a drift document',
  },
];

/** The tier as a field that no row of the table has, with values that no field of today has. */
function withNewField(text: string): string {
  return text
    .replace('"formatVersion": "1.0"', '"formatVersion": "1.9"')
    .replace('"field": "tier"', '"field": "mood"')
    .replace('"before": "t1"', '"before": ["grey", "calm, mostly"]')
    .replace('"after": "t2"', '"after": { "today": "sunny" }');
}

test('a plan of a newer minor version is shown with its fields as they are', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder(files);
  const plan = await introwctl(cwd, ['plan', '--format', 'json'], environment(introw.url));
  const newer = withNewField(plan.out);
  write(cwd, { 'plan.json': newer });
  const shown = (format: string) =>
    introwctl(cwd, ['show', 'plan.json', '--format', format], environment(null));
  const [text, markdown, json] = await Promise.all(['text', 'markdown', 'json'].map(shown));
  expect(text?.out).toContain('mood  grey, "calm, mostly" → {"today":"sunny"}');
  expect(markdown?.out).toContain('-   mood  grey, "calm, mostly"\n+   mood  {"today":"sunny"}');
  expect(JSON.parse(json?.out ?? '')).toEqual(JSON.parse(newer));
});

test.each(spoiled)('a plan that is $name is refused, and nothing is sent', async ({ spoil, says }) => {
  const introw = await sandbox({ seed });
  const cwd = folder(files);
  const plan = await introwctl(cwd, ['plan', '--format', 'json'], environment(introw.url));
  write(cwd, { 'plan.json': spoil(plan.out) });
  const before = introw.log.length;
  const { exit, err } = await introwctl(
    cwd,
    ['apply', 'plan.json', '--auto-approve'],
    environment(introw.url),
  );
  expect(exit).toBe(1);
  expect(err.slice(0, says.length)).toBe(says);
  expect(introw.log).toHaveLength(before);
});

/** Makes a plan of these files with one sandbox, edits it, and applies it with another one. */
async function applySaved(options: {
  files?: string;
  partners?: readonly Record<string, unknown>[];
  later?: readonly Record<string, unknown>[];
  edit?: (plan: Plan) => unknown;
  args?: GivenArgs;
}) {
  const { partners = seed.partners, later = partners, args = {} } = options;
  const [made, applied] = [
    await sandbox({ seed: { partners } }),
    await sandbox({ seed: { partners: later } }),
  ];
  const cwd = folder({ 'partners.yaml': options.files ?? files['partners.yaml'] });
  const file = [join(cwd, 'partners.yaml')];
  const { out } = await runCommand(
    'plan',
    { file, format: 'json', 'max-changes': '100' },
    environment(made.url),
  );
  const plan: Plan = JSON.parse(out);
  const moved = { ...plan, source: { ...plan.source, api: applied.url } };
  write(cwd, { 'plan.json': JSON.stringify(options.edit?.(moved) ?? moved) });
  const { exit, err } = await runCommand(
    'apply',
    { positionals: [join(cwd, 'plan.json')], 'auto-approve': true, ...args, ...(args.file && { file }) },
    environment(applied.url),
  );
  const writes = applied.log.filter(({ method }) => method !== 'GET').length;
  return { exit, writes, requests: applied.log.length, code: /^[A-Z_]+$/m.exec(err)?.[0] ?? null, err };
}

const done = (writes: number) => ({ exit: 0, writes, code: null });
const refused = (code: string) => ({ exit: 1, writes: 0, code });
const creates =
  'version: 1\npartners:\n  beta: { name: Beta, domain: beta.example }\n  gamma: { name: Gamma }\n';
const both = `${files['partners.yaml']}  beta: { name: Beta }\n`;

describe('whose plan it is', () => {
  test.each<[string, Parameters<typeof applySaved>[0], object]>([
    ['the same organisation', {}, done(1)],
    ['creates, and the partner that was seen is there', { files: creates }, done(2)],
    [
      'creates, and it is not',
      { files: creates, later: [{ id: 'ptn_9', name: 'Zeta' }] },
      refused('WRONG_ORGANISATION'),
    ],
    ['creates, and nobody is there any more', { files: creates, later: [] }, refused('WRONG_ORGANISATION')],
    ['creates in an empty organisation', { files: creates, partners: [] }, done(2)],
    [
      'creates made in an empty organisation, and somebody is there',
      { files: creates, partners: [], later: [{ id: 'ptn_9', name: 'Zeta' }] },
      refused('WRONG_ORGANISATION'),
    ],
    [
      'creates made in an empty organisation, of which one is done',
      { files: creates, partners: [], later: [{ id: 'ptn_9', name: 'Beta', domain: 'beta.example' }] },
      done(1),
    ],
    [
      'another server',
      { edit: (plan) => ({ ...plan, source: { ...plan.source, api: 'https://api.introw.io' } }) },
      refused('WRONG_SERVER'),
    ],
    [
      'the partner that was seen was deleted, its own are there',
      {
        files: 'version: 1\npartners:\n  acme: { name: Acme, tierId: t2 }\n',
        edit: (plan) => ({ ...plan, source: { ...plan.source, witness: 'ptn_gone' } }),
      },
      done(1),
    ],
    [
      'its partner has another name now',
      {
        files: 'version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, tierId: t2 }\n',
        later: [{ id: 'ptn_1', name: 'Globex', tierId: 't1' }],
      },
      refused('PLAN_STALE'),
    ],
    [
      'its partner has another domain now',
      { later: [{ id: 'ptn_1', name: 'Acme', domain: 'x.example', tierId: 't1' }] },
      refused('PLAN_STALE'),
    ],
    [
      'it renames, and that is done',
      {
        files: 'version: 1\npartners:\n  acme: { id: ptn_1, name: Globex }\n',
        later: [{ id: 'ptn_1', name: 'Globex', tierId: 't1' }],
      },
      done(0),
    ],
  ])('%s', async (_, options, expected) => {
    expect(await applySaved(options)).toMatchObject(expected);
  });
});

test.each([
  ['none', seed.partners, ''],
  [
    'some, after a run that was interrupted',
    [{ ...seed.partners[0], tierId: 't2' }],
    '1 change of this plan is in place already; 1 is left to do.\n',
  ],
  [
    'all',
    [
      { ...seed.partners[0], tierId: 't2' },
      { id: 'ptn_2', name: 'Beta' },
    ],
    '2 changes of this plan are in place already; nothing is left to do.\n',
  ],
])('what is in place already is counted: %s', async (_, later, says) => {
  const { exit, err } = await applySaved({ files: both, later });
  expect(exit).toBe(0);
  expect(err.includes('in place already')).toBe(says !== '');
  expect(err).toContain(says);
  const logged = await applySaved({ files: both, later, args: { format: 'json' } });
  expect(logged.err.includes('in place already')).toBe(says !== '');
});

describe('options that a saved plan takes', () => {
  const idle: readonly GivenArgs[] = [
    { target: ['acme'] },
    { exclude: ['acme'] },
    { file: ['partners.yaml'] },
    { only: 'all' },
    { publish: ['acme'] },
    { base: 'main' },
    { changed: true },
    { recreate: true },
  ];
  test.each<[string, GivenArgs, object]>([
    ['as many as it has', { 'max-changes': '2' }, done(2)],
    ['fewer', { 'max-changes': '1' }, refused('TOO_MANY_CHANGES')],
    ['none', { 'max-changes': '0' }, refused('TOO_MANY_CHANGES')],
    ['a share', { 'max-changes': '50%' }, refused('TOO_MANY_CHANGES')],
    ['all of them as a share', { 'max-changes': '100%' }, done(2)],
    ['no number', { 'max-changes': 'x' }, { ...refused('USAGE'), requests: 0 }],
    ...idle.map((args): [string, GivenArgs, object] => [
      JSON.stringify(args),
      args,
      { ...refused('USAGE'), requests: 0 },
    ]),
    ['-f with --pin', { file: ['partners.yaml'], pin: true }, done(2)],
  ])('%s', async (_, args, expected) => {
    expect(await applySaved({ files: both, args })).toMatchObject(expected);
  });

  test('one that lifts nothing of what the plan was over says how to go on', async () => {
    const { err, ...rest } = await applySaved({
      edit: (plan) => ({
        ...plan,
        blocked: [
          {
            code: 'PUBLISH_NOT_ASKED',
            message: 'x.',
            hint: 'y.',
            address: null,
            candidates: [],
            position: null,
          },
        ],
      }),
    });
    expect(rest).toMatchObject(refused('PUBLISH_NOT_ASKED'));
    expect(err).toContain('make the plan again with introwctl plan --out');
  });
});

describe('a plan that contradicts itself is refused, and nothing is sent', () => {
  type Edit = readonly [string, (plan: Plan) => unknown];
  const edits: readonly Edit[] = [
    ['a handle twice', (plan) => ({ ...plan, changes: [...plan.changes, ...plan.changes] })],
    [
      'a partner twice',
      (plan) => ({
        ...plan,
        changes: plan.changes.flatMap((each) => [each, { ...each, address: `${each.address}2` }]),
      }),
    ],
    [
      'a field twice',
      (plan) => ({
        ...plan,
        changes: plan.changes.map((each) => ({ ...each, fields: [...each.fields, ...each.fields] })),
      }),
    ],
    [
      'two equal creates',
      (plan) => ({ ...plan, changes: [...plan.changes, { ...plan.changes[1], address: 'beta2' }] }),
    ],
    [
      'a readable field called write-only',
      (plan) => ({
        ...plan,
        changes: plan.changes.map((each) => ({
          ...each,
          fields: each.fields.map((row) => ({ ...row, writeOnly: true })),
        })),
      }),
    ],
    [
      'an update without a partner',
      (plan) => ({
        ...plan,
        changes: plan.changes.map((each) => ({ ...each, action: 'update', partner: null })),
      }),
    ],
    [
      'a create without a name',
      (plan) => ({
        ...plan,
        changes: plan.changes.map((each) => ({
          ...each,
          partner: null,
          action: 'create',
          fields: each.fields.filter(({ field }) => field !== 'name'),
        })),
      }),
    ],
    [
      'figures that are not those of its changes',
      (plan) => ({ ...plan, summary: { ...plan.summary, create: 0, update: 0 } }),
    ],
    ...['\ud800', ''].map(
      (after): Edit => [
        `a value that no request can carry (${JSON.stringify(after)})`,
        (plan) => ({
          ...plan,
          changes: plan.changes.map((each) => ({
            ...each,
            fields: each.fields.map((row) => (row.field === 'tier' ? { ...row, after } : row)),
          })),
        }),
      ],
    ),
    [
      'a change of nothing',
      (plan) => ({ ...plan, changes: plan.changes.map((each) => ({ ...each, fields: [] })) }),
    ],
  ];
  test.each(edits)('%s', async (_, edit) => {
    const { err, ...rest } = await applySaved({ files: both, edit });
    expect(rest).toMatchObject({ ...refused('PLAN_UNREADABLE'), requests: 0 });
    expect(err).toMatch(/contradicts itself|doesn't fit the schema/);
  });
});

test('the cost of a saved plan is what applying it takes, and the warning about credits counts with it', async () => {
  const introw = await sandbox({ seed, credits: 4 });
  const cwd = folder({ 'partners.yaml': both });
  const { out } = await introwctl(cwd, ['plan', '--format', 'json'], environment(introw.url));
  const saved = await introwctl(cwd, ['plan', '--out', 'plan.json'], environment(introw.url));
  expect(JSON.parse(out).warnings).toEqual([]);
  expect(saved.out).toContain("Applying the saved plan takes 3 credits, and 2 of this month's are left.");
  expect(saved.out).toContain('Cost: 1 request spent, 2 more to apply, or 3 from a saved plan');
});

test.each([[[]], [[{ id: 'ptn_9', name: 'Acme', tierId: 't1' }]]])(
  'a plan for another organisation is refused',
  async (partners) => {
    const [here, there] = [await sandbox({ seed }), await sandbox({ seed: { partners } })];
    const cwd = folder(files);
    await introwctl(cwd, ['plan', '--out', 'plan.json'], environment(here.url));
    const { exit } = await introwctl(cwd, ['apply', 'plan.json', '--auto-approve'], environment(there.url));
    expect(exit).toBe(1);
    expect(there.log.every(({ method }) => method === 'GET')).toBe(true);
  },
);

test('a plan that somebody has written escapes into is shown, and moves nothing on the screen', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder(files);
  const { out } = await introwctl(cwd, ['plan', '--format', 'json'], environment(introw.url));
  const plan = JSON.parse(out);
  const hostile = '\u001b[2J\u202e';
  const position = { file: hostile, line: 1, column: 1 };
  const blame = { commit: hostile, date: hostile, subject: hostile };
  const [change] = plan.changes;
  write(cwd, {
    'plan.json': JSON.stringify({
      ...plan,
      kind: 'drift',
      organisation: { name: hostile, contains: null },
      source: { ...plan.source, base: { ref: hostile, commit: hostile } },
      changes: [
        {
          ...change,
          address: hostile,
          name: hostile,
          position,
          fields: [
            { ...change.fields[0], after: hostile, afterName: hostile, since: hostile, blame, position },
          ],
          warnings: [{ code: hostile, message: hostile, position }],
        },
      ],
      unmanaged: [{ id: hostile, name: hostile, domain: hostile }],
      released: [{ address: hostile, id: hostile, name: hostile, domain: hostile }],
      missing: [{ address: hostile, name: hostile, pin: hostile, position }],
      settled: [{ address: hostile, partnerId: hostile, field: hostile }],
      blocked: [{ code: hostile, message: hostile, hint: hostile }],
      warnings: [{ code: hostile, message: hostile, position }],
    }),
  });
  for (const format of ['text', 'markdown']) {
    const shown = await introwctl(cwd, ['show', 'plan.json', '--format', format], environment(null));
    expect(shown.exit).toBe(0);
    expect([...shown.out].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
    expect(shown.out).not.toContain('\u202e');
  }
});
