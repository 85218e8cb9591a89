/** The calls that change something. Both writes may be sent twice: a create that already happened is answered as an update. */
import { isObject } from '../json.ts';
import type { PartnerId } from '../partner.ts';
import { failure } from '../problem.ts';
import { type PartnerBody, paths, type Returned, type Writer, type Written } from './api.ts';
import type { Connection } from './connection.ts';
import type { Attempt, Exchange, RawAnswer } from './exchange.ts';
import { isPartner, parsePartner } from './parse-partner.ts';
import { type Method, policyOf } from './retry-policy.ts';

/** An id that no partner has: a PATCH of it changes nothing, and its answer tells whether the key may write. */
const nobody = 'ptn_introwctl-doctor-probe' as PartnerId;

/** What sends creates and updates over a connection. */
export function writer(connection: Connection): Writer {
  return {
    create: async (body: PartnerBody, until) => {
      const asked = { method: 'POST', path: paths.partners, body } as const;
      return written(await connection.send({ ...asked, ...ending(until) }), 'POST', connection);
    },
    update: async (id: PartnerId, body: PartnerBody, until) => {
      const asked = { method: 'PATCH', path: paths.partner(id), body } as const;
      return written(await connection.send({ ...asked, ...ending(until) }), 'PATCH', connection);
    },
    probe: async () => {
      // A key without the scope is refused before Introw looks for the partner.
      const accept = [400, 403, 404, 422];
      const path = paths.partner(nobody);
      const { status } = await connection.request({ method: 'PATCH', path, body: {}, accept });
      if (status < 300)
        throw failure(
          'UNEXPECTED_STATUS',
          `Introw answered ${status} to a change of ${nobody}, which should not exist.`,
        );
      return status !== 403;
    },
  };
}

function ending(until: AbortSignal | undefined) {
  return until === undefined ? {} : { until };
}

/** All attempts taken together: a success settles the matter, a lost answer leaves it open, whatever came after it. */
function written({ attempts, cutShort, what }: Exchange, method: Method, connection: Connection): Written {
  const last = attempts.at(-1);
  if (last === undefined) return { kind: 'never sent', ended: 'cut short', failure: null };
  const ended = cutShort ? 'cut short' : endOf(method, last);
  const failureOf = (attempt: Attempt) => connection.failureOf(attempt, what);
  if (last.kind === 'answered' && policyOf(method, last).write === 'done')
    return {
      kind: 'accepted',
      ended,
      status: last.answer.status,
      partner: returned(last.answer, what),
      sentBefore: attempts.slice(0, -1).some(mayHaveArrived),
    };
  const open = attempts.findLast((attempt) =>
    ['unclear', 'under way'].includes(policyOf(method, attempt).write),
  );
  if (open !== undefined)
    return { kind: 'lost', ended, failure: failureOf(open), last: failureOf(last), sentAt: open.sentAt };
  const refusal = attempts.findLast(({ kind }) => kind === 'answered');
  return refusal === undefined
    ? { kind: 'never sent', ended, failure: failureOf(last) }
    : { kind: 'refused', ended, failure: failureOf(refusal) };
}

function endOf(method: Method, attempt: Attempt): Written['ended'] {
  if (attempt.kind === 'unsent') return 'no connection';
  return policyOf(method, attempt).usable ? 'usable answer' : 'no usable answer';
}

/** Whether Introw may have worked on it: not where there was no connection, nor where the rate limit turned it away. */
function mayHaveArrived(attempt: Attempt): boolean {
  return attempt.kind === 'lost' || (attempt.kind === 'answered' && attempt.answer.status >= 500);
}

function returned({ body, flaw }: RawAnswer, what: string): Returned {
  if (flaw !== null) return 'unread';
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return 'unread';
  }
  const data = isObject(json) && json.data !== undefined ? json.data : json;
  if (!isObject(data) || data.id === undefined) return 'unread';
  return isPartner(data) ? parsePartner(data, what) : 'not a partner';
}
