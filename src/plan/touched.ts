import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { Handle } from '../partner.ts';

/**
 * The handles that a change of the files touches: new ones, and those whose resolved values, pins or ignored fields
 * differ from the base. An edit of the defaults or the catalog touches whom it changes, and nobody else.
 */
export function touchedHandles(base: DesiredState, desired: DesiredState): Set<Handle> {
  const touched = new Set<Handle>();
  for (const [handle, partner] of desired.partners) {
    const before = base.partners.get(handle);
    if (before === undefined || meaning(before) !== meaning(partner)) touched.add(handle);
  }
  return touched;
}

/** All that the files say about a partner, without where they say it. */
function meaning(partner: DesiredPartner): string {
  const values = [...partner.values].map(([field, desired]) => [field, desired.value]);
  return JSON.stringify([partner.id, partner.externalId, values.sort(), [...partner.ignore].sort()]);
}
