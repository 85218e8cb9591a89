/**
 * The forms in which a list says how it goes on: one row each, in the order in which they are looked for. The table is
 * used to follow a list, for the names that `settings.paging` and `--paging` take, and by the sandbox.
 */
import { listPageSize } from '../partner.ts';
import { queryOf } from './next-address.ts';
import { asNumber, type PageWords, says, type Word, type WordKind } from './page-words.ts';

/** What to add to the request for a page. */
export type Query = Readonly<Record<string, string>>;

/** One answer of a list as a form looks at it. */
export type Seen = PageWords & {
  /** The address of the list. */
  readonly list: string;
  /** What it was asked with. */
  readonly asked: Query;
  /** Partners on this page, and distinct ones so far with these. */
  readonly count: number;
  readonly read: number;
  /** The page before all others, null on itself: how many partners it held, and what it called its own number. */
  readonly first: { readonly count: number; readonly number: number | null } | null;
};

/** What is known before the next page of a list that says nothing is asked for. */
export type Step = { readonly page: number; readonly offset: number; readonly lastId: string };

type Row = {
  readonly name: string;
  /** For the help. */
  readonly describe: string;
  /** What the way to the next page is called in the query, the usual name first; empty where an address is followed. */
  readonly parameters: readonly string[];
  /** The queries that may lead on, the likeliest first; `end`, or null where the answer doesn't have this form. */
  readonly next: (seen: Seen, parameters: readonly string[]) => readonly Query[] | 'end' | null;
  /** For forms that can be followed without a word from the server: the value that asks for the next page. */
  readonly step: ((step: Step) => string) | null;
};

const table = [
  {
    name: 'cursor',
    describe: 'an opaque nextCursor goes back as cursor',
    parameters: ['cursor', 'after'],
    step: null,
    next(seen, parameters) {
      const found = of(seen, 'cursor', 'after', 'next').filter(
        ({ kind, value }) => kind !== 'next' || isOpaque(value),
      );
      const strong = found.filter(({ path }) => /next|after/i.test(path));
      const word = best(strong.length > 0 ? strong : found);
      if (word === undefined) return null;
      if (!says(word.value)) return seen.more === true ? null : 'end';
      if (seen.more === false) return 'end';
      const named = word.kind === 'after' ? ['after', ...parameters] : [...parameters, lastName(word.path)];
      return asEach(parameters.length === 1 ? parameters : named, word.value);
    },
  },
  {
    name: 'token',
    describe: 'a nextPageToken goes back as pageToken',
    parameters: ['pageToken', 'page_token'],
    step: null,
    next(seen, parameters) {
      const word = best(of(seen, 'token'));
      if (word === undefined) return null;
      if (!says(word.value)) return seen.more === true ? null : 'end';
      if (seen.more === false) return 'end';
      const own = lastName(word.path);
      const alike = own.replace(/^next_?(.)/, (_, letter: string) => letter.toLowerCase());
      return asEach(parameters.length === 1 ? parameters : [alike, ...parameters, own], word.value);
    },
  },
  {
    name: 'page-info',
    describe: 'pageInfo.endCursor goes back as after while hasNextPage is true',
    parameters: ['after', 'cursor'],
    step: null,
    next(seen, parameters) {
      const word = best(of(seen, 'endCursor'));
      if (word === undefined) return null;
      if (seen.more === false) return 'end';
      if (!says(word.value)) return seen.more === true ? null : 'end';
      return seen.count === 0 && seen.more === null ? null : asEach(parameters, word.value);
    },
  },
  {
    name: 'link',
    describe: 'a Link header with rel="next"',
    parameters: [],
    step: null,
    next({ links, list }) {
      const next = links.find(({ rels }) => rels.includes('next'));
      if (next !== undefined) return [queryOf(next.target, list)];
      return links.some(({ rels }) => rels.some((rel) => /^(prev|previous|first|last)$/.test(rel)))
        ? 'end'
        : null;
    },
  },
  {
    name: 'links',
    describe: 'the address of the next page, as links.next or next',
    parameters: [],
    step: null,
    next(seen) {
      const word = best(
        of(seen, 'url', 'next', 'nextPage').filter(({ kind, value }) => kind === 'url' || isAddress(value)),
      );
      if (word === undefined) return null;
      return says(word.value) ? [queryOf(String(word.value), seen.list)] : 'end';
    },
  },
  {
    name: 'next-page',
    describe: 'the number of the next page, as nextPage, goes back as page',
    parameters: ['page'],
    step: null,
    next(seen, parameters) {
      const word = best(
        of(seen, 'nextPage', 'next').filter(
          ({ kind, value }) => !isAddress(value) && (kind === 'nextPage' || !isOpaque(value)),
        ),
      );
      if (word === undefined) return null;
      return says(word.value) ? asEach(parameters, word.value) : 'end';
    },
  },
  {
    name: 'page',
    describe: 'page and totalPages; page=2 is the second page',
    parameters: ['page'],
    step: ({ page }) => String(page),
    next(seen, parameters) {
      const said = numberIn(seen, 'page');
      const pages = numberIn(seen, 'pages');
      if (said === null && pages === null) return null;
      const page = said ?? Number(seen.asked[parameters[0] ?? 'page'] ?? 1);
      const go = asEach(parameters, page + 1);
      const countsFromZero = (seen.first === null ? said : seen.first.number) === 0;
      if (pages !== null) return page + (countsFromZero ? 1 : 0) >= pages ? 'end' : go;
      return byCount(seen, seen.count === 0 && seen.asked[parameters[0] ?? 'page'] === String(page), go);
    },
  },
  {
    name: 'offset',
    describe: 'offset and total; offset=100 is the second page',
    parameters: ['offset'],
    step: ({ offset }) => String(offset),
    next(seen, parameters) {
      const next = best(of(seen, 'nextOffset'));
      if (next !== undefined) return says(next.value) ? asEach(parameters, next.value) : 'end';
      const offset = numberIn(seen, 'offset');
      if (offset === null) return null;
      if (seen.total !== null && offset + seen.count >= seen.total && seen.more !== true) return 'end';
      return byCount(seen, seen.count === 0, asEach(parameters, offset + seen.count));
    },
  },
  {
    name: 'last-id',
    describe: 'hasMore, and the id of the last partner goes back as after',
    parameters: ['after', 'starting_after'],
    step: ({ lastId }) => lastId,
    next: () => null,
  },
] as const satisfies readonly Row[];

