import type { DesiredState } from '../desired/state.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import { isDoubt } from './doubts.ts';
import { makePlan, planDefaults } from './make-plan.ts';
import type { Blocked } from './plan.ts';

/**
 * The live partners that no handle is or may be, and the doubts about the handles. A candidate of a doubt isn't among
 * the partners, since the handle may mean it.
 */
export function lackingPartners(
  desired: DesiredState,
  live: LiveState,
): { readonly lacking: readonly LivePartner[]; readonly doubts: readonly Blocked[] } {
  const { unmanaged, blocked } = planOf(
    { ...desired, settings: { ...desired.settings, unmanaged: 'report' } },
    live,
  );
  const ids = new Set(unmanaged.map(({ id }) => id));
  return {
    lacking: live.partners.filter(({ id }) => ids.has(id)),
    doubts: blocked.filter(isDoubt),
  };
}

/** Handles that a plan would change. */
export function changedHandles(desired: DesiredState, live: LiveState): Set<string> {
  const { changes } = planOf(desired, live);
  return new Set(changes.filter(({ action }) => action !== 'none').map(({ address }) => address));
}

function planOf(desired: DesiredState, live: LiveState) {
  return makePlan({
    kind: 'drift',
    desired,
    base: null,
    live,
    selection: null,
    options: planDefaults,
  });
}
