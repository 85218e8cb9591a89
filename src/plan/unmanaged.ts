import type { DesiredState } from '../desired/state.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import { makePlan, planDefaults } from './make-plan.ts';

/** The live partners that no handle is. Throws a Failure of every doubt about who is who, like a plan. */
export function lackingPartners(desired: DesiredState, live: LiveState): LivePartner[] {
  const { unmanaged } = planOf({ ...desired, settings: { ...desired.settings, unmanaged: 'report' } }, live);
  const lacking = new Set(unmanaged.map(({ id }) => id));
  return live.partners.filter(({ id }) => lacking.has(id));
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
