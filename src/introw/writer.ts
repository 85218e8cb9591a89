import { isObject, type PartnerId } from '../partner.ts';
import type { PartnerBody, Writer, Written } from './api.ts';
import type { Answer, Connection } from './connection.ts';
import { parsePartner } from './parse-partner.ts';

/** The two calls that change something. Both may be sent twice: a create that already happened is answered as an update. */
export function writer(connection: Connection): Writer {
  return {
    create: async (body: PartnerBody) => {
      const path = '/api/v1/partners';
      return written(await connection.request({ method: 'POST', path, body }), `POST ${path}`);
    },
    update: async (id: PartnerId, body: PartnerBody) => {
      const path = `/api/v1/partners/${encodeURIComponent(id)}`;
      return written(await connection.request({ method: 'PATCH', path, body }), `PATCH ${path}`);
    },
  };
}

function written({ json, status, attempts }: Answer, what: string): Written {
  return { status, attempts, partner: parsePartner(isObject(json) ? json.data : json, what) };
}
