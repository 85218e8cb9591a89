/** Why the reading of a list stops, and what it says: each reason once, as a text. */
import { expect, test } from 'vitest';
import type { ListAnswer } from '../../src/introw/page-words.ts';
import { readPaging } from '../../src/introw/paging-name.ts';
import { parsePartner } from '../../src/introw/parse-partner.ts';
import { readListThatAddsUp } from '../../src/introw/read-list-twice.ts';
import { Failure } from '../../src/problem.ts';

type Page = readonly [from: number, count: number, says?: Readonly<Record<string, unknown>>];

type Case = {
  readonly name: string;
  /** Answers one after the other; the last comes again and again. */
  readonly pages: readonly Page[];
  readonly paging?: string;
  readonly mayProbe?: boolean;
  readonly assumeComplete?: boolean;
  readonly affords?: boolean;
};

const cases: readonly Case[] = [
  { name: 'a full page that says nothing, in a form that the server does not know', pages: [[0, 100]] },
  {
    name: 'a full page that says nothing, where nothing may be tried out',
    pages: [[0, 100]],
    mayProbe: false,
  },
  { name: 'a page that says that more follow, and not how', pages: [[0, 90, { hasMore: true }]] },
  { name: 'a page that was answered with 206', pages: [[0, 90, { status: 206 }]] },
  { name: 'an empty first page that says that more follow', pages: [[0, 0, { hasMore: true }]] },
  {
    name: 'an empty page in the middle, without a word',
    pages: [
      [0, 100, { nextCursor: 'a' }],
      [100, 0],
    ],
  },
  {
    name: 'a page in the middle that says that more follow, and not how',
    pages: [
      [0, 100, { nextCursor: 'a' }],
      [100, 50, { hasMore: true }],
    ],
  },
  {
    name: 'empty pages without an end',
    pages: Array.from(
      { length: 9 },
      (_, index): Page => [0, index === 0 ? 100 : 0, { nextCursor: `c${index}` }],
    ),
  },
  { name: 'an empty first page that states a total', pages: [[0, 0, { total: 5 }]] },
  { name: 'something that nobody understands', pages: [[0, 90, { bookmark: 'x' }]] },
  {
    name: 'something that nobody understands, on a later page',
    pages: [
      [0, 100, { nextCursor: 'a' }],
      [100, 50, { bookmark: 'x' }],
    ],
  },
  { name: 'a form that was set, of which nothing is shown', pages: [[0, 100]], paging: 'cursor' },
  { name: 'a form that was set, and another one', pages: [[0, 100, { nextCursor: 'a' }]], paging: 'link' },
  {
    name: 'a form that was set, and another one that could be followed',
    pages: [[0, 100, { nextCursor: 'a' }]],
    paging: 'page',
  },
  { name: 'a page by number that comes again', pages: [[0, 100]], paging: 'page' },
  {
    name: 'a page by number that comes again in parts',
    pages: [
      [0, 100],
      [90, 100],
    ],
    paging: 'page',
  },
  {
    name: 'an empty page by number that says that more follow',
    pages: [
      [0, 100],
      [100, 0, { hasMore: true }],
    ],
    paging: 'page',
  },
  {
    name: 'a cursor that leads in a circle',
    pages: [
      [0, 100, { nextCursor: 'a' }],
      [100, 100, { nextCursor: 'a' }],
    ],
  },
  {
    name: 'pages that bring the same partners under new cursors',
    pages: [
      [0, 100, { nextCursor: 'a' }],
      [0, 100, { nextCursor: 'b' }],
    ],
  },
  {
    name: 'later pages that bring the same partners under new cursors',
    pages: [
      [0, 100, { nextCursor: 'a' }],
      [100, 100, { nextCursor: 'b' }],
      [100, 100, { nextCursor: 'c' }],
    ],
  },
  { name: 'a total that is not reached, twice', pages: [[0, 90, { total: 91 }]] },
  {
    name: 'a total that is not reached, where reading again costs too much',
    pages: [[0, 90, { total: 91 }]],
    affords: false,
  },
  {
    name: 'a total that is not reached, and another list the second time',
    pages: [
      [0, 90, { total: 91 }],
      [1, 90, { total: 92 }],
    ],
    mayProbe: false,
  },
  {
    name: 'a total that is not reached, and some of the same partners the second time',
    pages: [
      [0, 90, { total: 91 }],
      [0, 89, { total: 91 }],
    ],
    mayProbe: false,
    assumeComplete: true,
  },
  {
    name: 'a total that is not reached by pages with numbers',
    pages: [
      [0, 100, { total: 150 }],
      [100, 0, { total: 150 }],
      [0, 100, { total: 150 }],
      [100, 0, { total: 150 }],
    ],
    paging: 'page',
  },
  { name: 'an answer that is a list itself', pages: [[0, -1, { body: [] }]] },
  { name: 'an answer without a list', pages: [[0, -1, { partners: [], meta: {} }]] },
  { name: 'an answer without anything', pages: [[0, -1]] },
  {
    name: 'an answer with many other things',
    pages: [[0, -1, Object.fromEntries('abcdefghijkl'.split('').map((key) => [key, 1]))]],
  },
];

async function problemOf({ pages, paging, mayProbe = true, assumeComplete = false, affords = true }: Case) {
  const asked: string[] = [];
  const ask = async (query: Readonly<Record<string, string>>): Promise<ListAnswer> => {
    const [from, count, says = {}] = pages[Math.min(asked.length, pages.length - 1)] ?? [0, 0];
    asked.push(new URLSearchParams(query).toString());
    const { status = 200, body, ...rest } = says;
    const data = Array.from({ length: Math.max(0, count) }, (_, index) => ({
      id: `p${from + index}`,
      name: 'P',
    }));
    return { status: Number(status), headers: {}, body: count < 0 ? (body ?? rest) : { data, ...rest } };
  };
  const options = {
    list: 'https://api.introw.io/api/v1/partners',
    assumeComplete,
    mayProbe,
    paging: paging === undefined ? null : readPaging(paging),
    parse: (json: unknown) => parsePartner(json, 'the test'),
    onPage: () => undefined,
  };
  try {
    const { partners } = await readListThatAddsUp(options, ask, () => affords);
    return `${partners.length} partners in ${asked.length} requests`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [{ code, message, hint }] = error.problems;
    return `${code}: ${message}\n    ${hint}\n    asked: ${asked.map((query) => query || '(the first page)').join(', ')}`;
  }
}

test('why the reading of a list stops', async () => {
  const texts = await Promise.all(cases.map(async (each) => `${each.name}\n  ${await problemOf(each)}\n`));
  await expect(texts.join('\n')).toMatchFileSnapshot('expected/list-problems.txt');
});
