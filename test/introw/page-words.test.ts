/** What an answer says about the list next to its partners, under the many names that APIs have for it. */
import { describe, expect, test } from 'vitest';
import { type ListAnswer, readPageWords } from '../../src/introw/page-words.ts';

const answer = (body: unknown, headers: ListAnswer['headers'] = {}): ListAnswer => ({
  status: 200,
  headers,
  body,
});
const said = (all: ListAnswer, asked = {}) => {
  const { words, links, more, total } = readPageWords(all, asked);
  return {
    words: words.map(({ kind, path, value }) => `${kind} ${path} ${JSON.stringify(value)}`),
    ...(links.length === 0 ? {} : { links }),
    ...(more === null ? {} : { more }),
    ...(total === null ? {} : { total }),
  };
};

describe('a name of each kind', () => {
  test.each<[string, readonly string[]]>([
    [
      'more',
      [
        'hasMore',
        'has_more',
        'more',
        'isMore',
        'has_more_pages',
        'moreResults',
        'hasNext',
        'has_next_page',
        'isTruncated',
        'truncated',
      ],
    ],
    [
      'token',
      [
        'nextToken',
        'next_page_token',
        'pageToken',
        'continuationToken',
        'scrollToken',
        'continuation',
        'nextMarker',
      ],
    ],
    ['endCursor', ['endCursor', 'end_cursor']],
    ['cursor', ['cursor', 'nextCursor', 'next_cursor']],
    ['url', ['nextUrl', 'nextLink', '@odata.nextLink', 'next_page_url', 'nextHref', 'nextUri']],
    ['nextOffset', ['nextOffset', 'next_offset']],
    ['nextPage', ['nextPage', 'next_page', 'nextPageNumber']],
    ['next', ['next', '@next']],
    [
      'pages',
      [
        'totalPages',
        'total_page_count',
        'lastPage',
        'last_page',
        'pageCount',
        'numPages',
        'numberOfPages',
        'maxPage',
        'pages',
      ],
    ],
    ['page', ['page', 'thisPage', 'currentPage', 'page_number', 'pageIndex', 'pageNo']],
    ['offset', ['offset', 'skip', 'startIndex']],
    [
      'total',
      [
        'total',
        'totalCount',
        'total_partners',
        'totalRecords',
        'total_items',
        'totalResults',
        'totalElements',
        'totalRows',
        'totalEntries',
        'totalHits',
        'totalSize',
        'total_number',
        'partnersTotal',
        'itemCount',
        'records_count',
        'resultsTotal',
        'rowCount',
      ],
    ],
    ['count', ['count']],
    ['size', ['limit', 'perPage', 'itemsPerPage', 'per_page', 'pageSize', 'page_limit']],
  ])('%s', (kind, names) => {
    const values: Record<string, unknown> = {
      more: true,
      url: '/x',
      token: 'a',
      cursor: 'a',
      endCursor: 'a',
      next: 'a',
    };
    const value = values[kind] ?? 7;
    const found = names.map((name) => [name, said(answer({ [name]: value })).words]);
    expect(found).toEqual(names.map((name) => [name, [`${kind} ${name} ${JSON.stringify(value)}`]]));
  });

  test.each<[string, unknown, string]>([
    ['within another object', { pagination: { nextCursor: 'a' } }, 'cursor pagination.nextCursor "a"'],
    ['in a path of objects', { paging: { next: { after: 'a' } } }, 'after paging.next.after "a"'],
    ['as the next of cursors', { cursors: { next: 'a' } }, 'cursor cursors.next "a"'],
    ['as the next of links', { links: { next: '/x' } }, 'url links.next "/x"'],
    [
      'in a list of links',
      {
        links: [
          { rel: 'prev', href: '/p' },
          { rel: 'next', href: '/x' },
        ],
      },
      'url links[1] "/x"',
    ],
    ['in a list of links, as a url', { links: [{ rel: 'next', url: '/x' }] }, 'url links[0] "/x"'],
    ['in a list of links, as a uri', { links: [{ rel: 'next', uri: '/x' }] }, 'url links[0] "/x"'],
    ['as the href of next', { next: { href: '/x' } }, 'url next.href "/x"'],
    ['as the offset of next', { next: { skip: 100 } }, 'nextOffset next.skip 100'],
    ['as the page of next', { next: { page: 2 } }, 'nextPage next.page 2'],
    ['as the number of a page', { page: { number: 2 } }, 'page page.number 2'],
    ['as the current of a pagination', { pagination: { current: 2 } }, 'page pagination.current 2'],
    ['as the size of a page', { page: { size: 50 } }, 'size page.size 50'],
    ['as the total of a page, which may be of pages', { page: { total: 50 } }, 'pageTotal page.total 50'],
    ['as the value of a total', { total: { value: 50 } }, 'total total.value 50'],
  ])('%s', (_, body, word) => {
    expect(said(answer(body)).words).toEqual([word]);
  });

  test('is found five objects deep, and not in partners', () => {
    const deep = { a: { b: { c: { d: { e: { total: 7 } } } } } };
    expect(said(answer(deep))).toEqual({ words: ['total a.b.c.d.e.total 7'], total: 7 });
    expect(said(answer({ a: deep })).words).toEqual([]);
    expect(said(answer({ data: [{ total: 7 }], total: 8 })).total).toBe(8);
    expect(said(answer([{ total: 7 }])).words).toEqual([]);
    expect(said(answer(null)).words).toEqual([]);
  });

  test('in a list that is none of links, nothing is found', () => {
    expect(said(answer({ list: [null, 'next', { href: '/x' }, { rel: 7, href: '/x' }] })).words).toEqual([]);
  });
});