export type FormName = (typeof table)[number]['name'];
export type PagingForm = Row & { readonly name: FormName };

/** All forms, in the order in which an answer is searched for them. */
export const pagingForms: readonly PagingForm[] = table;

/** Whether a first page may be followed by more: it is full, or as round as a page size that a server may impose. */
export function looksFull(count: number, size: number | null): boolean {
  return count >= listPageSize || (count > 0 && (count === size || [10, 20, 25, 50].includes(count)));
}

/** Where a page gives its own place and no total: what is said of more counts, and else how many came. */
function byCount(seen: Seen, isPastTheEnd: boolean, go: readonly Query[]): readonly Query[] | 'end' | null {
  if (seen.more === false || isPastTheEnd) return 'end';
  if (seen.total !== null && seen.more === null) return seen.read < seen.total ? go : null;
  const isFull =
    seen.first === null ? looksFull(seen.count, numberIn(seen, 'size')) : seen.count >= seen.first.count;
  return seen.more === true || isFull ? go : null;
}

function of({ words }: Seen, ...kinds: readonly WordKind[]): readonly Word[] {
  return words.filter(({ kind }) => kinds.includes(kind));
}

/** Of several words for the same thing, one that says something. */
function best(words: readonly Word[]): Word | undefined {
  return words.find(({ value }) => says(value)) ?? words[0];
}

/** The highest number that is given under a kind whose words are all numbers. */
export function numberIn({ words }: PageWords, kind: WordKind): number | null {
  const all = words.flatMap((word) => (word.kind === kind ? [Number(word.value)] : []));
  return all.length === 0 ? null : Math.max(...all);
}

function asEach(parameters: readonly string[], value: unknown): readonly Query[] {
  return [...new Set(parameters)].map((parameter) => ({ [parameter]: String(value) }));
}

function lastName(path: string): string {
  return path.slice(path.search(/[^.[\] ]*$/));
}

function isAddress(value: unknown): boolean {
  return /^(https?:|\/|\?|\.\/)/.test(String(value));
}

/** Text that only the server understands: neither an address nor a number. */
function isOpaque(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !isAddress(value) && asNumber(value) === null;
}
