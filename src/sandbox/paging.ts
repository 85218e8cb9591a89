/** How the list says that it goes on. Introw's own way is not documented, so the sandbox knows every reasonable one. */
import { failure } from '../problem.ts';

export type PageRequest = {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly url: URL;
};

/** What stands beside the data, and the Link header where the form has one. */
type Beside = { readonly body: Readonly<Record<string, unknown>>; readonly link?: string };

type PagingForm = {
  readonly describe: string;
  readonly start: (query: URLSearchParams, limit: number) => number;
  readonly beside: (page: PageRequest) => Beside;
};

const byCursor = (query: URLSearchParams) => offsetIn(query.get('cursor'));
const nextCursor = ({ offset, limit, total }: PageRequest) =>
  offset + limit < total ? cursorAt(offset + limit) : null;
const hasMore = ({ offset, limit, total }: PageRequest) => offset + limit < total;

export const pagingForms = {
  cursor: {
    describe: 'nextCursor at the top',
    start: byCursor,
    beside: (page) => ({ body: { nextCursor: nextCursor(page) } }),
  },
  'cursor-snake': {
    describe: 'pagination.next_cursor',
    start: byCursor,
    beside: (page) => ({ body: { pagination: { next_cursor: nextCursor(page) } } }),
  },
  'cursor-object': {
    describe: 'meta.cursor.next',
    start: byCursor,
    beside: (page) => ({ body: { meta: { cursor: { next: nextCursor(page) } } } }),
  },
  'has-more': {
    describe: 'hasMore with a nextCursor while there is more',
    start: byCursor,
    beside: (page) => ({
      body: { hasMore: hasMore(page), ...(hasMore(page) ? { nextCursor: nextCursor(page) } : {}) },
    }),
  },
  page: {
    describe: 'meta.page and meta.totalPages',
    start: (query, limit) => (Number(query.get('page') ?? 1) - 1) * limit,
    beside: ({ offset, limit, total }) => ({
      body: {
        meta: { page: Math.floor(offset / limit) + 1, totalPages: Math.max(1, Math.ceil(total / limit)) },
      },
    }),
  },
  offset: {
    describe: 'pagination.offset and pagination.total',
    start: (query) => Number(query.get('offset') ?? 0),
    beside: ({ offset, total }) => ({ body: { pagination: { offset, total } } }),
  },
  link: {
    describe: 'a Link header with rel="next"',
    start: byCursor,
    beside: (page) => ({ body: {}, link: linkOf(page) }),
  },
  none: { describe: 'not at all, which no client can follow', start: () => 0, beside: () => ({ body: {} }) },
} as const satisfies Readonly<Record<string, PagingForm>>;

export type Paging = keyof typeof pagingForms;

export function parsePaging(text: string): Paging {
  if (Object.hasOwn(pagingForms, text)) return text as Paging;
  throw failure('USAGE', `There is no paging called ${JSON.stringify(text)}.`, {
    hint: `--paging takes ${Object.keys(pagingForms).join(', ')}.`,
  });
}

/** Opaque, and with characters that must be encoded in a query. */
function cursorAt(offset: number): string {
  return `at+${Buffer.from(`offset=${offset}`).toString('base64')}/`;
}

function offsetIn(cursor: string | null): number {
  if (cursor === null) return 0;
  const text = Buffer.from(cursor.replace(/^at\+|\/$/g, ''), 'base64').toString();
  return Number(/^offset=(\d+)$/.exec(text)?.[1] ?? Number.NaN);
}

function linkOf(page: PageRequest): string {
  const at = (offset: number, rel: string) => {
    const url = new URL(page.url);
    url.searchParams.set('cursor', cursorAt(offset));
    return `<${url.pathname}${url.search}>; rel="${rel}"`;
  };
  return [at(0, 'first'), ...(hasMore(page) ? [at(page.offset + page.limit, 'next')] : [])].join(', ');
}
