/**
 * Reads the list of partners to its end, page after page. Introw documents `limit` and not the way to the next page,
 * so the way is recognised in the answers. A list that was cut off would make live partners look new, so it ends only
 * where the answers say so or leave no room for more; every doubt stops the run.
 */
import type { LivePartner } from '../partner.ts';
import { type Failure, failure } from '../problem.ts';
import type { Verdict } from './judge-page.ts';
import { type AskPage, neverEnds, type Page, startWalk, type Walk, type WalkOptions } from './list-walk.ts';
import { looksFull, type Query } from './paging-forms.ts';
import { formCalled, type Paging, pagingText, parametersOf } from './paging-name.ts';
import { probePaging } from './probe-paging.ts';

/** What was read, and how. */
export type Listing = {
  readonly partners: readonly LivePartner[];
  readonly requests: number;
  /** How many of these one reading takes. */
  readonly oneReading: number;
  /** The highest total that was stated; null where none was. */
  readonly total: number | null;
  /** How it paged; null where the first page was the end and showed no form. */
  readonly paging: Paging | null;
  /** How many of the requests went into finding that out. */
  readonly probes: number;
  /** How many partners the first page held. */
  readonly pageSize: number;
};

/** So many empty pages in a row are a list that never ends. */
const mostEmptyPages = 5;

/** Throws LIST_MAY_BE_CUT_OFF where the end is in doubt, and LIST_NEVER_ENDS where pages come back. */
export async function readList(options: WalkOptions, ask: AskPage): Promise<Listing> {
  const walk = startWalk(options, ask);
  const first = await walk.go({});
  let way: Way = { paging: options.paging, wasShown: false, probes: 0 };
  let empty = 0;
  for (let page: Page | null = first; page !== null; ) {
    empty = page.ids.length === 0 ? empty + 1 : 0;
    if (empty > mostEmptyPages) throw neverEnds(walk.count());
    const next: Next = await nextPage(walk, first, page, way, options);
    ({ page, ...way } = next);
  }
  return {
    partners: walk.partners(),
    requests: walk.requests(),
    oneReading: walk.requests(),
    total: walk.total(),
    paging: way.paging,
    probes: way.probes,
    pageSize: first.ids.length,
  };
}

/** How the list goes on, as far as that is known. `wasShown`: an answer has said it. */
type Way = { readonly paging: Paging | null; readonly wasShown: boolean; readonly probes: number };

type Next = Way & { readonly page: Page | null };

/** The page after this one, or null where this one was the last. */
async function nextPage(walk: Walk, first: Page, page: Page, way: Way, options: WalkOptions): Promise<Next> {
  const { verdict } = page;
  const { paging, wasShown } = way;
  const read = walk.count();
  if (verdict.kind === 'unclear') throw mayGoOn(read, verdict.because);
  if (verdict.kind === 'end') {
    const shown = verdict.form === null ? null : { form: formCalled(verdict.form), parameter: null };
    return { ...way, paging: paging ?? shown, page: null };
  }
  if (page.fresh === 0 && page.ids.length > 0) throw neverEnds(read);
  if (verdict.kind === 'ask') return { ...way, ...(await follow(walk, verdict, paging)), wasShown: true };
  if (paging !== null && paging.form.step !== null) {
    if (isLastStep(page, first, verdict, read)) return { ...way, page: null };
    return { ...way, page: await step(walk, paging, paging.form.step(walk.step())) };
  }
  if (!wasShown) return meet(walk, page, verdict, way, options);
  // Once an answer has shown its form, the form's absence is the end, but not on a page without partners.
  if (verdict.kind === 'silent' && page.ids.length > 0) return { ...way, page: null };
  throw mayGoOn(read, `${page.ids.length === 0 ? 'an empty page came, and ' : ''}${because(verdict)}`);
}

type Wordless = Extract<Verdict, { kind: 'silent' | 'more' }>;

