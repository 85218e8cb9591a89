/**
 * A list of partners as a server may serve it, independent of the sandbox: how it says that more follow (`says`), how
 * it is asked for a page (`from`), and who writes meanwhile.
 */
import type { AskPage, WalkOptions } from '../../src/introw/list-walk.ts';
import { type Paging, pagingText, readPaging } from '../../src/introw/paging-name.ts';
import { parsePartner } from '../../src/introw/parse-partner.ts';
import type { Listing } from '../../src/introw/read-list.ts';
import { readListThatAddsUp } from '../../src/introw/read-list-twice.ts';
import { Failure } from '../../src/problem.ts';

export const origin = 'https://api.introw.io';

type Query = Readonly<Record<string, string>>;
type Body = Record<string, unknown>;
type View = { ids: readonly string[]; start: number; end: number; size: number; total: number; query: Query };

export type Kind = {
  /** Where the page begins, or null to refuse the query. */
  readonly from: (query: Query, size: number, ids: readonly string[]) => number | null;
  readonly says: (view: View) => Body & { headers?: Record<string, string>; status?: number };
};

const cursorAt = (view: View) => (view.end < view.total ? `at ${view.end}/+` : null);
const after = (value: string | undefined, ids: readonly string[]) =>
  value === undefined ? 0 : ids.indexOf(value) + 1;
const numbered = (value: string | undefined) => Number(/\d+/.exec(value ?? '')?.[0] ?? 0);
const byCursor = (name: string) => (query: Query) => numbered(query[name]);
const byPage = (name: string, base: number) => (query: Query, size: number) =>
  Math.max(0, Number(query[name] ?? base) - base) * size;
const byOffset = (query: Query) => Number(query.offset ?? 0);
const byLastId = (name: string) => (query: Query, _: number, ids: readonly string[]) =>
  after(query[name], ids);
const address = (name: string, view: View) =>
  cursorAt(view) === null
    ? null
    : `${origin}/api/v1/partners?${new URLSearchParams({ limit: '100', [name]: cursorAt(view) ?? '' })}`;
const more = (view: View) => view.end < view.total;
const silently = () => ({});

