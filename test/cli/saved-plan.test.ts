import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, write } from './command.ts';

const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };
const files = {
  'partners.yaml':
    'version: 1\norganisation: { contains: ptn_1 }\npartners:\n  acme: { name: Acme, tierId: t2 }\n',
};

const spoiled: readonly { name: string; spoil: (text: string) => string; says: string }[] = [
  {
    name: 'cut off',
    spoil: (text) => text.slice(0, 200),
    says: 'PLAN_UNREADABLE\n  plan.json is not whole JSON; was it cut off?',
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
    says: 'PLAN_UNREADABLE\n  plan.json is not a plan of introwctl.',
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
