/**
 * Finds out how a list pages whose first page is full and doesn't say. Every try costs a request, and a wrong guess
 * would lose partners, so a form counts only when it proves itself: its page holds partners that the first didn't, and
 * a form that counts answers its first number with the first page again (a server that counts from 0 doesn't).
 */
import type { Page, Walk } from './list-walk.ts';
import type { FormName, Query } from './paging-forms.ts';
import { formCalled, type Paging } from './paging-name.ts';

export type Probed =
  /** `page` is null where the first page holds all partners. */
  | { readonly kind: 'found'; readonly paging: Paging; readonly page: Page | null }
  | { readonly kind: 'unknown'; readonly tried: readonly string[] };

/** How a try asks for the second page, and what must come back if it means what we think. */
type Try = {
  readonly form: FormName;
  readonly parameter: string;
  readonly second: string;
  /** Where the second page brings partners: asks for the first page again. Null where only the last partner is sent. */
  readonly again: string | null;
  /** Where the second page is empty: this must bring the first page's last partners, so that there was no more. */
  readonly endsWith: { readonly value: string; readonly ids: readonly string[] };
};

/** `saysMore`: the first page says that more follow, so that an empty page proves nothing. */
export async function probePaging(walk: Walk, first: Page, saysMore: boolean): Promise<Probed> {
  const tries = triesFor(first.ids);
  let mayProveEnd = !saysMore;
  for (const { form, parameter, second, again, endsWith } of tries) {
    const page = await walk.look({ [parameter]: second });
    if (page === null || page.fresh < page.ids.length) continue;
    const paging = { form: formCalled(form), parameter };
    if (page.ids.length > 0) {
      if (again === null || (await answers(walk, { [parameter]: again }, first.ids)))
        return { kind: 'found', paging, page: walk.take(page) };
    } else if (mayProveEnd) {
      if (await answers(walk, { [parameter]: endsWith.value }, endsWith.ids))
        return { kind: 'found', paging, page: null };
      // This server answers what it doesn't know with nothing: no empty page of its means an end.
      mayProveEnd = false;
    }
  }
  return { kind: 'unknown', tried: tries.map(({ parameter, second }) => `${parameter}=${second}`) };
}

/** In the order of likelihood. What is proved by an empty page is that the parameter means what we think. */
function triesFor(ids: readonly string[]): readonly Try[] {
  const last = ids.at(-1) ?? '';
  const lastButOne = { value: ids.at(-2) ?? '', ids: [last] };
  const byLast = { form: 'last-id', second: last, again: null, endsWith: lastButOne } as const;
  return [
    { form: 'page', parameter: 'page', second: '2', again: '1', endsWith: { value: '1', ids } },
    {
      form: 'offset',
      parameter: 'offset',
      second: String(ids.length),
      again: '0',
      endsWith: { value: String(ids.length - 1), ids: [last] },
    },
    { ...byLast, parameter: 'cursor' },
    { ...byLast, parameter: 'after' },
    { ...byLast, parameter: 'starting_after' },
  ];
}

async function answers(walk: Walk, query: Query, ids: readonly string[]): Promise<boolean> {
  const page = await walk.look(query);
  return page !== null && page.ids.length === ids.length && page.ids.every((id, index) => id === ids[index]);
}
