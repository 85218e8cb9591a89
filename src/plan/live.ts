import { foldDomain, foldName } from '../folding.ts';
import { append } from '../grouped.ts';
import type { LivePartner, LiveState } from '../partner.ts';

/** The live partners by everything that a handle can be recognised by. */
export type LiveIndex = {
  readonly byId: ReadonlyMap<string, LivePartner>;
  readonly byExternalId: ReadonlyMap<string, readonly LivePartner[]>;
  readonly byDomain: ReadonlyMap<string, readonly LivePartner[]>;
  readonly byName: ReadonlyMap<string, readonly LivePartner[]>;
};

export function indexLive(live: Pick<LiveState, 'partners'>): LiveIndex {
  const byId = new Map<string, LivePartner>();
  const byExternalId = new Map<string, LivePartner[]>();
  const byDomain = new Map<string, LivePartner[]>();
  const byName = new Map<string, LivePartner[]>();
  for (const partner of live.partners) {
    byId.set(partner.id, partner);
    add(byExternalId, partner.externalId, partner);
    add(byDomain, partner.domain === null ? null : foldDomain(partner.domain), partner);
    add(byName, partner.name === null ? null : foldName(partner.name), partner);
  }
  return { byId, byExternalId, byDomain, byName };
}

function add<T>(index: Map<string, T[]>, key: string | null, entry: T): void {
  if (key !== null) append(index, key, entry);
}
