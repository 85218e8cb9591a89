/** What an answer to a write is taken for, what it says of the change, and what an outcome keeps of it. */
import { describe, expect, test } from 'vitest';
import { requestBody } from '../../src/apply/body.ts';
import { affordable } from '../../src/apply/budget.ts';
import { type Fate, resultOf } from '../../src/apply/fate.ts';
import { judge } from '../../src/apply/judge.ts';
import { outcomeDocument } from '../../src/apply/outcome-document.ts';
import { recordOf } from '../../src/apply/record.ts';
import type { Budget, Written } from '../../src/introw/api.ts';
import type { Result } from '../../src/plan/outcome.ts';
import type { Change } from '../../src/plan/plan.ts';
import { Failure, failure } from '../../src/problem.ts';
import { desiredOf, type Files, liveOf, planOf } from '../plan/world.ts';
import { plan as documentOf } from '../render/documents.ts';

const began = '2026-11-01T12:00:00.000Z';
const later = '2026-11-01T12:00:05.000Z';
const earlier = '2026-11-01T11:59:59.000Z';

function changeOf(files: Files, live: readonly Record<string, unknown>[] = []): Change {
  const [change] = planOf(desiredOf(files), liveOf(live)).changes;
  if (change === undefined) throw new Error('the files change nothing');
  return change;
}
const create = (more: Record<string, unknown> = {}) => changeOf({ acme: { name: 'Acme', ...more } });
const update = () =>
  changeOf({ acme: { id: 'p0', name: 'Acme', tierId: 't2' } }, [
    { id: 'p0', name: 'Acme', domain: null, tierId: 't1' },
  ]);

const partner = (more: Record<string, unknown> = {}) => {
  const [one] = liveOf([{ id: 'p0', name: 'Acme', domain: null, tierId: 't2', createdAt: later, ...more }]);
  if (one === undefined) throw new Error('there is a partner');
  return one;
};
type Accepted = Extract<Written, { kind: 'accepted' }>;
const accepted = (more: Partial<Accepted>) =>
  ({
    kind: 'accepted',
    ended: 'usable answer',
    status: 201,
    partner: partner(),
    sentBefore: false,
    ...more,
  }) as Accepted;
const fateOf = (change: Change, more: Partial<Accepted>): Fate => judge(change, accepted(more), began, 7);

describe('an answer to a create is about it', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, boolean]>([
    ['with its name', {}, {}, true],
    ['with its name in another case', {}, { name: 'ACME' }, true],
    ['with its name and more', {}, { name: 'Acme Inc' }, true],
    ['with a part of its name', {}, { name: 'Ac' }, true],
    ['with another name', {}, { name: 'Globex' }, false],
    ['without a name', {}, { name: null }, true],
    [
      'with its domain and another name',
      { domain: 'acme.example' },
      { name: 'Globex', domain: 'ACME.example' },
      true,
    ],
    [
      'with another domain and another name',
      { domain: 'acme.example' },
      { name: 'Globex', domain: 'x.example' },
      false,
    ],
    ['without a domain and with another name', { domain: 'acme.example' }, { name: 'Globex' }, false],
    ['with a domain that was not sent', {}, { name: 'Globex', domain: 'acme.example' }, false],
  ])('%s: %j %j: %s', (_, sent, answered, isOurs) => {
    const fate = fateOf(create(sent), { partner: partner(answered) });
    expect(fate.known).toBe(isOurs ? 'accepted' : 'answer lost');
  });

  test('is reported where it is about another', () => {
    const fates = [
      fateOf(create(), { partner: partner({ id: 'p7', name: 'Globex' }) }),
      fateOf(create(), { partner: 'not a partner' }),
      fateOf(update(), { partner: partner({ id: 'p7' }) }),
      fateOf(update(), { partner: 'not a partner' }),
    ];
    expect(
      fates.map((fate) => ('problem' in fate ? `${fate.problem.code}: ${fate.problem.message}` : '')),
    ).toEqual([
      'ANSWER_ABOUT_ANOTHER: The answer to the create of acme is about p7.',
      'ANSWER_ABOUT_ANOTHER: The answer to the create of acme is about something that is no partner.',
      'ANSWER_ABOUT_ANOTHER: The answer to the update of p0 is about p7.',
      'ANSWER_ABOUT_ANOTHER: The answer to the update of p0 is about something that is no partner.',
    ]);
    expect(fates.map((fate) => 'sentAt' in fate && fate.sentAt)).toEqual([7, 7, 7, 7]);
  });

  test('counts where it can not be read', () => {
    expect(fateOf(create(), { partner: 'unread', status: 204 })).toEqual({
      known: 'accepted, unread',
      httpStatus: 204,
    });
  });
});

