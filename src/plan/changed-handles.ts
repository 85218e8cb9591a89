import { meaningOf, sameMeaning } from '../desired/meaning.ts';
import type { DesiredState } from '../desired/state.ts';
import type { Handle } from '../partner.ts';
import type { BaseState } from './base.ts';

/**
 * The handles that a change of the files touches: new ones, and those whose resolved values, pins or ignored fields
 * differ from the base. An edit of the defaults or the catalog touches whom it changes, and nobody else.
 */
export function touchedHandles(base: BaseState, desired: DesiredState): Set<Handle> {
  const touched = new Set<Handle>();
  for (const [handle, partner] of desired.partners) {
    const before = base.partners.get(handle);
    if (before === undefined || !sameMeaning(meaningOf(before), meaningOf(partner))) touched.add(handle);
  }
  return touched;
}
