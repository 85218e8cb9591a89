/**
 * What an answer says about the list, next to its partners. APIs have many names for the same thing, so names are
 * compared word by word (`nextPageToken`, `next_page_token` and `x-next-page-token` are one), each with the name of the
 * object that holds it. A name that sounds like "more follows" and is in no row is kept too: it is never overlooked.
 */
import { isObject } from '../json.ts';
import { type Link, parseLinkHeader } from './link-header.ts';

/** An answer to the request for a page of the list. */
export type ListAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
};

/** `lastUrl`: the address of the last page. */
export type WordKind = keyof typeof names | 'lastUrl' | 'unclear';

/** One thing that was said: what it is about, where it was, and its value. */
export type Word = { readonly kind: WordKind; readonly path: string; readonly value: unknown };

export type PageWords = {
  readonly words: readonly Word[];
  readonly links: readonly Link[];
  /** Whether more partners follow, where that is said in so many words. */
  readonly more: boolean | null;
  /** The highest total that is stated. */
  readonly total: number | null;
};

/** What each kind of word is called: `object.name`, in lower case, its words separated by spaces. */
const names = {
  more: /[. ](has|have|is|are|with)? ?more( (pages?|results?|items?|records?|data|available|partners))?$|[. ](has|have) next( page)?$|[. ](is )?truncated$/,
  last: /[. ](is )?last$|[. ]is last page$/,
  token: /[. ](next (page )?token|(page|continuation|scroll) token|continuation|next marker)$/,
  endCursor: /[. ]end cursor$/,
  after: /\bnext\.after$/,
  cursor: /[. ]cursor$|\bcursors?\.(next|after)$/,
  url: /\blinks?\.next$|\bnext\.(href|url|link|uri)$|[. ]next( (page|records|results|items))? (href|url|link|uri)$/,
  nextOffset: /[. ]next offset$|\bnext\.(offset|skip)$/,
  nextPage: /[. ]next page( number)?$|\bnext\.(page|number)$/,
  next: /[. ]next$/,
  pages:
    /[. ]total page(s| count)$|[. ](last page|max(imum)? page|page count|num pages|number of pages|pages)$/,
  // Nothing but these: a `per page` that counts as the number of a page would end the list at once.
  page: /\.((current|this|pagination) )?page( number| index| no)?$|\bpage\.(number|current|index)$|\bpagination\.current$/,
  offset: /[. ](offset|skip|start index)$/,
  // Of pages for some, of partners for others.
  pageTotal: /\bpage\.total$/,
  total:
    /[. ]total( (count|partners?|records?|items?|results?|elements?|rows?|entries|hits|size|number))?$|[. ](partners?|records?|items?|results?|rows?) (total|count)$|\btotal\.value$/,
  count: /[. ]count$/,
  size: /[. ](limit|per page|page size|page limit)$|\bpage\.size$/,
} as const;

const kinds = Object.entries(names) as [keyof typeof names, RegExp][];

/** Kinds whose value must be a number that counts from 0. */
const numbers: ReadonlySet<WordKind> = new Set([
  'pages',
  'page',
  'offset',
  'pageTotal',
  'total',
  'count',
  'size',
]);

const soundsLikeMore =
  /\b(next|cursor|continue|continuation|truncated|incomplete|partial|bookmark|marker|remaining|further|additional)\b|[. ](starting )?after$|\b(has|have|is|are|any) more\b|[. ]more( |$)/;

/** Where it is false, more may follow; where it is true, it may be about anything that is done. */
const soundsLikeTheEnd = /[. ](is )?(done|complete|completed|finished|exhausted)$/;

/** About what came before or is now, or about something else than the list. */
const isAboutOthers =
  /\b(prev|previous|before|self|first|rate|rates|ratelimit|credit|credits|quota|retry)\b|\b(start|current) (cursor|token)$/;

/** Reads all that an answer says; `asked` is the query that it answers, whose values it may repeat. */
export function readPageWords(answer: ListAnswer, asked: Readonly<Record<string, string>> = {}): PageWords {
  const members = [...membersOf(answer.body), ...headersOf(answer.headers)];
  const words = members.flatMap((member) => wordOf(member, Object.values(asked)));
  const header = [answer.headers.link ?? []].flat().join(', ');
  const links = parseLinkHeader(header);
  if (links === null && /next/i.test(header))
    words.push({ kind: 'unclear', path: 'the Link header', value: header });
  for (const { target, rels } of links ?? [])
    if (rels.includes('last')) words.push({ kind: 'lastUrl', path: 'the Link header', value: target });
  const truths = words.flatMap(({ kind, value }) => {
    const is = kind === 'more' || kind === 'last' ? asBoolean(value) : null;
    return is === null ? [] : [kind === 'more' ? is : !is];
  });
  const totals = words.flatMap(({ kind, value }) => (kind === 'total' ? (asNumber(value) ?? []) : []));
  return {
    words,
    links: links ?? [],
    more: truths.length === 0 ? null : truths.includes(true),
    total: totals.length === 0 ? null : Math.max(...totals),
  };
}