test.each<[string, string | null, boolean, boolean, boolean]>([
  ['made in this run', later, false, false, false],
  ['made at its beginning', began, false, false, false],
  ['made before', earlier, false, false, true],
  ['made before, and sent twice', earlier, true, true, true],
  ['found by a 200', later, true, false, true],
  ['found by a 200 of a second attempt', later, true, true, false],
  ['of unknown age', null, false, false, false],
])(
  'a partner %s (%s, found %s, sent before %s) is adopted: %s',
  (_, createdAt, wasFound, sentBefore, adopted) => {
    const status = wasFound ? 200 : 201;
    expect(fateOf(create(), { partner: partner({ createdAt }), status, sentBefore })).toMatchObject({
      adopted,
    });
    expect(fateOf(update(), { partner: partner({ createdAt }), status, sentBefore })).toMatchObject({
      adopted: false,
    });
  },
);

test('what was never sent, refused or lost is known as that', () => {
  const problem = failure('NETWORK', 'The connection broke.');
  const all: readonly Written[] = [
    { kind: 'never sent', ended: 'cut short', failure: null },
    {
      kind: 'refused',
      ended: 'usable answer',
      failure: failure('NETWORK', 'Introw refused it.', { httpStatus: 422 }),
    },
    { kind: 'lost', ended: 'no usable answer', failure: problem, last: problem, sentAt: 9 },
  ];
  const fates = all.map((written) => judge(create(), written, began, 7));
  expect(fates.map(({ known }) => known)).toEqual(['never sent', 'refused', 'answer lost']);
  expect(fates[1]).toMatchObject({ httpStatus: 422 });
  expect(fates[2]).toMatchObject({
    sentAt: 9,
    problem: {
      code: 'ANSWER_LOST',
      message: 'It was sent and the answer was lost, so it may have happened. The connection broke.',
    },
  });
});

describe('a result', () => {
  const problem = failure('NOT_DONE', 'It was not done.').problems[0];
  const error = { code: 'NOT_DONE', message: 'It was not done.', hint: problem.hint };
  const about = {
    address: 'acme',
    name: 'Acme',
    action: 'update',
    fields: ['tier'],
    partnerId: 'p0',
    httpStatus: null,
  };
  const nothing = { verified: false, adopted: false, keptByServer: [] };

  test.each<[Fate, object]>([
    [{ known: 'never sent' }, { ...about, ...nothing, status: 'skipped', error: null }],
    [
      { known: 'answer lost', problem, sentAt: 7 },
      { ...about, ...nothing, status: 'unknown', error },
    ],
    [
      { known: 'refused', problem, httpStatus: 422 },
      { ...about, ...nothing, status: 'failed', httpStatus: 422, error },
    ],
    [
      { known: 'not done', problem },
      { ...about, ...nothing, status: 'failed', error },
    ],
    [
      { known: 'accepted, unread', httpStatus: 204 },
      { ...about, ...nothing, status: 'applied', httpStatus: 204, error: null },
    ],
  ])('of %j', (fate, result) => {
    expect(resultOf(update(), fate)).toEqual(result);
  });

  test('says what Introw kept of what was sent', () => {
    const accept = (more: Record<string, unknown>) =>
      resultOf(update(), { known: 'accepted', partner: partner(more), httpStatus: 200, adopted: false });
    const applied = {
      ...about,
      status: 'applied',
      httpStatus: 200,
      verified: true,
      adopted: false,
      error: null,
    };
    expect(accept({})).toEqual({ ...applied, keptByServer: [], kept: [] });
    expect(accept({ tierId: 't9' })).toEqual({
      ...applied,
      keptByServer: ['tier'],
      kept: [{ field: 'tier', sent: 't2', kept: 't9' }],
    });
  });

  test('says nothing of a field that Introw does not show', () => {
    const portal = { experienceId: 'e1', access: 'RESTRICTED_USERS' };
    const shown = partner({ tierId: null, experienceTemplateId: 'e1' });
    const fate: Fate = { known: 'accepted', partner: shown, httpStatus: 201, adopted: false };
    expect(resultOf(create({ portal }), fate)).toMatchObject({ keptByServer: [], kept: [] });
  });

  test('of a create has the id that Introw gave, and none before', () => {
    const fate: Fate = { known: 'accepted', partner: partner({ id: 'p7' }), httpStatus: 201, adopted: true };
    expect(resultOf(create(), fate)).toMatchObject({ action: 'create', partnerId: 'p7', adopted: true });
    expect(resultOf(create(), { known: 'never sent' })).toMatchObject({ action: 'create', partnerId: null });
  });
});

