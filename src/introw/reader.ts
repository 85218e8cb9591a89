import { isObject } from '../json.ts';
import { type LivePartner, type LiveState, listPageSize } from '../partner.ts';
import { type Pin, paths, type Reader, type Reading } from './api.ts';
import type { ReadConnection } from './connection.ts';
import { followPages, type Page } from './pages.ts';
import { parsePartner } from './parse-partner.ts';

/** The two calls that only look. */
export function reader(connection: ReadConnection): Reader {
  return {
    list: async () => {
      const found = new Map<string, LivePartner>();
      const pages = followPages(connection, (query) => readPage(connection, query));
      for await (const { partners, total } of pages) {
        for (const partner of partners) if (!found.has(partner.id)) found.set(partner.id, partner);
        connection.onEvent({ kind: 'page', partners: found.size, total });
      }
      return [...found.values()];
    },
    get: async (id) => {
      // A dot segment would be resolved away on the wire, encoded or not.
      if (/^\.{1,2}$/.test(id)) return null;
      const path = paths.partner(id);
      const { status, json } = await connection.request({ method: 'GET', path, accept: [404] });
      return status === 404 ? null : parsePartner(isObject(json) ? json.data : json, `GET ${path}`);
    },
  };
}

async function readPage(connection: ReadConnection, query: Readonly<Record<string, string>>): Promise<Page> {
  const search = new URLSearchParams({ limit: String(listPageSize), ...query });
  const { json, headers } = await connection.request({ method: 'GET', path: `${paths.partners}?${search}` });
  return {
    body: json,
    link: [headers.link ?? []].flat().join(', '),
    parse: (each) => parsePartner(each, `GET ${paths.partners}`),
  };
}

/** Reads what was chosen to be read. A pinned partner that Introw doesn't have is simply not among them. */
export async function readLive(connection: ReadConnection, reading: Reading): Promise<LiveState> {
  const introw = reader(connection);
  if (reading.kind === 'list') return { partners: await introw.list(), complete: true };
  const found = new Map<string, LivePartner>();
  for (const pin of reading.pins) {
    const partner = await introw.get(pin.id);
    if (partner !== null) found.set(partner.id, answered(partner, pin));
  }
  return { partners: [...found.values()], complete: false };
}

/** A partner that was asked for by the CRM's id has that id, whether or not the answer repeats it. */
function answered(partner: LivePartner, pin: Pin): LivePartner {
  return pin.by === 'externalId' ? { ...partner, externalId: pin.id } : partner;
}
