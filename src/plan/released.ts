/** What the base still says about live partners: which handle they were, and which have been let go. */
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { Handle, LiveState, PartnerId } from '../partner.ts';
import type { LiveIndex } from './live.ts';
import { liveAtBase, type Matches } from './match.ts';
import type { Released } from './plan.ts';

/** Which handle each live partner was at the base. */
export function partnersAtBase(base: DesiredState | null, live: LiveIndex): Map<PartnerId, DesiredPartner> {
  const found = new Map<PartnerId, DesiredPartner>();
  for (const partner of base?.partners.values() ?? []) {
    const id = liveAtBase(partner, live)?.id;
    if (id !== undefined) found.set(id, partner);
  }
  return found;
}

/** Handles that the base had and the files don't; a partner that another handle has taken over is not released. */
export function releasedPartners(
  base: DesiredState | null,
  handles: ReadonlyMap<Handle, DesiredPartner>,
  live: LiveState,
  index: LiveIndex,
  taken: ReadonlySet<PartnerId>,
): Released[] {
  const gone = [...(base?.partners.values() ?? [])].filter(({ handle }) => !handles.has(handle));
  return gone.flatMap((partner): Released[] => {
    const found = liveAtBase(partner, index);
    if (found !== null) {
      const { id, name, domain } = found;
      return taken.has(id) ? [] : [{ address: partner.handle, id, name, domain }];
    }
    if (live.complete) return [];
    const { handle, id, name, domain } = partner;
    return [{ address: handle, id, name, domain }];
  });
}

/** The live partners that some handle is. */
export function matchedIds(matches: Matches): Set<PartnerId> {
  return new Set([...matches.values()].flatMap((match) => (match.kind === 'matched' ? [match.live.id] : [])));
}
