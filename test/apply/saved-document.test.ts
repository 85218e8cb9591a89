/** What a saved document that can't be read is refused with: anybody may have edited it, cut it off or made it with another version. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readApplicablePlan } from '../../src/apply/recheck.ts';
import { readDocument, readPlan } from '../../src/apply/saved-document.ts';
import { Failure } from '../../src/problem.ts';
import { change, plan } from '../render/documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'introwctl-saved-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const whichFile = 'Pass a file that plan, drift or apply wrote with --out.';

/** How reading ends: the kind of the document, or the problem without the path. */
async function ends(
  read: (path: string) => Promise<{ readonly kind: string }>,
  content: string | Uint8Array,
) {
  const path = join(folder, 'saved.json');
  writeFileSync(path, content);
  try {
    return (await read(path)).kind;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [{ code, message, hint }] = error.problems;
    return `${code}: ${message.replaceAll(path, 'FILE')}${hint === null ? '' : ` (${hint.replace(whichFile, 'which file')})`}`;
  }
}

const row = () => change('Acme').fields[0];
const sound = () => plan([change('Acme')]);
const outcome = () => ({
  formatVersion: '1.0',
  kind: 'outcome',
  tool: { name: 'introwctl', version: '0.0.0' },
  startedAt: '2026-11-01T00:00:00.000Z',
  finishedAt: '2026-11-01T00:00:00.000Z',
  summary: { applied: 0, failed: 0, unknown: 0, skipped: 0 },
  results: [],
  cost: { requestsSpent: 0, requestsToApply: 0, creditsRemaining: null, creditsLimit: null },
  stopped: null,
});
const result = {
  address: 'acme',
  name: 'Acme',
  action: 'update',
  fields: ['tier'],
  partnerId: null,
  httpStatus: null,
  verified: false,
  adopted: false,
  keptByServer: [],
  status: 'skipped',
  error: null,
};
const json = (value: unknown) => JSON.stringify(value);

