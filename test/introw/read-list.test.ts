import { describe, expect, test } from 'vitest';
import { readPaging } from '../../src/introw/paging-name.ts';
import { attempt, idsTo, outcome, serve, silent, speaking, unfollowable } from './list-server.ts';

const sizes = [0, 1, 99, 100, 101, 200, 250];

describe('a server that says how the list goes on is read with a request a page', () => {
  test.each(Object.entries(speaking))('%s', async (_, kind) => {
    const results = await Promise.all(sizes.map(async (size) => outcome(serve(kind, idsTo(size)).ask)));
    expect(results.map((text) => text.replace(/ by .*/, ''))).toEqual(
      sizes.map((size) => `${size} in ${Math.max(1, Math.ceil(size / 100))}`),
    );
    expect(results.at(-1)).toBe(`250 in 3 by ${kind.paging}`);
  });
});

describe('a server that says nothing is found out', () => {
  const extra = { page: 1, offset: 2, 'last-id:cursor': 2, 'last-id': 3, 'last-id:starting_after': 4 };
  const whole = { page: 3, offset: 4, 'last-id:cursor': 5, 'last-id': 6, 'last-id:starting_after': 7 };
  test.each(Object.entries(silent))('%s', async (name, kind) => {
    const results = await Promise.all(sizes.map(async (size) => outcome(serve(kind, idsTo(size)).ask)));
    const more = extra[name as keyof typeof extra];
    expect(results).toEqual([
      '0 in 1',
      '1 in 1',
      '99 in 1',
      `100 in ${whole[name as keyof typeof whole]} by ${name}`,
      `101 in ${2 + more} by ${name}`,
      `200 in ${3 + more} by ${name}`,
      `250 in ${3 + more} by ${name}`,
    ]);
  });

  test.each(Object.entries(silent))('%s, once paging is set', async (name, kind) => {
    const results = await Promise.all(
      sizes.map(async (size) => outcome(serve(kind, idsTo(size)).ask, { paging: name })),
    );
    expect(results.map((text) => text.replace(/ by .*/, ''))).toEqual([
      '0 in 1',
      '1 in 1',
      '99 in 1',
      '100 in 2',
      '101 in 2',
      '200 in 3',
      '250 in 3',
    ]);
  });

  test.each(Object.entries(silent))(
    '%s is found out with the requests that setting it saves',
    async (name, kind) => {
      for (const size of [100, 250]) {
        const found = await attempt(serve(kind, idsTo(size)).ask);
        const set = await attempt(serve(kind, idsTo(size)).ask, { paging: readPaging(name) });
        if (typeof found === 'string' || typeof set === 'string') expect.unreachable();
        expect([found.probes, set.probes]).toEqual([found.requests - set.requests, 0]);
      }
    },
  );

  test.each([10, 20, 25, 50])('also where it never gives more than %i', async (largest) => {
    for (const [name, kind] of Object.entries(silent))
      expect(await outcome(serve(kind, idsTo(101), { largest }).ask)).toMatch(
        new RegExp(`^101 in \\d+ by ${name}$`),
      );
  });

  test('page=2, offset, then the last id as cursor, after and starting_after', async () => {
    const server = serve(unfollowable['ignores what it doesn’t know'] ?? fail(), idsTo(250));
    expect(await outcome(server.ask)).toBe('LIST_MAY_BE_CUT_OFF');
    expect(server.asked).toEqual([
      {},
      { page: '2' },
      { offset: '100' },
      { cursor: 'ptn_99' },
      { after: 'ptn_99' },
      { starting_after: 'ptn_99' },
    ]);
  });

  test.each([
    ['page', [{ page: '2' }, { page: '1' }]],
    ['offset', [{ page: '2' }, { offset: '100' }, { offset: '0' }]],
    ['last-id:cursor', [{ page: '2' }, { offset: '100' }, { cursor: 'ptn_99' }]],
  ])('%s is believed once it has proved itself', async (name, queries) => {
    const server = serve(silent[name] ?? fail(), idsTo(150));
    expect(await outcome(server.ask)).toMatch(/^150 in/);
    expect(server.asked).toEqual([{}, ...queries]);
  });

  test('a list that changes while a form proves itself leaves it in doubt', async () => {
    const edit = (request: number, ids: readonly string[]) =>
      request === 2 ? ids.toSpliced(99, 1, 'ptn_new') : ids;
    expect(await outcome(serve(silent.page ?? fail(), idsTo(150), { edit }).ask)).toBe('LIST_MAY_BE_CUT_OFF');
  });

  test('a page of one partner, where that is the size that the server states', async () => {
    const from = ({ cursor = '' }, _: number, ids: readonly string[]) =>
      cursor === '' || ids.includes(cursor) ? ids.indexOf(cursor) + 1 : null;
    const kind = { from, says: () => ({ limit: 1 }) };
    expect(await outcome(serve(kind, idsTo(1), { largest: 1 }).ask)).toBe('1 in 5 by last-id:cursor');
    expect(await outcome(serve(kind, idsTo(3), { largest: 1 }).ask)).toBe('3 in 6 by last-id:cursor');
  });

  test('an empty page is not the end of a list that says that more follow', async () => {
    const kind = { from: silent.page?.from ?? fail, says: () => ({ hasMore: true }) };
    expect(await outcome(serve(kind, idsTo(100)).ask)).toBe('LIST_MAY_BE_CUT_OFF');
  });

  test('an empty page that proves nothing is asked about once', async () => {
    const server = serve(unfollowable['brings nothing for what it doesn’t know'] ?? fail(), idsTo(100));
    expect(await outcome(server.ask)).toBe('LIST_MAY_BE_CUT_OFF');
    expect(server.asked).toEqual([
      {},
      { page: '2' },
      { page: '1' },
      { offset: '100' },
      { cursor: 'ptn_99' },
      { after: 'ptn_99' },
      { starting_after: 'ptn_99' },
    ]);
  });

  test.each(Object.entries(unfollowable))('one that %s is never taken for complete', async (_, kind) => {
    for (const size of [100, 101, 150, 200, 250, 300])
      expect([size, await outcome(serve(kind, idsTo(size)).ask)]).toEqual([size, 'LIST_MAY_BE_CUT_OFF']);
    expect(await outcome(serve(kind, idsTo(100)).ask, { assumeComplete: true })).toBe('100 in 1');
  });
});