/** Servers that say how to go on, each with the name under which that is reported. */
export const speaking: Readonly<Record<string, Kind & { readonly paging: string }>> = {
  nextCursor: {
    paging: 'cursor',
    from: byCursor('cursor'),
    says: (view) => ({ nextCursor: cursorAt(view) }),
  },
  'next_cursor under pagination': {
    paging: 'cursor',
    from: byCursor('cursor'),
    says: (view) => ({ pagination: { next_cursor: cursorAt(view) } }),
  },
  'nextCursor only while there is more': {
    paging: 'cursor',
    from: byCursor('cursor'),
    says: (view) =>
      more(view) ? { meta: { pagination: { nextCursor: cursorAt(view) } } } : { hasMore: false },
  },
  'paging.next.after': {
    paging: 'cursor:after',
    from: byCursor('after'),
    says: (view) => (more(view) ? { paging: { next: { after: cursorAt(view) } } } : { total: view.total }),
  },
  nextPageToken: {
    paging: 'token',
    from: byCursor('pageToken'),
    says: (view) => ({ nextPageToken: cursorAt(view) ?? '' }),
  },
  next_page_token: {
    paging: 'token:page_token',
    from: byCursor('page_token'),
    says: (view) => ({ next_page_token: cursorAt(view) ?? '' }),
  },
  'pageInfo.endCursor': {
    paging: 'page-info',
    from: byCursor('after'),
    says: (view) => ({ pageInfo: { endCursor: `at ${view.end}`, hasNextPage: more(view) } }),
  },
  'page_info in snake case': {
    paging: 'page-info',
    from: byCursor('after'),
    says: (view) => ({ page_info: { end_cursor: `at ${view.end}`, has_next_page: String(more(view)) } }),
  },
  'a Link header': {
    paging: 'link',
    from: byCursor('c'),
    says: (view) => ({
      headers: {
        link: `<${origin}/api/v1/partners>; rel=first${more(view) ? `, <${address('c', view)}>; title="a, b"; rel="next nofollow"` : ''}`,
      },
    }),
  },
  'links.next': {
    paging: 'links',
    from: byCursor('c'),
    says: (view) => ({ links: { next: address('c', view) } }),
  },
  '_links.next.href': {
    paging: 'links',
    from: byCursor('c'),
    says: (view) => ({ _links: { next: more(view) ? { href: address('c', view) } : null } }),
  },
  'links as a list': {
    paging: 'links',
    from: byCursor('c'),
    says: (view) => ({
      hasMore: more(view),
      links: more(view) ? [{ rel: 'next', href: address('c', view) }] : [],
    }),
  },
  'next, a relative address': {
    paging: 'links',
    from: byCursor('c'),
    says: (view) => ({ next: address('c', view)?.replace(/^.*\?/, '?') ?? null, count: view.total }),
  },
  'pagination.next, an opaque cursor': {
    paging: 'cursor',
    from: byCursor('cursor'),
    says: (view) => ({ pagination: { next: cursorAt(view) } }),
  },
  nextPage: {
    paging: 'next-page',
    from: byPage('page', 1),
    says: (view) => ({ nextPage: more(view) ? view.end / view.size + 1 : null }),
  },
  'headers x-next-page': {
    paging: 'next-page',
    from: byPage('page', 1),
    says: (view) => ({ headers: { 'x-next-page': more(view) ? String(view.end / view.size + 1) : '' } }),
  },
  'page of totalPages': {
    paging: 'page',
    from: byPage('page', 1),
    says: (view) => ({
      meta: { page: view.start / view.size + 1, totalPages: Math.ceil(view.total / view.size) },
    }),
  },
  'current_page of last_page': {
    paging: 'page',
    from: byPage('page', 1),
    says: (view) => ({
      current_page: String(view.start / view.size + 1),
      last_page: String(Math.max(1, Math.ceil(view.total / view.size))),
    }),
  },
  'page number from zero': {
    paging: 'page',
    from: byPage('page', 0),
    says: (view) => ({
      page: {
        number: view.start / view.size,
        size: view.size,
        totalElements: view.total,
        totalPages: Math.ceil(view.total / view.size),
      },
    }),
  },
  'page.currentPage with total': {
    paging: 'page',
    from: byPage('page', 1),
    says: (view) => ({ meta: { page: { currentPage: view.start / view.size + 1 }, total: view.total } }),
  },
  'per_page, next to current_page and last_page': {
    paging: 'page',
    from: byPage('page', 1),
    says: (view) => ({
      meta: {
        current_page: view.start / view.size + 1,
        per_page: view.size,
        last_page: Math.max(1, Math.ceil(view.total / view.size)),
      },
    }),
  },
  'itemsPerPage and maxPage, next to page': {
    paging: 'page',
    from: byPage('page', 1),
    says: (view) => ({
      page: view.start / view.size + 1,
      itemsPerPage: view.size,
      maxPage: Math.max(1, Math.ceil(view.total / view.size)),
    }),
  },
  'JSON in x-pagination': {
    paging: 'page',
    from: byPage('page', 1),
    says: (view) => ({
      headers: {
        'x-pagination': JSON.stringify({
          CurrentPage: view.start / view.size + 1,
          TotalPages: Math.ceil(view.total / view.size),
        }),
      },
    }),
  },
  'offset of total': {
    paging: 'offset',
    from: byOffset,
    says: (view) => ({ pagination: { offset: view.start, limit: view.size, total: String(view.total) } }),
  },
  'offset with has_more': {
    paging: 'offset',
    from: byOffset,
    says: (view) => ({ offset: view.start, has_more: more(view) ? 1 : 0 }),
  },
};

