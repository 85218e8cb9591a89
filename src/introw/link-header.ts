import { failure } from '../problem.ts';

/**
 * The query of the rel="next" of a Link header (RFC 8288), or null where it has none. A link to another origin is
 * refused: the key would go with it.
 */
export function linkedQuery(link: string, origin: string): Record<string, string> | null {
  for (const [, target = '', parameters = ''] of link.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s,;]+))*)/g,
  )) {
    if (!/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(parameters)) continue;
    const url = URL.canParse(target, origin) ? new URL(target, origin) : null;
    if (url === null || url.origin !== origin) {
      throw failure(
        'UNREADABLE_ANSWER',
        `The next page of partners is at ${url?.origin ?? 'an address that is none'}, not at ${origin}.`,
      );
    }
    const { limit: _, ...query } = Object.fromEntries(url.searchParams);
    return query;
  }
  return null;
}
