/** Which live partners belong to handles, and which to none. */
import type { LiveState, PartnerId } from '../partner.ts';
import { reference } from './doubts.ts';
import type { Doubts } from './find-doubts.ts';
import type { Matches } from './match.ts';
import type { PartnerRef, Released } from './plan.ts';

/** The live partners that some handle is, or may be: a candidate of a doubt isn't unmanaged until the doubt is gone. */
export function claimedPartners(matches: Matches, doubts: Doubts): Set<PartnerId> {
  return new Set([
    ...[...matches.values()].flatMap((match) => (match.kind === 'matched' ? [match.live.id] : [])),
    ...doubts.all.flatMap(({ candidates }) => candidates.map(({ id }) => id)),
  ]);
}

/** The partners in no file; none where not all were read, since then nobody knows. */
export function unmanagedPartners(
  live: LiveState,
  claimed: ReadonlySet<PartnerId>,
  released: readonly Released[],
): PartnerRef[] {
  if (!live.complete) return [];
  const letGo = new Set(released.map(({ id }) => id));
  return live.partners.filter(({ id }) => !claimed.has(id) && !letGo.has(id)).map(reference);
}