/** Servers that hand on partners and not a word. */
export const silent: Readonly<Record<string, Kind>> = {
  page: { from: byPage('page', 1), says: silently },
  offset: { from: byOffset, says: silently },
  'last-id:cursor': { from: byLastId('cursor'), says: silently },
  'last-id': { from: byLastId('after'), says: silently },
  'last-id:starting_after': { from: byLastId('starting_after'), says: silently },
};

/** Servers that can't be followed, and must be noticed. */
export const unfollowable: Readonly<Record<string, Kind>> = {
  'refuses the number of the first page': {
    from: (query, size) => (query.page === '1' ? null : (Number(query.page ?? 1) - 1) * size),
    says: silently,
  },
  'counts pages from zero': { from: byPage('page', 0), says: silently },
  'ignores what it doesn’t know': { from: () => 0, says: silently },
  'refuses what it doesn’t know': {
    from: (query) => (Object.keys(query).length > 0 ? null : 0),
    says: silently,
  },
  'brings nothing for what it doesn’t know': {
    from: (query, _, ids) => (Object.keys(query).length > 0 ? ids.length : 0),
    says: silently,
  },
  'counts offsets in pages': { from: (query, size) => Number(query.offset ?? 0) * size, says: silently },
};

export const idsTo = (count: number) => Array.from({ length: count }, (_, index) => `ptn_${index}`);

/** Serves `ids`; `edit` changes them before the nth request (from 0). */
export function serve(
  kind: Kind,
  ids: readonly string[],
  { largest = 100, edit = (_: number, now: readonly string[]) => now } = {},
) {
  const asked: Query[] = [];
  let now = ids;
  const ask: AskPage = async (query, mayRefuse) => {
    now = edit(asked.length, now);
    asked.push(query);
    const size = Math.min(100, largest);
    const start = kind.from(query, size, now);
    if (start === null) {
      if (mayRefuse) return { status: 400, headers: {}, body: null };
      throw new Error('refused');
    }
    const end = Math.min(now.length, start + size);
    const view = { ids: now, start, end: start + size, size, total: now.length, query };
    const { headers = {}, status = 200, ...beside } = kind.says(view);
    const data = now.slice(start, end).map((id) => ({ id, name: id }));
    return { status, headers, body: { data, ...beside } };
  };
  return { ask, asked, now: () => now };
}

/** Reads such a list; what came of it as text, such as `250 in 3 by page`, or the code of the failure. */
export async function outcome(
  ask: AskPage,
  { paging = null, ...options }: Omit<Options, 'paging'> & { readonly paging?: string | null } = {},
): Promise<string> {
  const read = await attempt(ask, { ...options, paging: paging === null ? null : readPaging(paging) });
  return typeof read === 'string' ? read : read.text;
}

type Options = Partial<Pick<WalkOptions, 'mayProbe' | 'onPage'>> & {
  readonly assumeComplete?: boolean;
  readonly paging?: Paging | null;
  readonly affords?: (requests: number) => boolean;
};

type Attempt = Pick<Listing, 'total' | 'requests' | 'probes'> & { text: string; ids: readonly string[] };

export async function attempt(
  ask: AskPage,
  { affords = (_: number) => true, ...options }: Options = {},
): Promise<string | Attempt> {
  const given: WalkOptions = {
    list: `${origin}/api/v1/partners`,
    assumeComplete: false,
    mayProbe: true,
    paging: null,
    onPage: () => undefined,
    ...options,
    parse: (json) => parsePartner(json, 'the test'),
  };
  try {
    const { partners, requests, probes, paging, total } = await readListThatAddsUp(given, ask, affords);
    const by = paging === null ? '' : ` by ${pagingText(paging)}`;
    const text = `${partners.length} in ${requests}${by}`;
    return { text, ids: partners.map(({ id }) => id), total, requests, probes };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems[0].code;
  }
}
