/** What one answer of a list says of what follows it, and why, where it says too little or too much. */
import { describe, expect, test } from 'vitest';
import { judgePage, ownNumber } from '../../src/introw/judge-page.ts';
import { type ListAnswer, readPageWords } from '../../src/introw/page-words.ts';
import { pagingForms } from '../../src/introw/paging-forms.ts';
import { formCalled, pagingText, parametersOf, readPaging } from '../../src/introw/paging-name.ts';

const partners = 'https://api.introw.io/api/v1/partners';

type Asked = {
  readonly body: unknown;
  readonly status?: number;
  readonly headers?: ListAnswer['headers'];
  /** What was asked for; the first page where it isn't given. */
  readonly asked?: Readonly<Record<string, string>>;
  /** How many partners this page has, and how many were read with it. */
  readonly count?: number;
  readonly read?: number;
  readonly first?: { readonly count: number; readonly number: number | null };
  readonly paging?: string;
  readonly assumeComplete?: boolean;
  readonly list?: string;
};

function judged(given: Asked) {
  const { body, status = 200, headers = {}, asked = {}, count = 100, read = count, first = null } = given;
  const { list = partners } = given;
  const answer = { status, headers, body };
  const context = { asked, list, count, read, first };
  const paging = given.paging === undefined ? null : readPaging(given.paging);
  return judgePage(answer, context, paging, given.assumeComplete ?? false);
}

function verdictOf(given: Asked): string {
  const { verdict } = judged(given);
  switch (verdict.kind) {
    case 'ask':
      return `${verdict.form}: ${verdict.queries.map((query) => new URLSearchParams(query).toString()).join(' or ')}`;
    case 'end':
      return `end by ${verdict.form}`;
    case 'more':
      return `more (${verdict.by}): ${verdict.because}`;
    case 'unclear':
      return `unclear: ${verdict.because}`;
    case 'silent':
      return 'silent';
  }
}

const page2 = { asked: { page: '2' }, read: 200, first: { count: 100, number: 1 } };

