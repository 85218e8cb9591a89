import { isObject } from '../json.ts';
import type { PartnerId } from '../partner.ts';
import { failure } from '../problem.ts';
import { type PartnerBody, paths, type Writer, type Written } from './api.ts';
import type { Answer, Connection } from './connection.ts';
import { parsePartner } from './parse-partner.ts';

/** An id that no partner has: a PATCH of it changes nothing, and its answer tells whether the key may write. */
const nobody = 'ptn_introwctl-doctor-probe' as PartnerId;

/** The calls that change something. Both may be sent twice: a create that already happened is answered as an update. */
export function writer(connection: Connection): Writer {
  return {
    create: async (body: PartnerBody) => {
      const path = paths.partners;
      return written(await connection.request({ method: 'POST', path, body }), `POST ${path}`);
    },
    update: async (id: PartnerId, body: PartnerBody) => {
      const path = paths.partner(id);
      return written(await connection.request({ method: 'PATCH', path, body }), `PATCH ${path}`);
    },
    probe: async () => {
      // A key without the scope is refused before Introw looks for the partner.
      const accept = [400, 403, 404, 422];
      const { status } = await connection.request({
        method: 'PATCH',
        path: paths.partner(nobody),
        body: {},
        accept,
      });
      if (status < 300)
        throw failure(
          'UNEXPECTED_STATUS',
          `Introw answered ${status} to a change of ${nobody}, which should not exist.`,
        );
      return status !== 403;
    },
  };
}

function written({ json, status, attempts }: Answer, what: string): Written {
  return { status, attempts, partner: parsePartner(isObject(json) ? json.data : json, what) };
}