describe('a document', () => {
  test.each<[string, () => string | Uint8Array, string]>([
    ['a plan', () => json(sound()), 'plan'],
    ['a plan as PowerShell writes it', () => `\uFEFF${json(sound())}`, 'plan'],
    ['drift', () => json({ ...sound(), kind: 'drift' }), 'drift'],
    ['an outcome', () => json(outcome()), 'outcome'],
    ['a newer minor version', () => json({ ...sound(), formatVersion: '1.9', isNew: true }), 'plan'],
    [
      'a newer major version',
      () => json({ ...sound(), formatVersion: '2.0' }),
      'PLAN_NEWER: FILE has format 2.0; this version reads 1.0.',
    ],
    [
      'an outcome of a newer major version',
      () => json({ ...outcome(), formatVersion: '10.0' }),
      'PLAN_NEWER: FILE has format 10.0; this version reads 1.0.',
    ],
    ['nothing', () => ' \n', 'PLAN_UNREADABLE: FILE is empty.'],
    [
      'a part of one',
      () => ` ${json(sound()).slice(0, 50)}`,
      'PLAN_UNREADABLE: FILE is not complete JSON; was it cut off?',
    ],
    ['a text', () => 'Plan: 1 to update.', 'PLAN_UNREADABLE: FILE is not JSON.'],
    [
      'other JSON',
      () => '[]',
      'PLAN_UNREADABLE: FILE is another document, not a plan, drift or outcome of introwctl. (which file)',
    ],
    [
      'JSON with a version that is none',
      () => json({ ...sound(), formatVersion: 1 }),
      'PLAN_UNREADABLE: FILE is another document, not a plan, drift or outcome of introwctl. (which file)',
    ],
    [
      'an export',
      () => json({ formatVersion: '1.0', kind: 'export' }),
      'PLAN_UNREADABLE: FILE is a document of export, not a plan, drift or outcome of introwctl. (which file)',
    ],
    [
      'a history',
      () => json({ formatVersion: '1.0', kind: 'history' }),
      'PLAN_UNREADABLE: FILE is a document of history, not a plan, drift or outcome of introwctl. (which file)',
    ],
    [
      'the error of a run',
      () => json({ error: { code: 'X', message: 'It broke.' } }),
      'PLAN_UNREADABLE: FILE holds the error of a run that failed: It broke. (Correct that, and run it again.)',
    ],
    [
      'an error without a message',
      () => json({ error: 'It broke.' }),
      'PLAN_UNREADABLE: FILE is another document, not a plan, drift or outcome of introwctl. (which file)',
    ],
    [
      'an error with a message that is no text',
      () => json({ error: { message: 5 } }),
      'PLAN_UNREADABLE: FILE is another document, not a plan, drift or outcome of introwctl. (which file)',
    ],
    ['no UTF-8', () => Uint8Array.of(0x7b, 0xff, 0x7d), 'FILE_UNREADABLE: FILE '],
    [
      'a plan of another kind',
      () => json({ ...sound(), kind: 'thought' }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of plans: /kind must be equal to one of the allowed values.",
    ],
    [
      'a plan whose change is in the wrong place',
      () => json({ ...sound(), changes: [{ ...change('Acme'), position: { file: 1 } }] }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of plans: /changes/0/position must have required property 'line'.",
    ],
    [
      'an outcome with a status that is none',
      () => json({ ...outcome(), results: [{ ...result, status: 'perhaps' }] }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of outcomes: /results/0/status must be equal to constant. (which file)",
    ],
    [
      'an outcome with an error whose message is no text',
      () =>
        json({
          ...outcome(),
          results: [{ ...result, status: 'failed', error: { code: 'X', message: 1, hint: null } }],
        }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of outcomes: /results/0/error/message must be string. (which file)",
    ],
    [
      'an outcome with an error that says nothing',
      () => json({ ...outcome(), results: [{ ...result, status: 'failed', error: { code: 'X' } }] }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of outcomes: /results/0/error must have required property 'message'. (which file)",
    ],
    [
      'a plan without its changes',
      () => json({ ...sound(), changes: undefined }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of plans: the document must have required property 'changes'.",
    ],
    [
      'an outcome with a result that is none',
      () => json({ ...outcome(), results: [7] }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of outcomes: /results/0",
    ],
    [
      'a value that its field can not have',
      () => json({ ...sound(), changes: [{ ...change('Acme'), fields: [{ ...row(), before: 7 }] }] }),
      "PLAN_UNREADABLE: FILE doesn't fit the schema of plans: /changes/0/fields/0",
    ],
  ])('that is %s', async (_, content, expected) => {
    expect((await ends(readDocument, content())).slice(0, expected.length)).toBe(expected);
  });

  test('that is not there, or is a folder, is named', async () => {
    const read = (path: string) =>
      readDocument(path).catch((error: unknown) => (error instanceof Failure ? error.problems[0] : error));
    expect(await read(join(folder, 'none.json'))).toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: `There is no file ${join(folder, 'none.json')}.`,
      hint: whichFile,
    });
    expect(await read(folder)).toMatchObject({ hint: whichFile });
    writeFileSync(join(folder, 'saved.json'), '{}');
    const below = join(folder, 'saved.json', 'plan.json');
    expect(await read(below)).toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: `There is no file ${below}.`,
    });
    const long = join(folder, 'x'.repeat(300));
    expect(await read(long)).toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining(`${long} could not be read: `),
      hint: whichFile,
    });
  });

  test('keeps what its texts hold, a byte order mark among it', async () => {
    const path = join(folder, 'saved.json');
    writeFileSync(path, json(plan([change('\uFEFFAcme')])));
    expect((await readPlan(path)).changes.map(({ name }) => name)).toEqual(['\uFEFFAcme']);
  });
});

test('an outcome is no plan', async () => {
  expect(await ends(readPlan, json(outcome()))).toBe(
    'PLAN_UNREADABLE: FILE is an outcome: it says what an apply did, not what is to be done. (Make it again with introwctl plan --out.)',
  );
  expect(await ends(readPlan, json({ ...sound(), kind: 'drift' }))).toBe('drift');
});

describe('apply takes', () => {
  const changing = (...names: readonly string[]) => ({
    ...change('Acme'),
    fields: names.map((field) => ({ ...row(), field })),
  });
  test.each<[string, () => unknown, string]>([
    ['a plan', sound, 'plan'],
    [
      'no drift',
      () => ({ ...sound(), kind: 'drift' }),
      'PLAN_NOT_APPLICABLE: FILE is a drift document; it says what is, not what to do. (Pass a file that introwctl plan --out wrote.)',
    ],
    [
      'no field that it does not know',
      () => ({ ...sound(), changes: [changing('tier', 'mood')] }),
      "PLAN_NEWER: FILE changes mood, which this version of introwctl doesn't know. (Update introwctl, or make the plan again with this version.)",
    ],
    [
      'no fields that it does not know, each named once',
      () => ({ ...sound(), changes: [changing('mood', 'size'), changing('mood')] }),
      "PLAN_NEWER: FILE changes mood, size, which this version of introwctl doesn't know. (Update introwctl, or make the plan again with this version.)",
    ],
    [
      'no contradiction',
      () => ({ ...sound(), summary: { ...sound().summary, create: 7 } }),
      'PLAN_UNREADABLE: FILE contradicts itself: its summary has 7 creates, and its changes 0. (Make it again with introwctl plan --out.)',
    ],
  ])('%s', async (_, document, expected) => {
    expect(await ends(readApplicablePlan, json(document()))).toBe(expected);
  });
});