function fail(): never {
  throw new Error('no such server');
}

type Body = Record<string, unknown>;
type Answered = Body & { status?: number; headers?: Record<string, string> };

/** Answers given one after the other, the last again and again. */
function answers(...pages: readonly Answered[]) {
  let asked = 0;
  return async () => {
    const { status = 200, headers = {}, ...body } = pages[Math.min(asked++, pages.length - 1)] ?? {};
    return { status, headers, body };
  };
}

const page = (from: number, count: number, beside: Answered = {}): Answered => ({
  data: idsTo(from + count)
    .slice(from)
    .map((id) => ({ id, name: id })),
  ...beside,
});

describe('a short page is complete only without a word of more', () => {
  test.each<[string, Answered]>([
    ['links.next elsewhere than a partner list', { links: { next: 'nonsense://' } }],
    ['next as an object', { next: { anything: 1 } }],
    ['pagination.next as a list', { pagination: { next: ['x'] } }],
    ['hasNextPage', { pageInfo: { hasNextPage: true } }],
    ['has_next', { has_next: true }],
    ['hasMore as text', { hasMore: 'true' }],
    ['hasMore as 1', { meta: { has_more: 1 } }],
    ['hasMore as something else', { hasMore: 'perhaps' }],
    ['last: false', { last: false }],
    ['a total as text that no number is', { total: 'many' }],
    ['a total below the page', { total: 3 }],
    ['isTruncated', { isTruncated: true }],
    ['a marker', { bookmark: 'g1AAAA' }],
    ['an opaque offset', { offset: 'itrXYZ' }],
    ['206', { status: 206 }],
    ['a last page elsewhere', { headers: { link: '</api/v1/partners?page=5>; rel="last"' } }],
    ['a last page elsewhere, with a first one', { links: { first: '?page=1', last: '?page=5' } }],
    ['a Link header that is none', { headers: { link: 'rel="next" <https://api.introw.io>' } }],
    ['an empty first page with a total', { data: [], total: 5 }],
    ['an empty first page with more', { data: [], hasMore: true }],
    ['JSON in a header', { headers: { 'x-pagination': '{"hasNext":true}' } }],
    ['x-has-more', { headers: { 'x-has-more': 'true' } }],
  ])('%s', async (_, beside) => {
    const code = await outcome(answers(page(0, 90, beside)));
    expect(code).toMatch(/^(LIST_MAY_BE_CUT_OFF|LIST_NEVER_ENDS|LIST_INCOMPLETE|UNREADABLE_ANSWER)$/);
  });

  test.each<[string, Answered]>([
    ['nothing', {}],
    ['false and null', { hasMore: false, next: null, nextCursor: '', total: 90 }],
    ['hasMore "false"', { hasMore: 'false' }],
    [
      'what is about other things',
      { previousCursor: 'x', creditsRemaining: 62, served: 'fresh', requestId: 'a' },
    ],
    ['when to come again', { retryAfter: 5, headers: { 'x-retry-after': '5' } }],
    ['a total as text', { total: '90' }],
    ['the count of the page', { count: 90, limit: 100 }],
    [
      'this page as the last',
      { headers: { link: '</api/v1/partners?page=1&per_page=100>; rel="first last"' } },
    ],
    ['this page as the last, in links', { links: { last: '/api/v1/partners?limit=100', next: null } }],
    ['links of others', { headers: { link: '</docs>; rel="deprecation", </self>; rel=self' } }],
    [
      'rate limits',
      { headers: { 'x-ratelimit-remaining-minute': '119', 'x-introw-credits-remaining-month': '5' } },
    ],
  ])('%s says no more', async (_, beside) => {
    expect(await outcome(answers(page(0, 90, beside)))).toMatch(/^90 in 1/);
  });

  test('an empty page that states a size of 0 says no more', async () => {
    expect(await outcome(answers(page(0, 0, { limit: 0 })))).toBe('0 in 1');
  });

  test('the only page shows how the list would page', async () => {
    expect(await outcome(answers(page(0, 90, { nextCursor: null })))).toBe('90 in 1 by cursor');
    expect(await outcome(answers(page(0, 90)))).toBe('90 in 1');
  });

  test.each<[string, Body]>([
    ['self', { headers: { link: '</api/v1/partners>; rel="self"' } }],
    ['deprecation', { headers: { link: '</docs>; rel="deprecation"; title="what is next"' } }],
    ['nextpage, which is not next', { headers: { link: '</api/v1/partners>; rel=nextpage' } }],
  ])('a Link header with only %s leaves a full page in doubt', async (_, beside) => {
    expect(await outcome(answers(page(0, 100, beside)))).toBe('LIST_MAY_BE_CUT_OFF');
  });
});

