/** A walk through the pages of a list: asks for pages, judges them, and keeps the partners that they brought. */
import { isObject } from '../json.ts';
import type { LivePartner } from '../partner.ts';
import { failure } from '../problem.ts';
import { type Judged, judgePage, ownNumber } from './judge-page.ts';
import type { ListAnswer } from './page-words.ts';
import type { Query, Seen, Step } from './paging-forms.ts';
import type { Paging } from './paging-name.ts';

export type WalkOptions = {
  /** The address of the list. */
  readonly list: string;
  /** Take a list that doesn't say whether it goes on for complete. */
  readonly assumeComplete: boolean;
  /** The form that settings or an option fixed; null where it is to be found out. */
  readonly paging: Paging | null;
  /** Whether requests may be spent on finding out how a list pages that doesn't say. */
  readonly mayProbe: boolean;
  readonly parse: (json: unknown) => LivePartner;
  /** Called after each page with the distinct partners so far and the total where one was stated. */
  readonly onPage: (partners: number, total: number | null) => void;
};

/** Asks for a page. Where `mayRefuse` is set, the answer may be a refusal: a status from 400 on. */
export type AskPage = (query: Query, mayRefuse: boolean) => Promise<ListAnswer>;

/** A page that has come: its partners, what it says of what follows, and how many partners no earlier page had. */
export type Page = Judged & {
  readonly partners: readonly LivePartner[];
  readonly ids: readonly string[];
  readonly fresh: number;
};

export type Walk = {
  /** Asks for a page and counts it as read. A query that was asked before is a circle and stops the run. */
  readonly go: (query: Query) => Promise<Page>;
  /** Asks for a page to see whether it leads on: it is read once it is taken. Null where the server refuses the query. */
  readonly look: (query: Query) => Promise<Page | null>;
  readonly take: (page: Page) => Page;
  readonly step: () => Step;
  readonly partners: () => readonly LivePartner[];
  /** How many partners that are; asked after every page, where copying them all would take longer with each. */
  readonly count: () => number;
  readonly requests: () => number;
  /** The highest total that was stated. */
  readonly total: () => number | null;
};

export function startWalk(options: WalkOptions, ask: AskPage): Walk {
  const { list, paging, assumeComplete } = options;
  const found = new Map<string, LivePartner>();
  const asked = new Set<string>();
  let requests = 0;
  let pages = 0;
  let rows = 0;
  let lastId = '';
  let total: number | null = null;
  let first: Seen['first'] = null;

  function understand(query: Query, answer: ListAnswer): Page {
    const partners = dataOf(answer.body).map(options.parse);
    const ids = partners.map(({ id }) => id);
    const fresh = new Set(ids.filter((id) => !found.has(id))).size;
    const context = { list, asked: query, first, count: ids.length, read: found.size + fresh };
    const judged = judgePage(answer, context, paging, assumeComplete);
    first ??= { count: ids.length, number: ownNumber(answer) };
    return { ...judged, partners, ids, fresh };
  }

  async function send(query: Query, mayRefuse: boolean): Promise<ListAnswer> {
    requests++;
    asked.add(JSON.stringify(query));
    return ask(query, mayRefuse);
  }

  function take(page: Page): Page {
    // A partner that comes twice was changed while the pages were read: the later is the truth.
    for (const partner of page.partners) found.set(partner.id, partner);
    pages++;
    rows += page.ids.length;
    lastId = page.ids.at(-1) ?? lastId;
    if (page.total !== null) total = Math.max(page.total, total ?? 0);
    options.onPage(found.size, total);
    return page;
  }

  return {
    go: async (query) => {
      if (asked.has(JSON.stringify(query))) throw neverEnds(found.size);
      return take(understand(query, await send(query, false)));
    },
    look: async (query) => {
      const answer = await send(query, true);
      return answer.status >= 400 ? null : understand(query, answer);
    },
    take,
    step: () => ({ page: pages + 1, offset: rows, lastId }),
    partners: () => [...found.values()],
    count: () => found.size,
    requests: () => requests,
    total: () => total,
  };
}

/** The failure of a list that goes on without new partners; `read` is how many it had given until then. */
export function neverEnds(read: number) {
  return failure('LIST_NEVER_ENDS', `After ${read} partners the list starts over.`);
}

function dataOf(body: unknown): readonly unknown[] {
  if (isObject(body) && Array.isArray(body.data)) return body.data;
  if (isObject(body) && 'data' in body)
    throw failure(
      'UNREADABLE_ANSWER',
      `Introw answered the list of partners with ${kindOf(body.data)} under "data" instead of a list (GET /api/v1/partners).`,
    );
  const has = isObject(body) ? Object.keys(body).slice(0, 10).join(', ') : '';
  const instead = has === '' ? '' : `; it has ${has}`;
  throw failure(
    'UNREADABLE_ANSWER',
    `Introw answered the list of partners without a list under "data"${instead} (GET /api/v1/partners).`,
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return isObject(value) ? 'an object' : `a ${typeof value}`;
}
