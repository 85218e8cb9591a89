/** What the files said at --base: which live partner each handle was, and which were released. */
import type { DesiredPartner } from '../desired/state.ts';
import type { Handle, LiveState, PartnerId } from '../partner.ts';
import type { Doubt } from './doubts.ts';
import type { LiveIndex } from './live.ts';
import { liveAtBase } from './match.ts';
import type { Released } from './plan.ts';

/** The files at the base, as far as planning needs them. A DesiredState is one. */
export type BaseState = {
  readonly partners: ReadonlyMap<Handle, DesiredPartner>;
  /**
   * Handles that were read from files that are gone since, and that no -f names. They explain what a handle was, and
   * are never released: such a file may have belonged to something else.
   */
  readonly explainOnly?: ReadonlySet<Handle>;
  /** Handles of which the base says two different things. */
  readonly doubts?: ReadonlyMap<Handle, Doubt>;
};

/** What the base said of live partners and of handles. */
export type AtBase = {
  /** What the base said of the partner that a handle is now; by the handle where it said nothing of the partner. */
  readonly of: (handle: Handle, id: PartnerId) => DesiredPartner | undefined;
  /** What the base said of a live partner, whatever its handle was. */
  readonly ofPartner: (id: PartnerId) => DesiredPartner | undefined;
};

export function lookAtBase(base: BaseState | null, live: LiveIndex): AtBase {
  const handles = base?.partners ?? new Map<Handle, DesiredPartner>();
  const liveOf = new Map<Handle, PartnerId>();
  const byPartner = new Map<PartnerId, DesiredPartner>();
  for (const [handle, partner] of handles) {
    const id = liveAtBase(partner, live)?.id;
    if (id === undefined) continue;
    liveOf.set(handle, id);
    byPartner.set(id, partner);
  }
  return {
    of: (handle, id) => {
      const same = handles.get(handle);
      const was = liveOf.get(handle);
      if (was === id) return same;
      // A handle that was another partner says nothing of this one.
      return byPartner.get(id) ?? (was === undefined ? same : undefined);
    },
    ofPartner: (id) => byPartner.get(id),
  };
}

/** Handles that the base had and the files don't; a partner that another handle has taken over is not released. */
export function releasedPartners(
  base: BaseState | null,
  handles: ReadonlyMap<Handle, DesiredPartner>,
  live: LiveState,
  index: LiveIndex,
  taken: ReadonlySet<PartnerId>,
): Released[] {
  const gone = [...(base?.partners.values() ?? [])].filter(
    ({ handle }) => !handles.has(handle) && base?.explainOnly?.has(handle) !== true,
  );
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