describe('pages that come', () => {
  test.each<[string, Answered[], string]>([
    [
      'after the form was seen, its absence is the end',
      [page(0, 100, { nextCursor: 'a' }), page(100, 50)],
      '150 in 2',
    ],
    [
      'an empty page without the form is not',
      [page(0, 100, { nextCursor: 'a' }), page(100, 0)],
      'LIST_MAY_BE_CUT_OFF',
    ],
    [
      'unless the total is reached',
      [page(0, 100, { nextCursor: 'a' }), page(100, 0, { total: 100 })],
      '100 in 2',
    ],
    [
      'or it says that it is the last',
      [page(0, 100, { nextCursor: 'a' }), page(100, 0, { hasMore: false })],
      '100 in 2',
    ],
    [
      'an empty page in the middle',
      [
        page(0, 100, { nextCursor: 'a' }),
        page(0, 0, { nextCursor: 'b' }),
        page(100, 50, { nextCursor: null }),
      ],
      '150 in 3',
    ],
    [
      'repeats are dropped',
      [page(0, 100, { nextCursor: 'a' }), page(90, 100, { nextCursor: null })],
      '190 in 2',
    ],
    [
      'nothing but repeats on a page that says that it is the last',
      [page(0, 100, { nextCursor: 'a' }), page(0, 50, { nextCursor: null })],
      '100 in 2',
    ],
    [
      'a cursor that comes back',
      [page(0, 100, { nextCursor: 'a' }), page(100, 100, { nextCursor: 'a' })],
      'LIST_NEVER_ENDS',
    ],
    [
      'a next address that is this one',
      [page(0, 100, { next: '/api/v1/partners?limit=100' })],
      'LIST_NEVER_ENDS',
    ],
    [
      'pages that bring nothing new',
      [page(0, 100, { nextCursor: 'a' }), page(0, 100, { nextCursor: 'b' })],
      'LIST_NEVER_ENDS',
    ],
    [
      'a next address elsewhere',
      [page(0, 100, { next: 'https://elsewhere.example/?c=1' })],
      'UNREADABLE_ANSWER',
    ],
    ['another path', [page(0, 100, { next: '/api/v2/partners-export?c=1' })], 'UNREADABLE_ANSWER'],
    [
      'more, and the end of the form',
      [page(0, 100, { hasMore: true, nextCursor: null })],
      'LIST_MAY_BE_CUT_OFF',
    ],
    [
      'words for more after the form was seen',
      [page(0, 100, { nextCursor: 'a' }), page(100, 50, { hasMore: true })],
      'LIST_MAY_BE_CUT_OFF',
    ],
    [
      'a smaller page size',
      [page(0, 20, { nextCursor: 'a' }), page(20, 20, { nextCursor: null })],
      '40 in 2',
    ],
    ['a page size that is told', [page(0, 37, { limit: 37 })], 'LIST_MAY_BE_CUT_OFF'],
    ['no list', [{ partners: [] }], 'UNREADABLE_ANSWER'],
    ['a list within data', [{ data: { partners: [] } }], 'UNREADABLE_ANSWER'],
    ['a partner without an id', [{ data: [{ name: 'Acme' }] }], 'UNREADABLE_ANSWER'],
  ])('%s', async (_, pages, result) => {
    expect((await outcome(answers(...pages))).replace(/ by .*/, '')).toBe(result);
  });

  test('a parameter of another name is found', async () => {
    const kind = {
      from: (query: Record<string, string>) => Number(query.after ?? 0),
      says: speaking.nextCursor?.says,
    };
    const server = serve(
      { ...kind, says: ({ end, total }) => ({ nextCursor: end < total ? String(end) : null }) },
      idsTo(250),
    );
    expect(await outcome(server.ask)).toBe('250 in 4 by cursor:after');
    expect(server.asked.map((query) => Object.keys(query).join())).toEqual(['', 'cursor', 'after', 'after']);
  });

  test('a server may refuse the names that its parameter does not have', async () => {
    const from = ({ cursor, after = '0' }: Readonly<Record<string, string>>) =>
      cursor === undefined ? Number(after) : null;
    const says = ({ end, total }: { end: number; total: number }) => ({
      nextCursor: end < total ? String(end) : null,
    });
    expect(await outcome(serve({ from, says }, idsTo(250)).ask)).toBe('250 in 4 by cursor:after');
  });

  test('but not the address that it gave itself', async () => {
    const from = (query: Readonly<Record<string, string>>) => ('page' in query ? null : 0);
    const server = serve({ from, says: () => ({ next: '?page=2' }) }, idsTo(250));
    await expect(outcome(server.ask)).rejects.toThrow('refused');
  });

  test('pages that are followed by number end with a short one, unless it says that more follow', async () => {
    const pages = [page(0, 100), page(100, 50, { hasMore: true }), page(150, 50)];
    expect(await outcome(answers(...pages), { paging: 'page' })).toBe('200 in 3 by page');
  });

  test('each page is reported with what was read so far and the highest total that was stated', async () => {
    const read = async (...pages: readonly Answered[]) => {
      const seen: unknown[] = [];
      const onPage = (partners: number, total: number | null) => seen.push([partners, total]);
      const listing = await attempt(answers(...pages), { onPage });
      return [...seen, typeof listing === 'string' ? listing : listing.total];
    };
    expect(await read(page(0, 100, { nextCursor: 'a' }), page(100, 50))).toEqual([
      [100, null],
      [150, null],
      null,
    ]);
    expect(await read(page(0, 100, { total: 151, nextCursor: 'a' }), page(100, 51, { total: 150 }))).toEqual([
      [100, 151],
      [151, 151],
      151,
    ]);
  });

  test.each([3, 250])(
    'page.total %i may be of pages or of partners, so that a short page decides',
    async (total) => {
      const kind = { ...speaking['page of totalPages'], from: silent.page?.from ?? fail };
      const says = ({ start, size }: { start: number; size: number }) => ({
        page: { number: start / size + 1, total },
      });
      expect(await outcome(serve({ ...kind, says }, idsTo(250)).ask)).toBe('250 in 3 by page');
    },
  );

  test('hasMore without a way is found out as well, and ends where it says so', async () => {
    const kind = silent['last-id:starting_after'] ?? fail();
    const server = serve({ ...kind, says: ({ end, total }) => ({ has_more: end < total }) }, idsTo(200));
    expect(await outcome(server.ask)).toBe('200 in 6 by last-id:starting_after');
  });
});
