/** How the list says that it goes on. Introw's own way is not documented, so the sandbox knows every form that introwctl does. */
import { type FormName, pagingForms as forms } from '../introw/paging-forms.ts';
import { failure } from '../problem.ts';

export type PageRequest = {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly url: URL;
  /** What the form's parameter is called. */
  readonly parameter: string;
};

/** What a page holds next to its data, and the Link header where the form has one. */
type Said = { readonly body: Readonly<Record<string, unknown>>; readonly link?: string };

/** What is asked for: the value of the form's parameter, null on the first page. */
type Asked = { readonly value: string | null; readonly limit: number; readonly all: readonly HasId[] };

type HasId = { readonly id: string };

type ServerForm = {
  readonly describe: string;
  readonly parameter: string;
  /** The offset at which the page begins; NaN for a value that is none. */
  readonly start: (asked: Asked) => number;
  readonly says: (page: PageRequest) => Said;
};

const byCursor = ({ value }: Asked) => (value === null ? 0 : offsetIn(value));
const byPage = ({ value, limit }: Asked) => (Number(value ?? 1) - 1) * limit;
const byOffset = ({ value }: Asked) => Number(value ?? 0);
/** An id that isn't there any more can't be gone on from. */
const byLastId = ({ value, all }: Asked) => {
  if (value === null) return 0;
  const last = all.findIndex(({ id }) => id === value);
  return last === -1 ? Number.NaN : last + 1;
};

const isMore = ({ offset, limit, total }: PageRequest) => offset + limit < total;
const nextCursor = (page: PageRequest) => (isMore(page) ? cursorAt(page.offset + page.limit) : null);
const pageNumber = ({ offset, limit }: PageRequest) => Math.floor(offset / limit) + 1;
const silently = () => ({ body: {} });

/** One row for each form that introwctl follows: a new one there doesn't compile without its server here. */
const spoken: Readonly<Record<FormName, Omit<ServerForm, 'describe' | 'parameter'>>> = {
  cursor: { start: byCursor, says: (page) => ({ body: { nextCursor: nextCursor(page) } }) },
  token: { start: byCursor, says: (page) => ({ body: { nextPageToken: nextCursor(page) ?? '' } }) },
  'page-info': {
    start: byCursor,
    says: (page) => ({
      body: { pageInfo: { endCursor: cursorAt(page.offset + page.limit), hasNextPage: isMore(page) } },
    }),
  },
  link: { start: byCursor, says: (page) => ({ body: {}, link: linkHeader(page) }) },
  links: {
    start: byCursor,
    says: (page) => ({
      body: { links: { next: isMore(page) ? addressAt(page, page.offset + page.limit) : null } },
    }),
  },
  'next-page': {
    start: byPage,
    says: (page) => ({ body: { nextPage: isMore(page) ? pageNumber(page) + 1 : null } }),
  },
  page: {
    start: byPage,
    says: (page) => ({
      body: { meta: { page: pageNumber(page), totalPages: Math.max(1, Math.ceil(page.total / page.limit)) } },
    }),
  },
  offset: { start: byOffset, says: ({ offset, total }) => ({ body: { pagination: { offset, total } } }) },
  'last-id': { start: byLastId, says: (page) => ({ body: { hasMore: isMore(page) } }) },
};

/** The same in other words, and servers that say nothing. */
const others = {
  'cursor-snake': {
    describe: 'pagination.next_cursor',
    parameter: 'cursor',
    start: byCursor,
    says: (page) => ({ body: { pagination: { next_cursor: nextCursor(page) } } }),
  },
  'cursor-object': {
    describe: 'meta.cursor.next',
    parameter: 'cursor',
    start: byCursor,
    says: (page) => ({ body: { meta: { cursor: { next: nextCursor(page) } } } }),
  },
  'has-more': {
    describe: 'hasMore, with a nextCursor while there is more',
    parameter: 'cursor',
    start: byCursor,
    says: (page) => ({
      body: { hasMore: isMore(page), ...(isMore(page) ? { nextCursor: nextCursor(page) } : {}) },
    }),
  },
  'silent-page': { describe: 'page=2 without a word', parameter: 'page', start: byPage, says: silently },
  'silent-offset': {
    describe: 'offset=100 without a word',
    parameter: 'offset',
    start: byOffset,
    says: silently,
  },
  'silent-last-id': {
    describe: 'the last id, without a word',
    parameter: 'after',
    start: byLastId,
    says: silently,
  },
  none: { describe: 'not at all, which no client can follow', parameter: '', start: () => 0, says: silently },
} as const satisfies Readonly<Record<string, ServerForm>>;

/** Every way in which the sandbox can page, by the name that --paging takes. */
export const pagingForms: Readonly<Record<string, ServerForm>> = {
  ...Object.fromEntries(
    forms.map(({ name, describe, parameters }) => [
      name,
      { describe, parameter: parameters[0] ?? 'cursor', ...spoken[name] },
    ]),
  ),
  ...others,
};

/** A way of paging with the name of its parameter settled. */
export type Paging = {
  readonly start: (query: URLSearchParams, limit: number, all: readonly HasId[]) => number;
  readonly says: (page: Omit<PageRequest, 'parameter'>) => Said;
};

/** Reads `form` or `form:parameter`. */
export function parsePaging(text: string): Paging {
  const [, name = '', given] = /^([a-z-]+)(?::([\w.[\]-]+))?$/.exec(text) ?? [];
  const form = Object.hasOwn(pagingForms, name) ? pagingForms[name] : undefined;
  if (form === undefined) {
    throw failure('USAGE', `There is no paging called ${JSON.stringify(text)}.`, {
      hint: `--paging takes ${Object.keys(pagingForms).join(', ')}, or form:parameter.`,
    });
  }
  const parameter = given ?? form.parameter;
  return {
    start: (query, limit, all) => form.start({ value: query.get(parameter), limit, all }),
    says: (page) => form.says({ ...page, parameter }),
  };
}

/** The ways of paging as --help shows them. */
export function pagingHelp(): string {
  const rows = Object.entries(pagingForms).map(([name, { describe }]) => `  ${name.padEnd(14)} ${describe}`);
  return ['Ways of paging, form or form:parameter (last-id:starting_after):', ...rows].join('\n');
}

/** Opaque, and with characters that must be encoded in a query. */
function cursorAt(offset: number): string {
  return `at+${Buffer.from(`offset=${offset}`).toString('base64')}/`;
}

function offsetIn(cursor: string): number {
  const text = Buffer.from(cursor.replace(/^at\+|\/$/g, ''), 'base64').toString();
  return Number(/^offset=(\d+)$/.exec(text)?.[1] ?? Number.NaN);
}

function addressAt({ url, parameter }: PageRequest, offset: number): string {
  const to = new URL(url);
  to.searchParams.set(parameter, cursorAt(offset));
  return `${to.pathname}${to.search}`;
}

function linkHeader(page: PageRequest): string {
  const links = [`<${addressAt(page, 0)}>; rel="first"`];
  if (isMore(page)) links.push(`<${addressAt(page, page.offset + page.limit)}>; rel="next"`);
  return links.join(', ');
}
