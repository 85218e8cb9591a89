/** What doctor concludes: whether a key is fit for work, and whether another may take its place. */
import { describe, expect, test } from 'vitest';
import { type CurrentFound, diagnose, isWell, type NextFound } from '../../src/plan/diagnosis.ts';

const list = { paging: null, probes: 0, pageSize: 2 } as unknown as NonNullable<
  CurrentFound['listed']
>['list'];
const current: CurrentFound = {
  fingerprint: 'one',
  proxy: null,
  write: true,
  listed: { ids: ['p0', 'p1'], list, requests: 2 },
  budget: { requestsSpent: 3, creditsRemaining: 50, creditsLimit: 100 } as CurrentFound['budget'],
};
const next: NextFound = {
  fingerprint: 'two',
  read: true,
  write: true,
  sameOrganisation: true,
  problem: null,
  requestsSpent: 2,
};

test('says what the key may do, what it saw, and what a plan costs', () => {
  expect(diagnose(current, null, null)).toEqual({
    fingerprint: 'one',
    proxy: null,
    read: true,
    write: true,
    contains: null,
    partners: 2,
    list,
    creditsRemaining: 50,
    creditsLimit: 100,
    requestsSpent: 3,
    planCost: 2,
    nextKey: null,
  });
  const blind = diagnose({ ...current, listed: null }, next, 'p0');
  expect(blind).toMatchObject({
    read: false,
    partners: null,
    list: null,
    contains: { id: 'p0', there: false },
    requestsSpent: 5,
    planCost: 1,
  });
});

describe('all is well', () => {
  test.each<[string, Partial<CurrentFound>, string | null, boolean]>([
    ['the key may read and write', {}, null, true],
    ['writing was not probed', { write: null }, null, true],
    ['the key may not write', { write: false }, null, false],
    ['the key may not read', { listed: null }, null, false],
    ['the partner that must be there is', {}, 'p1', true],
    ['the partner that must be there is not', {}, 'p9', false],
  ])('where %s: %j %s %s', (_, found, contains, well) => {
    expect(isWell(diagnose({ ...current, ...found }, null, contains))).toBe(well);
  });
});

describe('the next key may take the place of the current one', () => {
  test.each<[string, Partial<CurrentFound>, Partial<NextFound>, string | null]>([
    ['it may do the same', {}, {}, null],
    ['neither may write', { write: false }, { write: false }, null],
    ['only the next may write', { write: false }, { write: true }, null],
    ['it is the same key', {}, { fingerprint: 'one' }, 'the next key is the current key'],
    [
      'it could not be checked',
      {},
      { problem: { code: 'NETWORK', message: '', hint: '' } as NextFound['problem'], read: false },
      "the next key couldn't be checked",
    ],
    ['it may not read', {}, { read: false, sameOrganisation: null }, 'the next key may not read partners'],
    [
      'it is of another organisation',
      {},
      { sameOrganisation: false },
      'the next key opens another organisation',
    ],
    [
      'neither sees a partner',
      {},
      { sameOrganisation: null },
      'no partner shows that both keys open the same organisation',
    ],
    [
      'writing was not probed',
      { write: null },
      { write: null },
      "it isn't known which of the keys may write: pass --probe-write",
    ],
    [
      'writing is known of the current key alone',
      {},
      { write: null },
      "it isn't known which of the keys may write: pass --probe-write",
    ],
    [
      'writing is known of the next key alone',
      { write: null },
      {},
      "it isn't known which of the keys may write: pass --probe-write",
    ],
    ['it may not write', {}, { write: false }, 'the next key may not write partners'],
  ])('where %s: %j %j: %s', (_, found, other, because) => {
    const diagnosis = diagnose({ ...current, ...found }, { ...next, ...other }, null);
    const { requestsSpent: __, ...kept } = { ...next, ...other };
    expect(diagnosis.nextKey).toEqual({ ...kept, mayReplace: because === null, because });
    expect(isWell(diagnosis)).toBe(because === null);
  });
});
