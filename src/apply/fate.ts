/** What is known of a change, and the result that follows from it: the one place where an outcome's words are chosen. */
import { fieldNamed, sameValue } from '../fields.ts';
import type { LivePartner } from '../partner.ts';
import type { KeptValue, Result } from '../plan/outcome.ts';
import type { Change } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';

export type Fate =
  | { readonly known: 'never sent' }
  /** It may have happened. `sentAt` is when it was last sent, by `performance.now()`. */
  | { readonly known: 'answer lost'; readonly problem: Problem; readonly sentAt: number }
  | { readonly known: 'refused'; readonly problem: Problem; readonly httpStatus: number | null }
  /** Its answer was lost, and a look-up long enough after showed that nothing was done. */
  | { readonly known: 'not done'; readonly problem: Problem }
  /** Introw showed the partner; `httpStatus` is null where that was a look-up. */
  | {
      readonly known: 'accepted';
      readonly partner: LivePartner;
      readonly httpStatus: number | null;
      readonly adopted: boolean;
    }
  | { readonly known: 'accepted, unread'; readonly httpStatus: number };

export function resultOf(change: Change, fate: Fate): Result {
  const about = {
    address: change.address,
    name: change.name,
    action: change.action === 'create' ? ('create' as const) : ('update' as const),
    fields: change.fields.map((row) => row.field),
    partnerId: change.partner?.id ?? null,
    httpStatus: null,
  };
  const nothing = { verified: false, adopted: false, keptByServer: [] } as const;
  switch (fate.known) {
    case 'never sent':
      return { ...about, ...nothing, status: 'skipped', error: null };
    case 'answer lost':
      return { ...about, ...nothing, status: 'unknown', error: withoutPosition(fate.problem) };
    case 'refused':
      return {
        ...about,
        ...nothing,
        status: 'failed',
        httpStatus: fate.httpStatus,
        error: withoutPosition(fate.problem),
      };
    case 'not done':
      return { ...about, ...nothing, status: 'failed', error: withoutPosition(fate.problem) };
    case 'accepted': {
      const kept = keptValues(change, fate.partner);
      return {
        ...about,
        status: 'applied',
        partnerId: fate.partner.id,
        httpStatus: fate.httpStatus,
        verified: true,
        adopted: fate.adopted,
        keptByServer: kept.map(({ field }) => field),
        kept,
        error: null,
      };
    }
    case 'accepted, unread':
      return { ...about, ...nothing, status: 'applied', httpStatus: fate.httpStatus, error: null };
  }
}

function keptValues({ fields }: Change, partner: LivePartner): KeptValue[] {
  return fields.flatMap(({ field, after }) => {
    const now = partner.values[field];
    if (now === undefined || sameValue(fieldNamed(field), after, now)) return [];
    return [{ field, sent: after, kept: now }];
  });
}

export function withoutPosition({ code, message, hint }: Problem) {
  return { code, message, hint };
}