describe('an answer is followed by the form that it names', () => {
  test.each<[Asked, string]>([
    [{ body: { nextCursor: 'a' } }, 'cursor: cursor=a or after=a or nextCursor=a'],
    [{ body: { nextCursor: null } }, 'end by cursor'],
    [
      { body: { nextCursor: null, meta: { nextCursor: 'a' } } },
      'cursor: cursor=a or after=a or nextCursor=a',
    ],
    [{ body: { meta: { page_cursor: 'a' } } }, 'cursor: cursor=a or after=a or page_cursor=a'],
    [{ body: { page: 1, totalPages: 3 } }, 'page: page=2'],
    [{ body: { page: 3, totalPages: 3 }, ...page2 }, 'end by page'],
    [{ body: { page: 1, perPage: 100, totalPages: 3 } }, 'page: page=2'],
    [{ body: { page: 0, totalPages: 2 } }, 'page: page=1'],
    // Of two numbers the higher: a page too many costs a request, one too few loses partners.
    [{ body: { page: 1, totalPages: 1, meta: { totalPages: 3 } } }, 'page: page=2'],
    [
      { body: { page: 1, totalPages: 2 }, asked: { page: '1' }, read: 200, first: { count: 100, number: 0 } },
      'end by page',
    ],
    [{ body: { offset: 0, total: 250 } }, 'offset: offset=100'],
    [
      {
        body: { offset: 200, total: 250 },
        count: 50,
        read: 250,
        asked: { offset: '200' },
        first: { count: 100, number: null },
      },
      'end by offset',
    ],
    [{ body: { nextOffset: 100 } }, 'offset: offset=100'],
    [{ body: { nextPage: 2 } }, 'next-page: page=2'],
    [{ body: { next: 2 } }, 'next-page: page=2'],
    [{ body: { next: '2' } }, 'next-page: page=2'],
    [{ body: { next: 'a' } }, 'cursor: cursor=a or after=a or next=a'],
    [{ body: { next: null } }, 'end by next-page'],
    [{ body: { next: '' } }, 'end by next-page'],
    [{ body: { next: '/api/v1/partners?page=2' } }, 'links: page=2'],
    [{ body: { next: './partners?page=2' } }, 'links: page=2'],
    [
      { body: { next: 'http://localhost/api/v1/partners?page=2' }, list: 'http://localhost/api/v1/partners' },
      'links: page=2',
    ],
    [{ body: { links: { next: '?cursor=a' } } }, 'links: cursor=a'],
    [{ body: {}, headers: { link: '<?page=2>; rel=next' } }, 'link: page=2'],
    [{ body: {}, headers: { link: '<?page=1>; rel=prev' } }, 'end by link'],
    [{ body: {}, headers: { link: '<?page=1>; rel=first' } }, 'end by link'],
    [{ body: {}, headers: { link: '<?page=1>; rel=up' } }, 'silent'],
    [{ body: { page: 1 } }, 'page: page=2'],
    [{ body: { page: 1 }, count: 99 }, 'silent'],
    [{ body: { page: 1 }, count: 50 }, 'page: page=2'],
    [{ body: { page: 1, perPage: 30 }, count: 30 }, 'page: page=2'],
    [{ body: { page: 1, perPage: 30 }, count: 29 }, 'silent'],
    [{ body: { page: 1, hasMore: true }, count: 3 }, 'page: page=2'],
    [{ body: { page: 1, hasMore: false } }, 'end by page'],
    [{ body: { page: 1, total: 100 } }, 'end by null'],
    [{ body: { page: 1, total: 101 } }, 'page: page=2'],
    [{ body: { page: 1, total: 100, hasMore: true } }, 'page: page=2'],
    [{ body: { page: 2 }, ...page2 }, 'page: page=3'],
    [{ body: { page: 2 }, ...page2, count: 99, read: 199 }, 'silent'],
    [{ body: { page: 2 }, ...page2, count: 0, read: 100 }, 'end by page'],
    [{ body: { page: 1 }, count: 0 }, 'silent'],
    [{ body: { offset: 0 }, count: 0 }, 'end by offset'],
  ])('%j: %s', (asked, says) => {
    expect(verdictOf(asked)).toBe(says);
  });
});

/** First pages of a list of 250, as well-known frameworks and services answer. */
describe('an answer as it is in the wild is followed', () => {
  const url = (query: string) => `${partners}?${query}`;
  test.each<[string, Omit<Asked, 'count'>, string]>([
    [
      'Laravel',
      {
        body: {
          current_page: 1,
          first_page_url: url('page=1'),
          from: 1,
          last_page: 3,
          last_page_url: url('page=3'),
          links: [
            { url: null, label: '&laquo; Previous', active: false },
            { url: url('page=2'), label: 'Next &raquo;', active: false },
          ],
          next_page_url: url('page=2'),
          path: partners,
          per_page: 100,
          prev_page_url: null,
          to: 100,
          total: 250,
        },
      },
      'links: page=2',
    ],
    [
      'Laravel resources',
      {
        body: {
          links: { first: url('page=1'), last: url('page=3'), prev: null, next: url('page=2') },
          meta: {
            current_page: 1,
            from: 1,
            last_page: 3,
            path: partners,
            per_page: 100,
            to: 100,
            total: 250,
          },
        },
      },
      'links: page=2',
    ],
    ['Django REST', { body: { count: 250, next: url('page=2'), previous: null } }, 'links: page=2'],
    [
      'Spring',
      { body: { page: { size: 100, totalElements: 250, totalPages: 3, number: 0 } } },
      'page: page=1',
    ],
    [
      'Spring, older',
      {
        body: {
          totalPages: 3,
          totalElements: 250,
          last: false,
          first: true,
          size: 100,
          number: 0,
          numberOfElements: 100,
        },
      },
      'page: page=2',
    ],
    [
      'JSON:API',
      {
        body: {
          links: { self: url('page[number]=1'), next: url('page[number]=2'), last: url('page[number]=3') },
        },
      },
      'links: page%5Bnumber%5D=2',
    ],
    [
      'GitLab',
      {
        body: {},
        headers: {
          'x-next-page': '2',
          'x-page': '1',
          'x-per-page': '100',
          'x-prev-page': '',
          'x-total': '250',
          'x-total-pages': '3',
        },
      },
      'next-page: page=2',
    ],
    [
      'will_paginate',
      {
        body: { meta: { current_page: 1, next_page: 2, prev_page: null, total_pages: 3, total_count: 250 } },
      },
      'next-page: page=2',
    ],
    [
      'api-pagination',
      { body: {}, headers: { 'per-page': '100', total: '250', link: '<?page=2>; rel="next"' } },
      'link: page=2',
    ],
    [
      'Stripe',
      { body: { object: 'list', has_more: true, url: '/v1/partners' } },
      'more (words): it says that more follow',
    ],
    [
      'HubSpot',
      { body: { paging: { next: { after: '100', link: url('after=100') } } } },
      'cursor: after=100',
    ],
    [
      'Slack',
      { body: { response_metadata: { next_cursor: 'dXNlcg==' } } },
      'cursor: cursor=dXNlcg%3D%3D or after=dXNlcg%3D%3D',
    ],
    ['Google', { body: { nextPageToken: 'abc' } }, 'token'],
    ['OData', { body: { '@odata.count': 250, '@odata.nextLink': url('$skip=100') } }, 'links: %24skip=100'],
  ])('%s', (_, asked, says) => {
    expect(verdictOf({ ...asked, count: 100 })).toContain(says);
  });
});