describe('in headers', () => {
  test.each<[string, ListAnswer['headers'], object]>([
    [
      'x-total-count',
      { 'x-total-count': '250' },
      { words: ['total the header x-total-count "250"'], total: 250 },
    ],
    ['x-next-page', { 'x-next-page': '2' }, { words: ['nextPage the header x-next-page "2"'] }],
    [
      'several of one name: the first',
      { 'x-total': ['7', '8'] },
      { words: ['total the header x-total "7"'], total: 7 },
    ],
    ['total-count', { 'total-count': '7' }, { words: ['total the header total-count "7"'], total: 7 }],
    ['page-count', { 'page-count': '7' }, { words: ['pages the header page-count "7"'] }],
    ['pagination-total', { 'pagination-count': '7' }, { words: ['count the header pagination-count "7"'] }],
    ['next-cursor', { 'next-cursor': 'a' }, { words: ['cursor the header next-cursor "a"'] }],
    ['has-more', { 'has-more': 'true' }, { words: ['more the header has-more "true"'], more: true }],
    [
      'JSON',
      { 'x-pagination': ' {"totalPages": 3}' },
      { words: ['pages the header x-pagination.totalPages 3'] },
    ],
    [
      'text that is no JSON',
      { 'x-more': '{"totalPages"' },
      { words: ['unclear the header x-more "{\\"totalPages\\""'] },
    ],
    [
      'content-range',
      { 'content-range': 'items 0-99/250' },
      { words: ['total the header content-range "250"'], total: 250 },
    ],
    [
      'content-range with white space',
      { 'content-range': 'items 0-99/250  ' },
      { words: ['total the header content-range "250"'], total: 250 },
    ],
    ['content-range of an unknown total', { 'content-range': 'items 0-99/*' }, { words: [] }],
    ['content-range of nonsense', { 'content-range': '5/250 items' }, { words: [] }],
    [
      'a header of another kind',
      { 'retry-after': '7', server: 'x-total', 'my-x-total': '7', etag: '7' },
      { words: [] },
    ],
    ['a header without a value', { 'x-total': undefined }, { words: ['unclear the header x-total ""'] }],
    [
      'what remains of a limit',
      { 'x-ratelimit-remaining-minute': '7', 'x-introw-credits-remaining-month': '7' },
      { words: [] },
    ],
  ])('%s', (_, headers, says) => {
    expect(said(answer({}, headers))).toEqual(says);
  });

  test('links, also those of several headers', () => {
    const next = { target: '/x', rels: ['next'] };
    expect(said(answer({}, { link: '</x>; rel=next' }))).toEqual({ words: [], links: [next] });
    expect(said(answer({}, { link: ['</x>; rel=next', '</y>; rel=last'] }))).toEqual({
      words: ['lastUrl the Link header "/y"'],
      links: [next, { target: '/y', rels: ['last'] }],
    });
  });

  test('a Link header that can not be read is unclear where it may name the next page', () => {
    expect(said(answer({}, { link: 'NEXT page' })).words).toEqual(['unclear the Link header "NEXT page"']);
    expect(said(answer({}, { link: 'nothing' })).words).toEqual([]);
  });
});