/** What follows a first page that doesn't say how the list goes on. */
async function meet(
  walk: Walk,
  first: Page,
  verdict: Wordless,
  way: Way,
  { assumeComplete, mayProbe }: WalkOptions,
): Promise<Next> {
  const read = walk.count();
  const isShort = !looksFull(first.ids.length, first.size);
  if (verdict.kind === 'silent' && (assumeComplete || isShort)) return { ...way, page: null };
  // A short page below the total may be all there is, if the total counts what isn't listed: whoever compares them decides.
  const isBelowTotal = isShort && verdict.kind === 'more' && verdict.by === 'total';
  if (isBelowTotal && (assumeComplete || !mayProbe || first.ids.length === 0)) return { ...way, page: null };
  if (first.ids.length === 0) throw mayGoOn(read, because(verdict));
  if (way.paging !== null) {
    const set = `paging is set to ${pagingText(way.paging)}, of which it shows nothing`;
    throw mayGoOn(read, `${set}, and ${because(verdict)}`);
  }
  const found = await probePaging(walk, first, verdict.kind === 'more');
  // The page that proved a form, or the end, would have been asked for anyway.
  const probes = walk.requests() - (found.kind === 'unknown' ? 1 : 2);
  if (found.kind === 'found') return { ...way, paging: found.paging, probes, page: found.page };
  if (isBelowTotal) return { ...way, probes, page: null };
  const tried = `trying ${found.tried.join(', ')} didn't show it (${probes} requests)`;
  throw mayGoOn(read, `${because(verdict)}, and ${tried}`);
}

/** The next page of a form that is followed without a word from the server; `value` asks for it. */
async function step(walk: Walk, paging: Paging, value: string): Promise<Page> {
  const read = walk.count();
  const [name = ''] = parametersOf(paging);
  const page = await walk.go({ [name]: value });
  const again = page.ids.length - page.fresh;
  if (again === 0) return page;
  const asked = `${name}=${value}`;
  if (page.fresh === 0)
    throw mayGoOn(read, `it doesn't page by ${asked}, which brings the same partners again`);
  const message = `After ${read} partners, ${asked} brings ${again} of them again, so others may be missing.`;
  throw failure('LIST_INCOMPLETE', message);
}

/** Follows what an answer says. Of the names that the parameter may have, the first that leads on is kept. */
async function follow(
  walk: Walk,
  verdict: Extract<Verdict, { kind: 'ask' }>,
  paging: Paging | null,
): Promise<{ page: Page; paging: Paging }> {
  const form = formCalled(verdict.form);
  const settled = paging?.form === form ? paging.parameter : null;
  const queries = verdict.queries.filter((query) => settled === null || settled in query);
  const keep = (query: Query, page: Page) => {
    const [parameter = null] = form.parameters.length === 0 ? [] : Object.keys(query);
    return { page, paging: { form, parameter } };
  };
  const [only = {}, ...others] = queries;
  if (others.length === 0) return keep(only, await walk.go(only));
  for (const query of queries) {
    const page = await walk.look(query);
    if (page === null) continue;
    if (page.fresh > 0 || page.ids.length === 0 || page.verdict.kind === 'end')
      return keep(query, walk.take(page));
  }
  const tried = queries.flatMap((query) => Object.keys(query)).join(', ');
  throw failure(
    'LIST_NEVER_ENDS',
    `After ${walk.count()} partners the list goes on by ${form.name}, and sending that back as ${tried} brings the same partners again.`,
    { hint: `If you know what its parameter is called, pass --paging ${form.name}:PARAMETER.` },
  );
}

/** Pages that are followed without a word from the server end with a short one. */
function isLastStep(page: Page, first: Page, verdict: Wordless, read: number): boolean {
  if (page.ids.length > 0) {
    if (verdict.kind === 'more') return false;
    return page === first ? !looksFull(page.ids.length, page.size) : page.ids.length < first.ids.length;
  }
  // Where only a total says that there is more, whoever compares totals decides.
  if (verdict.kind === 'silent' || verdict.by === 'total') return true;
  throw mayGoOn(read, `an empty page came, and ${because(verdict)}`);
}

function because(verdict: Wordless): string {
  if (verdict.kind === 'silent') return "it doesn't say whether more follow";
  return `${verdict.because}, and doesn't say how to ask for the rest`;
}

function mayGoOn(read: number, why: string): Failure {
  return failure('LIST_MAY_BE_CUT_OFF', `The list of partners may continue after ${read}: ${why}.`);
}
