import { expect, test } from 'vitest';
import { followPages, nextOf } from '../../src/introw/pages.ts';
import { parsePartner } from '../../src/introw/parse-partner.ts';
import { Failure } from '../../src/problem.ts';

const origin = 'https://api.introw.io';
const seen = { link: '', origin, read: 100, count: 100 };

test.each([
  ['nextCursor', { nextCursor: 'a+b/' }, { cursor: 'a+b/' }],
  ['next_cursor under pagination', { pagination: { next_cursor: 'x' } }, { cursor: 'x' }],
  ['cursor.next under meta', { meta: { cursor: { next: 'x' } } }, { cursor: 'x' }],
  ['a cursor that is null', { nextCursor: null }, 'end'],
  ['a cursor with hasMore false', { nextCursor: 'x', hasMore: false }, 'end'],
  ['hasMore without a way on', { hasMore: true }, 'lost'],
  ['has_more false', { has_more: false }, 'end'],
  ['page of totalPages', { meta: { page: 1, totalPages: 3 } }, { page: '2' }],
  ['the last page', { meta: { page: 3, total_pages: 3 } }, 'end'],
  ['offset of total', { pagination: { offset: 0, total: 250 } }, { offset: '100' }],
  ['the last offset', { pagination: { offset: 200, total: 250 } }, { offset: '300' }],
  ['a total that is reached', { total: 100 }, 'end'],
  ['nothing', {}, 'unsaid'],
])('%s', (_, beside, next) => {
  const reached = JSON.stringify(beside).includes('"offset":200') ? { ...seen, count: 50 } : seen;
  expect(nextOf({ data: [], ...beside }, reached).next).toEqual(reached === seen ? next : 'end');
});

test('a Link header is followed on its own origin and refused on another', () => {
  const at = (link: string) => nextOf({ data: [] }, { ...seen, link }).next;
  expect(at('<https://api.introw.io/api/v1/partners?limit=100&cursor=x%2B>; rel="next"')).toEqual({
    cursor: 'x+',
  });
  expect(at('</api/v1/partners?cursor=a>; rel="first", </api/v1/partners?cursor=b>; rel="next"')).toEqual({
    cursor: 'b',
  });
  expect(at('</api/v1/partners?cursor=a>; rel="prev"')).toBe('end');
  expect(() => at('<https://elsewhere.example/?cursor=x>; rel="next"')).toThrow(Failure);
});

type Body = Record<string, unknown>;

/** Follows answers given one after the other; the ids that were read, or the code of the failure. */
async function follow(bodies: readonly Body[], assumeComplete = false): Promise<string> {
  const asked: unknown[] = [];
  const ids = new Set<string>();
  const read = async (query: unknown) => {
    const body = bodies[Math.min(asked.length, bodies.length - 1)];
    asked.push(query);
    return { body, link: '', parse: (json: unknown) => parsePartner(json, 'the test') };
  };
  try {
    for await (const { partners } of followPages({ origin, assumeComplete }, read))
      for (const { id } of partners) ids.add(id);
    return `${ids.size} in ${asked.length}`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems[0].code;
  }
}

const page = (from: number, count: number, beside: Body = {}) => ({
  data: Array.from({ length: count }, (_, index) => ({ id: `p${from + index}` })),
  ...beside,
});

test.each([
  ['a short page without a word is whole', [page(0, 99)], '99 in 1'],
  ['a full page without a word may be cut off', [page(0, 100)], 'LIST_MAY_BE_CUT_OFF'],
  ['so may a round one', [page(0, 50)], 'LIST_MAY_BE_CUT_OFF'],
  [
    'after the form was seen, its absence is the end',
    [page(0, 100, { nextCursor: 'a' }), page(100, 50)],
    '150 in 2',
  ],
  ['repeats are dropped', [page(0, 100, { nextCursor: 'a' }), page(90, 100)], '190 in 2'],
  [
    'a stated total that is not reached',
    [page(0, 100, { nextCursor: 'a', total: 250 }), page(100, 100, { nextCursor: null, total: 250 })],
    'LIST_INCOMPLETE',
  ],
  [
    'a cursor that comes back',
    [page(0, 100, { nextCursor: 'a' }), page(100, 100, { nextCursor: 'a' })],
    'LIST_NEVER_ENDS',
  ],
  [
    'pages that bring nothing new',
    [page(0, 100, { nextCursor: 'a' }), page(0, 100, { nextCursor: 'b' })],
    'LIST_NEVER_ENDS',
  ],
  ['a smaller page size', [page(0, 20, { nextCursor: 'a' }), page(20, 20, { nextCursor: null })], '40 in 2'],
  [
    'an offset advances by what came',
    [page(0, 20, { offset: 0, total: 30 }), page(20, 10, { offset: 20, total: 30 })],
    '30 in 2',
  ],
  ['no list at all', [{ partners: [] }], 'UNREADABLE_ANSWER'],
  ['a partner without an id', [{ data: [{ name: 'Acme' }] }], 'UNREADABLE_ANSWER'],
] as const)('%s', async (_, bodies, result) => {
  expect(await follow(bodies)).toBe(result);
});

test('--assume-complete takes a full page for the whole list', async () => {
  expect(await follow([page(0, 100)], true)).toBe('100 in 1');
});
