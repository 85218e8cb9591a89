/** One link of a Link header (RFC 8288): where it points, and its relation types in lower case. */
export type Link = { readonly target: string; readonly rels: readonly string[] };

/**
 * The links of a Link header, several headers joined by commas included; null where it isn't one. Written here because
 * one pattern for the header takes `rel="nextpage"` for `next` and trips over commas in quotes and addresses.
 */
export function parseLinkHeader(header: string): readonly Link[] | null {
  const links: Link[] = [];
  let rest = header;
  while (/[^\s,]/.test(rest)) {
    const head = /^[\s,]*<([^>]*)>/.exec(rest);
    if (head === null) return null;
    rest = rest.slice(head[0].length);
    let rels: readonly string[] | null = null;
    for (let found = parameter.exec(rest); found !== null; found = parameter.exec(rest)) {
      const [all, name = '', quoted, plain = ''] = found;
      rest = rest.slice(all.length);
      // Of several rel parameters the first counts.
      if (name.toLowerCase() === 'rel') rels ??= (quoted ?? plain).toLowerCase().split(/\s+/);
    }
    if (!/^\s*(,|$)/.test(rest)) return null;
    links.push({ target: head[1] ?? '', rels: rels ?? [] });
  }
  return links;
}

/** `; name`, `; name=value` or `; name="value"`. */
const parameter = /^\s*;\s*([^\s=;,"]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/;
