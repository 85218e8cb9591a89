/** What one answer of a list says of what follows it. Pure. */
import { listPageSize } from '../partner.ts';
import { asNumber, type ListAnswer, readPageWords } from './page-words.ts';
import {
  type FormName,
  numberIn,
  type PagingForm,
  pagingForms,
  type Query,
  type Seen,
} from './paging-forms.ts';
import { type Paging, parametersOf } from './paging-name.ts';

/** `ask`: the next page, under the names that its parameter may have. `more`: more follow, and not how. */
export type Verdict =
  | { readonly kind: 'ask'; readonly form: FormName; readonly queries: readonly Query[] }
  | { readonly kind: 'end'; readonly form: FormName | null }
  | { readonly kind: 'more'; readonly by: 'words' | 'total'; readonly because: string }
  | { readonly kind: 'unclear'; readonly because: string }
  | { readonly kind: 'silent' };

export type Judged = {
  readonly verdict: Verdict;
  readonly total: number | null;
  readonly size: number | null;
};

/** Judges an answer: by every form, or by the one that was given. */
export function judgePage(
  answer: ListAnswer,
  context: Pick<Seen, 'asked' | 'list' | 'count' | 'read' | 'first'>,
  given: Paging | null,
  assumeComplete: boolean,
): Judged {
  const seen: Seen = { ...readPageWords(answer, context.asked), ...context };
  return {
    verdict: verdictOf(seen, answer.status, given, assumeComplete),
    total: seen.total,
    size: numberIn(seen, 'size'),
  };
}

/** The number that a page gives itself; null where it gives none. */
export function ownNumber(answer: ListAnswer): number | null {
  return numberIn(readPageWords(answer), 'page');
}

function verdictOf(seen: Seen, status: number, given: Paging | null, assumeComplete: boolean): Verdict {
  const said = pagingForms.map((form) => ({ form, next: nextBy(form, seen, given) }));
  const own = given === null ? undefined : said.find(({ form }) => form === given.form);
  const on =
    own !== undefined && Array.isArray(own.next) ? own : said.find(({ next }) => Array.isArray(next));
  if (on !== undefined && Array.isArray(on.next)) {
    if (given === null || on === own) return { kind: 'ask', form: on.form.name, queries: on.next };
    // Whoever fixed a form that can be followed without a word means that one, whatever the answer says.
    if (given.form.step !== null)
      return { kind: 'more', by: 'words', because: `it goes on by ${on.form.name}` };
    return {
      kind: 'unclear',
      because: `it goes on by ${on.form.name}, and paging is set to ${given.form.name}`,
    };
  }
  const unclear = unclearIn(seen);
  if (unclear !== null && !assumeComplete)
    return { kind: 'unclear', because: `it says something in ${unclear} that introwctl doesn't understand` };
  if (seen.more === true) return { kind: 'more', by: 'words', because: 'it says that more follow' };
  const ended = said.find(({ next }) => next === 'end');
  if (ended !== undefined) return { kind: 'end', form: ended.form.name };
  if (seen.more === false) return { kind: 'end', form: null };
  const total = seen.total ?? countedBeyond(seen);
  if (total !== null && seen.read < total)
    return { kind: 'more', by: 'total', because: `it states a total of ${total}` };
  if (status === 206)
    return { kind: 'more', by: 'words', because: 'it was answered with 206 (partial content)' };
  return total === null ? { kind: 'silent' } : { kind: 'end', form: null };
}

function nextBy(form: PagingForm, seen: Seen, given: Paging | null): ReturnType<PagingForm['next']> {
  return form.next(seen, given?.form === form ? parametersOf(given) : form.parameters);
}

/**
 * Where something was said that isn't understood. A total below what the first page holds isn't one of partners, and
 * from a first page that has no next one, the last can't be a later one.
 */
function unclearIn({ words, total, count, read, first, list }: Seen): string | null {
  const word = words.find(({ kind }) => kind === 'unclear');
  if (word !== undefined) return word.path;
  const last = words.find(({ kind, value }) => kind === 'lastUrl' && isLater(String(value), list));
  if (first === null && last !== undefined) return last.path;
  if (total === null || total >= count || read > count) return null;
  return words.find(({ kind }) => kind === 'total')?.path ?? null;
}

/** Whether the address of a page counts beyond the first: `page=5`, `offset=400`. */
function isLater(address: string, list: string): boolean {
  if (!URL.canParse(address, list)) return false;
  const { searchParams } = new URL(address, list);
  return [...searchParams].some(
    ([name, value]) =>
      /page|offset|skip/i.test(name) && !/size|per|limit/i.test(name) && (asNumber(value) ?? 0) > 1,
  );
}

/** `count` is a total for some and the size of the page for others: it counts where it exceeds both. */
function countedBeyond(seen: Seen): number | null {
  const count = numberIn(seen, 'count') ?? numberIn(seen, 'pageTotal');
  return count !== null && count > seen.count && count > seen.read && count !== listPageSize ? count : null;
}
