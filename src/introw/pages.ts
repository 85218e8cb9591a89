/**
 * How a list goes on. Introw documents `limit` and not the way to the next page, so the form is recognised from the
 * answer itself. A list that was cut off would make live partners look new, so every doubt stops the run.
 */
import { isObject } from '../json.ts';
import { type LivePartner, listPageSize } from '../partner.ts';
import { failure } from '../problem.ts';
import { paths } from './api.ts';
import { linkedQuery } from './link-header.ts';

/** An answer of the list. `link` is its Link header, empty where there is none. */
export type Page = {
  readonly body: unknown;
  readonly link: string;
  readonly parse: (json: unknown) => LivePartner;
};

/** What to add to the request for a page. */
export type Query = Readonly<Record<string, string>>;

/** What an answer says of what follows: the next request, the end, or nothing at all. `total` where it states one. */
export type Next = { readonly next: Query | 'end' | 'unsaid' | 'lost'; readonly total: number | null };

/** What a form looks at: the members beside the data wherever they stand, and how far the list has come. */
export type Seen = {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly link: string;
  readonly origin: string;
  /** Partners so far, this page's included. */
  readonly read: number;
  /** Partners on this page. */
  readonly count: number;
};

/** Each form: its answer to `what follows`, or null where the answer doesn't have that form. The first that fits counts. */
const forms: readonly ((seen: Seen) => Next['next'] | null)[] = [
  function cursor({ meta }) {
    const nested = isObject(meta.cursor) ? meta.cursor : {};
    const at = [meta.nextCursor, meta.next_cursor, nested.next];
    const token = at.find((each) => each !== undefined);
    if (token === undefined) return null;
    const more = hasMore(meta);
    if (typeof token === 'string' && token !== '') return more === false ? 'end' : { cursor: token };
    if (typeof token === 'number') return { cursor: String(token) };
    return more === true ? 'lost' : 'end';
  },
  function linked({ link, origin }) {
    if (link === '') return null;
    return linkedQuery(link, origin) ?? 'end';
  },
  function pageOfPages({ meta, count }) {
    const page = number(meta.page ?? meta.currentPage ?? meta.current_page);
    const pages = number(meta.totalPages ?? meta.total_pages);
    if (page === null || pages === null) return null;
    if (page >= pages) return 'end';
    return count === 0 ? 'lost' : { page: String(page + 1) };
  },
  function offsetOfTotal({ meta, count }) {
    const offset = number(meta.offset);
    const total = totalOf(meta);
    if (offset === null || (total === null && hasMore(meta) === null)) return null;
    const reached = offset + count;
    const more = hasMore(meta) ?? (total !== null && reached < total);
    if (!more) return 'end';
    return count === 0 ? 'lost' : { offset: String(reached) };
  },
  function moreByPage({ meta }) {
    const more = hasMore(meta);
    if (more === null) return null;
    if (!more) return 'end';
    const page = number(meta.page ?? meta.currentPage ?? meta.current_page);
    return page === null ? 'lost' : { page: String(page + 1) };
  },
  function wholeByTotal({ meta, read }) {
    const total = totalOf(meta);
    return total !== null && read >= total ? 'end' : null;
  },
];

/** What one answer says of what follows it. */
export function nextOf(body: unknown, seen: Omit<Seen, 'meta'>): Next {
  const meta = metaOf(body);
  for (const form of forms) {
    const next = form({ ...seen, meta });
    if (next !== null) return { next, total: totalOf(meta) };
  }
  return { next: 'unsaid', total: totalOf(meta) };
}

/** Reads page after page until the list has ended beyond doubt. */
export async function* followPages(
  options: { readonly origin: string; readonly assumeComplete: boolean },
  read: (query: Query) => Promise<Page>,
): AsyncGenerator<{ partners: readonly LivePartner[]; total: number | null }> {
  const ids = new Set<string>();
  const asked = new Set<string>();
  let raw = 0;
  let stated: number | null = null;
  let formKnown = false;
  for (let query: Query = {}; ; ) {
    const page = await read(query);
    const partners = dataOf(page.body).map(page.parse);
    const before = ids.size;
    for (const { id } of partners) ids.add(id);
    raw += partners.length;
    const { next, total } = nextOf(page.body, {
      link: page.link,
      origin: options.origin,
      read: ids.size,
      count: partners.length,
    });
    stated = total ?? stated;
    yield { partners, total: stated };

    if (next === 'lost') throw cutOff('says that more partners follow and not how to ask for them');
    if (next === 'end' || (next === 'unsaid' && formKnown)) return checkTotal(ids.size, stated);
    if (next === 'unsaid') {
      if (stated !== null && ids.size < stated)
        throw cutOff(`states a total of ${stated} and not how to go on after ${ids.size}`);
      if (looksFull(partners.length) && !options.assumeComplete)
        throw cutOff(`ends after ${partners.length} partners without a word of whether more follow`);
      return;
    }
    const request = JSON.stringify(next);
    if (asked.has(request) || (ids.size === before && raw > listPageSize)) {
      throw failure('LIST_NEVER_ENDS', `After ${ids.size} partners the list comes back to where it was.`);
    }
    asked.add(request);
    formKnown = true;
    query = next;
  }
}

/** Without a word of what follows, a page is whole when it is neither full nor as round as a page size that a server may impose. */
function looksFull(count: number): boolean {
  return count >= listPageSize || [10, 20, 25, 50].includes(count);
}

function checkTotal(read: number, stated: number | null): void {
  if (stated === null || read >= stated) return;
  throw failure('LIST_INCOMPLETE', `The list states ${stated} partners and holds ${read}.`);
}

function cutOff(how: string) {
  return failure(
    'LIST_MAY_BE_CUT_OFF',
    `The list of partners ${how}; planning on a part of it would call live partners new.`,
  );
}

function dataOf(body: unknown): readonly unknown[] {
  if (isObject(body) && Array.isArray(body.data)) return body.data;
  throw failure(
    'UNREADABLE_ANSWER',
    `Introw answered the list of partners without a list under "data" (GET ${paths.partners}).`,
  );
}

/** The members that may say how the list goes on: at the top, under `pagination` and under `meta`. */
function metaOf(body: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(body)) return {};
  const { data: _, pagination, meta, ...top } = body;
  return {
    ...(isObject(meta) ? meta : {}),
    ...(isObject(meta) && isObject(meta.pagination) ? meta.pagination : {}),
    ...(isObject(pagination) ? pagination : {}),
    ...top,
  };
}

function hasMore(meta: Readonly<Record<string, unknown>>): boolean | null {
  const more = meta.hasMore ?? meta.has_more;
  return typeof more === 'boolean' ? more : null;
}

function totalOf(meta: Readonly<Record<string, unknown>>): number | null {
  return number(meta.total ?? meta.totalCount ?? meta.total_count);
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}