describe('an answer that names no form', () => {
  test.each<[Asked, string]>([
    [{ body: {} }, 'silent'],
    [{ body: { hasMore: true } }, 'more (words): it says that more follow'],
    [{ body: { hasMore: false } }, 'end by null'],
    [{ body: { total: 250 } }, 'more (total): it states a total of 250'],
    [{ body: { total: 100 } }, 'end by null'],
    [{ body: { total: 250 }, count: 50, read: 250 }, 'end by null'],
    [{ body: {}, status: 206 }, 'more (words): it was answered with 206 (partial content)'],
    [{ body: { total: 100 }, status: 206 }, 'more (words): it was answered with 206 (partial content)'],
    // A count is a total for some, and the size of the page for others.
    [{ body: { count: 250 } }, 'more (total): it states a total of 250'],
    [{ body: { page: { total: 250 } } }, 'more (total): it states a total of 250'],
    [{ body: { count: 101 } }, 'more (total): it states a total of 101'],
    [{ body: { count: 100 } }, 'silent'],
    [{ body: { count: 100 }, count: 50 }, 'silent'],
    [{ body: { count: 99 } }, 'silent'],
    [{ body: { count: 50 }, count: 50, read: 48 }, 'silent'],
    [{ body: { count: 50 }, count: 40, read: 140 }, 'silent'],
    [{ body: { count: 140 }, count: 40, read: 140 }, 'silent'],
    [{ body: { count: 250, total: 100 } }, 'end by null'],
  ])('%j: %s', (asked, says) => {
    expect(verdictOf(asked)).toBe(says);
  });
});

