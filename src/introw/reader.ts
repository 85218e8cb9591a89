import { isObject } from '../json.ts';
import { type LivePartner, type LiveState, listPageSize } from '../partner.ts';
import { paths, type Reader, type Reading } from './api.ts';
import type { ReadConnection } from './connection.ts';
import type { AskPage } from './list-walk.ts';
import { pagingText } from './paging-name.ts';
import { parsePartner } from './parse-partner.ts';
import type { Listing } from './read-list.ts';
import { readListThatAddsUp } from './read-list-twice.ts';

/** The two calls that only look. */
export function reader(connection: ReadConnection): Reader {
  return {
    list: async () => (await readWholeList(connection)).partners,
    get: async (id) => {
      // A dot segment would be resolved away on the wire, encoded or not.
      if (/^\.{1,2}$/.test(id)) return null;
      const path = paths.partner(id);
      const { status, json } = await connection.request({ method: 'GET', path, accept: [404] });
      return status === 404 ? null : parsePartner(isObject(json) ? json.data : json, `GET ${path}`);
    },
  };
}

/** What a server answers to a query that it doesn't know, or for a page that it doesn't have. */
const refusals = [400, 404, 422];

/** Reads the complete list; `onAnswer` sees each answer as it came. */
export async function readWholeList(
  connection: ReadConnection,
  onAnswer: (body: unknown) => void = () => undefined,
): Promise<Listing> {
  const ask: AskPage = async (query, mayRefuse) => {
    const search = new URLSearchParams({ limit: String(listPageSize), ...query });
    const { status, json, headers } = await connection.request({
      method: 'GET',
      path: `${paths.partners}?${search}`,
      accept: mayRefuse ? refusals : [],
    });
    if (!refusals.includes(status)) onAnswer(json);
    return { status, headers, body: json };
  };
  const { origin, assumeComplete, paging, affords, onEvent } = connection;
  const listing = await readListThatAddsUp(
    {
      list: `${origin}${paths.partners}`,
      assumeComplete,
      paging,
      mayProbe: true,
      parse: (each) => parsePartner(each, `GET ${paths.partners}`),
      onPage: (partners, total) => onEvent({ kind: 'page', partners, total }),
    },
    ask,
    affords,
  );
  if (listing.paging !== null && listing.probes > 0)
    onEvent({ kind: 'probed', paging: pagingText(listing.paging), requests: listing.probes });
  return listing;
}

/** Reads what was chosen to be read. A pinned partner that Introw doesn't have is simply not among them. */
export async function readLive(connection: ReadConnection, reading: Reading): Promise<LiveState> {
  if (reading.kind === 'list') {
    const { partners, oneReading } = await readWholeList(connection);
    return { partners, complete: true, listRequests: oneReading };
  }
  const introw = reader(connection);
  const found = new Map<string, LivePartner>();
  for (const { id } of reading.pins) {
    const partner = await introw.get(id);
    if (partner !== null) found.set(partner.id, partner);
  }
  return { partners: [...found.values()], complete: false };
}
