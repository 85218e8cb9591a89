/** Looks up what became of changes whose answers were lost, so that an outcome says unknown as rarely as it can. */

import { count } from '../english.ts';
import { fieldNamed, sameValue } from '../fields.ts';
import type { Reader } from '../introw/api.ts';
import type { ReadConnection } from '../introw/connection.ts';
import { reader } from '../introw/reader.ts';
import { pause } from '../introw/request-queue.ts';
import { retryDefaults } from '../introw/retry-policy.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import { indexLive } from '../plan/live.ts';
import { identityHits } from '../plan/match.ts';
import type { Change } from '../plan/plan.ts';
import { listCost } from '../plan/read-strategy.ts';
import { Failure, problem } from '../problem.ts';
import type { Fate } from './fate.ts';
import { sentIdentity } from './identity.ts';
import { wasThereBefore } from './judge.ts';

export type LookUp = {
  readonly reader: Reader;
  /** How many requests reading the list takes. */
  readonly listCost: number;
  /** Whether the remaining credits pay for so many requests. */
  readonly affords: (requests: number) => boolean;
  /** A write is given so long to show, from when it was last sent, in milliseconds. */
  readonly settleMs?: number;
  readonly onWait?: (milliseconds: number, changes: number) => void;
};

/**
 * How to look up over a connection: each request once, since the server may be down. `live` is what was read before: it
 * says what reading the list costs.
 */
export function lookUpOver(connection: ReadConnection, live: LiveState): LookUp {
  const once: ReadConnection = {
    ...connection,
    request: (asked) => connection.request({ ...asked, once: true }),
  };
  return {
    reader: reader(once),
    listCost: listCost(live),
    affords: connection.affords,
    onWait: (milliseconds, changes) => {
      const because = `to look up ${count(changes, 'change')} whose answers were lost`;
      connection.onEvent({ kind: 'waiting', reason: 'look-up', milliseconds, because });
    },
  };
}

type Lost = readonly [change: Change, fate: Extract<Fate, { known: 'answer lost' }>];

/**
 * The fates of what could be found out: done, or not done so long after it was sent that it won't be any more. What
 * credits don't pay for, what Introw doesn't answer, and what is neither, stays as it is.
 */
export async function lookUpLost(
  fates: ReadonlyMap<Change, Fate>,
  { reader, listCost, affords, settleMs = retryDefaults.underWayMs, onWait }: LookUp,
  began: string,
  stop: AbortSignal,
): Promise<Map<Change, Fate>> {
  const found = new Map<Change, Fate>();
  const lost = [...fates].flatMap(([change, fate]): Lost[] =>
    fate.known === 'answer lost' ? [[change, fate]] : [],
  );
  const readsList = lost.some(([change]) => change.partner === null) || lost.length > listCost;
  if (!affords(readsList ? listCost : lost.length)) return found;

  const rest = Math.max(...lost.map(([, { sentAt }]) => sentAt)) + settleMs - performance.now();
  if (rest > 0) onWait?.(rest, lost.length);
  if (!(await pause(rest, stop))) return found;
  try {
    const list = readsList ? await reader.list() : null;
    for (const [change] of lost) {
      const fate =
        change.partner === null
          ? fateOfCreate(change, list ?? [], began)
          : fateOfUpdate(change, await partnerOf(change.partner.id, list, reader));
      if (fate !== null) found.set(change, fate);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return found;
}

async function partnerOf(
  id: string,
  list: readonly LivePartner[] | null,
  reader: Reader,
): Promise<LivePartner | 'another' | null> {
  const partner = list === null ? await reader.get(id) : (list.find((each) => each.id === id) ?? null);
  return partner === null || partner.id === id ? partner : 'another';
}

function fateOfUpdate(change: Change, partner: LivePartner | 'another' | null): Fate | null {
  if (partner === 'another') return null;
  if (partner === null) return notDone('its partner is not in Introw');
  const readable = change.fields.filter((row) => partner.values[row.field] !== undefined);
  if (readable.length === 0) return null;
  const holds = (value: 'before' | 'after') =>
    readable.every((row) => sameValue(fieldNamed(row.field), row[value], partner.values[row.field]));
  if (holds('after')) return { known: 'accepted', partner, httpStatus: null, adopted: false };
  return holds('before') ? notDone('Introw holds what it held before') : null;
}

function fateOfCreate(change: Change, list: readonly LivePartner[], began: string): Fate | null {
  const { name, domain } = sentIdentity(change);
  const index = indexLive({ partners: list });
  const [partner, ...others] = new Set(identityHits(index, { name, domain }));
  if (partner === undefined) return notDone('Introw has no such partner');
  const isAsSent = change.fields.every((row) => {
    const now = partner.values[row.field];
    return now === undefined || sameValue(fieldNamed(row.field), row.after, now);
  });
  // A partner of that name with other values may be somebody else's, made in the same minute.
  if (others.length > 0 || !isAsSent) return null;
  return { known: 'accepted', partner, httpStatus: null, adopted: wasThereBefore(partner, began) };
}

function notDone(why: string): Fate {
  const message = `The answer was lost, and looked up afterwards it was not done: ${why}.`;
  return { known: 'not done', problem: problem('NOT_DONE', message) };
}
