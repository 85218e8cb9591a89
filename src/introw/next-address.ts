import { failure } from '../problem.ts';

/** The query of the next page's address; one of another origin or path is refused: the key would go there. */
export function queryOf(target: string, list: string): Readonly<Record<string, string>> {
  const { origin, pathname } = new URL(list);
  const url = URL.canParse(target, list) ? new URL(target, list) : null;
  // A proxy on the way may serve the list under a longer path.
  if (url === null || url.origin !== origin || !url.pathname.replace(/\/$/, '').endsWith(pathname)) {
    const where = url === null ? 'an address that is none' : `${url.origin}${url.pathname}`;
    throw failure('UNREADABLE_ANSWER', `The next page of partners is at ${where}, not at ${list}.`);
  }
  const { limit: _, ...query } = Object.fromEntries(url.searchParams);
  return query;
}