describe('a value', () => {
  test.each<[string, unknown, object]>([
    ['more, written as text', { hasMore: 'FALSE' }, { words: ['more hasMore "FALSE"'], more: false }],
    ['more, written as a number', { hasMore: 1 }, { words: ['more hasMore 1'], more: true }],
    ['more, written as a number in text', { hasMore: '0' }, { words: ['more hasMore "0"'], more: false }],
    ['more, which is nothing', { hasMore: null }, { words: [] }],
    ['more, which is something else', { hasMore: 'perhaps' }, { words: ['unclear hasMore "perhaps"'] }],
    [
      'more, said twice: any yes counts',
      { hasMore: false, hasNext: true },
      { words: ['more hasMore false', 'more hasNext true'], more: true },
    ],
    ['done, which is false', { done: false }, { words: ['unclear done false'] }],
    ['done, as text', { meta: { is_complete: 'false' } }, { words: ['unclear meta.is_complete "false"'] }],
    ['done, of whatever', { done: true }, { words: [] }],
    ['the address of the next records', { nextRecordsUrl: '/x' }, { words: ['url nextRecordsUrl "/x"'] }],
    ['last, which is a boolean', { isLast: true }, { words: ['last isLast true'], more: false }],
    ['last, which is false', { last: false }, { words: ['last last false'], more: true }],
    ['last, which is a page', { last: 7 }, { words: ['pages last 7'] }],
    [
      'last, which is an address',
      { links: { last: '/x?page=7' } },
      { words: ['lastUrl links.last "/x?page=7"'] },
    ],
    ['last, which is empty', { last: '' }, { words: [] }],
    ['last, which is nothing', { last: null }, { words: [] }],
    [
      'last page, which is one of both',
      { isLastPage: 'true' },
      { words: ['last isLastPage "true"'], more: false },
    ],
    ['next, which only says that there is one', { next: true }, { words: ['more next true'], more: true }],
    [
      'next, which only says that there is one, as text',
      { next: 'true' },
      { words: ['more next "true"'], more: true },
    ],
    ['next, which is nothing', { next: null }, { words: ['next next null'] }],
    ['next, which is an empty list', { next: [] }, { words: ['next next []'] }],
    ['next, which is a list', { next: ['a'] }, { words: ['unclear next ["a"]'] }],
    ['next, which is a number', { next: 2 }, { words: ['next next 2'] }],
    ['a total, written as text', { total: '250' }, { words: ['total total "250"'], total: 250 }],
    [
      'totals: the highest',
      { total: 7, totalCount: 9 },
      { words: ['total total 7', 'total totalCount 9'], total: 9 },
    ],
    ['a total of nothing', { total: 0 }, { words: ['total total 0'], total: 0 }],
    ['a total that is null', { total: null }, { words: [] }],
    ['a total that is negative', { total: -1 }, { words: ['unclear total -1'] }],
    ['a total that is a fraction', { total: 2.5 }, { words: ['unclear total 2.5'] }],
    ['a total in words', { total: 'a7' }, { words: ['unclear total "a7"'] }],
    ['a total with words', { total: '7a' }, { words: ['unclear total "7a"'] }],
    [
      'a total beyond counting',
      { total: '1234567890123456' },
      { words: ['unclear total "1234567890123456"'] },
    ],
    ['a total in a list', { total: [7] }, { words: ['unclear total [7]'] }],
    [
      'a page that is null',
      { page: null, pages: null, offset: null, count: null, limit: null },
      { words: [] },
    ],
  ])('of %s', (_, body, says) => {
    expect(said(answer(body))).toEqual(says);
  });
});

describe('a name that sounds like more and is of no kind', () => {
  test.each([
    ['nextThing', 'x'],
    ['cursorValue', 'x'],
    ['continue', 'x'],
    ['incomplete', true],
    ['partial', true],
    ['bookmark', 'x'],
    ['marker', 'x'],
    ['remaining', 7],
    ['additional', [1]],
    ['startingAfter', 'x'],
    ['after', 'x'],
    ['any_more', 'x'],
    ['moreToCome', 'x'],
  ])('%s: %j is unclear', (name, value) => {
    expect(said(answer({ [name]: value })).words).toEqual([`unclear ${name} ${JSON.stringify(value)}`]);
  });

  test.each([
    ['remaining', 0],
    ['remaining', ''],
    ['remaining', false],
    ['remaining', 'false'],
    ['remaining', null],
    ['additional', []],
    ['something', 'x'],
    ['prevCursor', 'x'],
    ['previousPage', 1],
    ['before', 'x'],
    ['self', '/x'],
    ['firstPage', 1],
    ['rateRemaining', 7],
    ['startCursor', 'x'],
    ['currentToken', 'x'],
  ])('%s: %j says nothing', (name, value) => {
    expect(said(answer({ [name]: value })).words).toEqual([]);
  });
});

describe('what repeats the query', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['a cursor', { cursor: 'a' }, []],
    ['a token', { pageToken: 'a' }, []],
    ['something unclear', { after: 'a' }, []],
    ['another cursor', { cursor: 'b' }, ['cursor cursor "b"']],
    ['a next cursor, which leads in a circle', { nextCursor: 'a' }, ['cursor nextCursor "a"']],
    ['a page', { page: 'a' }, ['unclear page "a"']],
    ['an offset', { nextOffset: 'a' }, ['nextOffset nextOffset "a"']],
  ])('%s: %j says %j', (_, body, words) => {
    expect(said(answer(body), { cursor: 'a' }).words).toEqual(words);
  });
});