type Member = { readonly path: string; readonly name: string; readonly value: unknown };

/** The members of an answer, those of objects in it too, but for the partners themselves. */
function membersOf(body: unknown): readonly Member[] {
  if (!isObject(body)) return [];
  const { data: _, ...rest } = body;
  return flatten(rest, '', '', 0);
}

const deepest = 5;

function flatten(
  object: Readonly<Record<string, unknown>>,
  path: string,
  parent: string,
  depth: number,
): Member[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const own = spaced(key);
    if (isObject(value) && depth < deepest) return flatten(value, at, own, depth + 1);
    const links = Array.isArray(value) ? value.flatMap((each, index) => relOf(each, `${at}[${index}]`)) : [];
    return [{ path: at, name: `${parent}.${own}`, value }, ...links];
  });
}

/** `links: [{ "rel": "next", "href": … }]` says the same as `links: { "next": … }`. */
function relOf(entry: unknown, path: string): Member[] {
  if (!isObject(entry) || typeof entry.rel !== 'string') return [];
  return [{ path, name: `links.${spaced(entry.rel)}`, value: entry.href ?? entry.url ?? entry.uri }];
}

/** `x-next-page`, `x-total-count` and their like, JSON as in `x-pagination: {"totalPages": 3}` too, and the total in `content-range: items 0-99/250`. */
function headersOf(headers: ListAnswer['headers']): readonly Member[] {
  return Object.entries(headers).flatMap(([key, given]) => {
    const value = [given].flat()[0] ?? '';
    const path = `the header ${key}`;
    if (key === 'content-range') {
      const total = /\/(\d+)\s*$/.exec(value)?.[1];
      return total === undefined ? [] : [{ path, name: '.total', value: total }];
    }
    if (!/^(x|pagination|page|total|next|has)-/.test(key)) return [];
    const json = /^\s*\{/.test(value) ? parsed(value) : null;
    if (isObject(json)) return flatten(json, path, '', 0);
    return [{ path, name: `.${spaced(key.replace(/^x-/, ''))}`, value }];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `nextPageToken`, `next_page_token`, `@odata.nextLink` → `next page token`, `odata next link`. */
function spaced(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

function wordOf({ path, name, value }: Member, asked: readonly string[]): Word[] {
  if (isAboutOthers.test(name)) return [];
  const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0];
  // Some repeat the cursor that they were asked with; a next cursor that is the same leads in a circle.
  const mayRepeat = kind === undefined || kind === 'cursor' || kind === 'token';
  if (mayRepeat && !/\bnext\b/.test(name) && asked.includes(String(value))) return [];
  if (kind === undefined) {
    const isUnclear = says(value)
      ? soundsLikeMore.test(name)
      : asBoolean(value) === false && soundsLikeTheEnd.test(name);
    return isUnclear ? [{ kind: 'unclear', path, value }] : [];
  }
  if (kind === 'last') return lastOf(path, value);
  if (value === true || value === 'true') return [{ kind: kind === 'more' ? kind : 'more', path, value }];
  if (value === undefined || (value === null && (kind === 'more' || numbers.has(kind)))) return [];
  return [{ kind: isReadable(kind, value) ? kind : 'unclear', path, value }];
}

/** Whether the value is one that a word of this kind can have. */
function isReadable(kind: Word['kind'], value: unknown): boolean {
  if (kind === 'more') return asBoolean(value) !== null;
  if (numbers.has(kind)) return asNumber(value) !== null;
  return !says(value) || typeof value === 'string' || typeof value === 'number';
}

/** `last` is a boolean, the number of the last page, or its address. */
function lastOf(path: string, value: unknown): Word[] {
  if (asNumber(value) !== null) return [{ kind: 'pages', path, value }];
  if (asBoolean(value) !== null) return [{ kind: 'last', path, value }];
  return typeof value === 'string' && value !== '' ? [{ kind: 'lastUrl', path, value }] : [];
}

/** Whether a value says something: an empty, false or missing one doesn't. */
export function says(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return !(
    value === undefined ||
    value === null ||
    value === false ||
    value === '' ||
    value === 'false' ||
    value === 0
  );
}

/** A boolean, also where it is written as text or as 0 and 1. */
function asBoolean(value: unknown): boolean | null {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/** A count, also where it is written as text. */
export function asNumber(value: unknown): number | null {
  const isCount = typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value));
  return isCount && Number.isSafeInteger(Number(value)) && Number(value) >= 0 ? Number(value) : null;
}