describe('an answer that says what nobody understands', () => {
  const unclear = (place: string) =>
    `unclear: it says something in ${place} that introwctl doesn't understand`;
  test.each<[Asked, string]>([
    [{ body: { bookmark: 'x' } }, unclear('bookmark')],
    [{ body: { bookmark: 'x' }, assumeComplete: true }, 'silent'],
    [
      { body: { bookmark: 'x', hasMore: true }, assumeComplete: true },
      'more (words): it says that more follow',
    ],
    [{ body: { bookmark: 'x', nextCursor: 'a' } }, 'cursor: cursor=a or after=a or nextCursor=a'],
    // A total below what the page holds is none of partners.
    [{ body: { meta: { total: 3 } } }, unclear('meta.total')],
    [{ body: { total: 3 }, count: 2 }, 'more (total): it states a total of 3'],
    [{ body: { total: 3 }, count: 100, read: 200 }, 'end by null'],
    [{ body: { total: 0 }, count: 0 }, 'end by null'],
    // The first page is the last, and the last is a later one.
    [{ body: { links: { last: '?page=5' } } }, unclear('links.last')],
    [{ body: {}, headers: { link: '<?offset=400>; rel=last' } }, unclear('the Link header')],
    [{ body: { links: { last: '?skip=4' } } }, unclear('links.last')],
    [{ body: { links: { last: '?limit=100&page=5' } } }, unclear('links.last')],
    [{ body: { limit: 100, total: 3 } }, unclear('total')],
    [{ body: { links: { last: '?page=1' } } }, 'silent'],
    [{ body: { links: { last: '?page_size=100' } } }, 'silent'],
    [{ body: { links: { last: '?per_page=100' } } }, 'silent'],
    [{ body: { links: { last: '?cursor=7' } } }, 'silent'],
    [{ body: { links: { last: '?page=x' } } }, 'silent'],
    [{ body: { links: { last: 'http://[' } } }, 'silent'],
    [{ body: { links: { last: '?page=5' } }, ...page2 }, 'silent'],
  ])('%j: %s', (asked, says) => {
    expect(verdictOf(asked)).toBe(says);
  });
});

describe('a form that was given', () => {
  test.each<[Asked, string]>([
    [{ body: { nextCursor: 'a' }, paging: 'cursor:token' }, 'cursor: token=a'],
    [{ body: { page: 1, totalPages: 3, nextCursor: 'a' }, paging: 'page' }, 'page: page=2'],
    [{ body: { page: 1, totalPages: 3 }, paging: 'page:p' }, 'page: p=2'],
    [
      {
        body: { totalPages: 3 },
        paging: 'page:p',
        asked: { p: '2' },
        read: 200,
        first: { count: 100, number: null },
      },
      'page: p=3',
    ],
    [{ body: { nextCursor: 'a' }, paging: 'page' }, 'more (words): it goes on by cursor'],
    [
      { body: { nextCursor: 'a' }, paging: 'link' },
      'unclear: it goes on by cursor, and paging is set to link',
    ],
    [{ body: {}, paging: 'page' }, 'silent'],
  ])('%j: %s', (asked, says) => {
    expect(verdictOf(asked)).toBe(says);
  });
});

test('an answer says its own number, its size and the total', () => {
  const answer = { status: 200, headers: {}, body: { page: 2, perPage: 50, total: 7 } };
  expect(ownNumber(answer)).toBe(2);
  expect(ownNumber({ ...answer, body: {} })).toBeNull();
  const { size, total } = judged({ body: answer.body, count: 7 });
  expect({ size, total, same: readPageWords(answer).total }).toEqual({ size: 50, total: 7, same: 7 });
});

describe('the name of a form', () => {
  test.each([
    ['cursor', 'cursor', ['cursor', 'after']],
    ['page', 'page', ['page']],
    ['page:page', 'page', ['page']],
    ['page:p', 'page:p', ['p']],
    ['cursor:page[after]', 'cursor:page[after]', ['page[after]']],
    ['cursor:_a.b-c', 'cursor:_a.b-c', ['_a.b-c']],
    ['last-id', 'last-id', ['after', 'starting_after']],
    ['link', 'link', []],
  ])('%s reads as %s, with the parameters %j', (name, text, parameters) => {
    const paging = readPaging(name);
    expect(paging === null ? null : [pagingText(paging), parametersOf(paging)]).toEqual([text, parameters]);
  });

  test.each([
    '',
    'nothing',
    'Page',
    'page:',
    'page:1',
    'page:a b',
    'page:p:q',
    'page x',
    ' page',
    'link:x',
    'links:next',
  ])('%j is none', (name) => {
    expect(readPaging(name)).toBeNull();
  });

  test('finds each form', () => {
    for (const form of pagingForms) expect(formCalled(form.name)).toBe(form);
    expect(() => formCalled('none' as 'page')).toThrow('no paging form is called none');
  });
});