test('a change is sent under the names of the API, and nothing else', () => {
  const portal = { experienceId: 'e1', access: 'RESTRICTED_USERS' };
  expect(requestBody(create({ tierId: 't1', ownerId: 'o1', portal }))).toEqual({
    name: 'Acme',
    tierId: 't1',
    partnerOwnerId: 'o1',
    experienceTemplateId: 'e1',
    portalAccess: 'RESTRICTED_USERS',
  });
  expect(requestBody(update())).toEqual({ tierId: 't2' });
});

test.each<[number, number | null, boolean, number | string]>([
  [2, null, false, 2],
  [2, 2, false, 2],
  [2, 3, true, 2],
  [2, 1, true, 1],
  [2, 1, false, 'CREDITS_SHORT: Not enough credits for 2 changes: 1 is left this month.'],
  [1, 0, false, 'CREDITS_SHORT: Not enough credits for 1 change: 0 are left this month.'],
  [1, 0, true, 0],
])('of %i changes, %s credits pay, partially %s, for %s', (count, creditsRemaining, partial, pays) => {
  const budget = {
    requestsSpent: 0,
    creditsRemaining,
    creditsLimit: 100,
    firstAnswerAt: null,
  } satisfies Budget;
  const changes = Array.from({ length: count }, update);
  const result = () => {
    try {
      return affordable(changes, budget, partial);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const [{ code, message }] = error.problems;
      return `${code}: ${message}`;
    }
  };
  expect(result()).toBe(pays);
});

describe('what is kept of a run', () => {
  const applied = (more: Partial<Accepted> = {}): Result => resultOf(create(), fateOf(create(), more));
  const skipped = () => resultOf(update(), { known: 'never sent' });
  const documentFor = (results: readonly Result[], stopped: Failure | null = null) =>
    outcomeDocument(
      {
        summary: {
          applied: results.filter(({ status }) => status === 'applied').length,
          failed: 0,
          unknown: 0,
          skipped: 0,
        },
        results,
        stopped: stopped === null ? null : stopped.problems[0],
      },
      {
        startedAt: began,
        finishedAt: later,
        budget: { requestsSpent: 3, creditsRemaining: 7, creditsLimit: 100, firstAnswerAt: null },
        version: '1.2.3',
      },
    );

  test('the outcome says when it was, and what is left costs', () => {
    const outcome = documentFor([applied(), skipped()]);
    expect(outcome).toMatchObject({
      formatVersion: '1.0',
      kind: 'outcome',
      tool: { name: 'introwctl', version: '1.2.3' },
      startedAt: began,
      finishedAt: later,
      cost: { requestsSpent: 3, requestsToApply: 1, creditsRemaining: 7, creditsLimit: 100 },
    });
    expect(outcome.results).toHaveLength(2);
  });

  test('the record says who and which fields, and no values', () => {
    const results = [
      applied(),
      applied({ partner: partner({ createdAt: earlier, name: 'Acme Inc' }) }),
      skipped(),
    ];
    expect(recordOf(documentFor(results), documentOf([]), 'https://ci.example/1')).toEqual({
      startedAt: began,
      finishedAt: later,
      url: 'https://ci.example/1',
      complete: true,
      stopped: null,
      results: [
        { handle: 'acme', partnerId: 'p0', status: 'applied', fields: ['name'], kept: [] },
        { handle: 'acme', partnerId: 'p0', status: 'adopted', fields: ['name'], kept: ['name'] },
        { handle: 'acme', partnerId: 'p0', status: 'skipped', fields: ['tier'], kept: [] },
      ],
    });
  });

  test('the record is complete only of a run of all handles that left nothing alone and was not stopped', () => {
    const left = [{ address: update().address, name: 'Acme', fields: ['tier'] }];
    const stopped = documentFor([], failure('INTERRUPTED', 'The run was interrupted.'));
    const { leftAlone: _, ...older } = { leftAlone: [], ...documentOf([]) };
    expect([
      recordOf(documentFor([]), older, null).complete,
      recordOf(documentFor([]), { ...older, leftAlone: [] }, null).complete,
      recordOf(documentFor([]), { ...older, leftAlone: left }, null).complete,
      recordOf(documentFor([]), { ...older, complete: false }, null).complete,
      recordOf(stopped, older, null).complete,
    ]).toEqual([true, true, false, false, false]);
    expect(recordOf(stopped, older, null).stopped).toBe('INTERRUPTED');
  });
});
