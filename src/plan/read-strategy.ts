import type { DesiredPartner } from '../desired/state.ts';
import type { Pin, Reading } from '../introw/api.ts';
import { listPageSize, type PartnerId } from '../partner.ts';
import type { Plan } from './plan.ts';

/**
 * The cheapest reading that answers the question, since every request costs a credit. `targets` is null when all
 * handles are planned: then only the list can say who is in no file. `entries` counts the handles in the files.
 */
export function chooseReading(
  targets: readonly DesiredPartner[] | null,
  entries: number,
  contains: PartnerId | null,
): Reading {
  if (targets === null) return { kind: 'list' };
  const pins = targets.flatMap((target) => pinOf(target));
  if (pins.length < targets.length || pins.length > pagesOf(entries)) return { kind: 'list' };
  const guarded = contains === null || targets.length === 0 || pins.some((pin) => pin.id === contains);
  return { kind: 'each', pins: guarded ? pins : [...pins, { by: 'id', id: contains }] };
}

/** What to read to learn whether a saved plan still holds: its partners, or all where a create may have found a match. */
export function savedReading(plan: Plan): Reading {
  const changes = plan.changes.filter((change) => change.action !== 'none');
  const { create, update, unchanged } = plan.summary;
  const ids = changes.flatMap((change) => (change.partner === null ? [] : [change.partner.id]));
  if (ids.length < changes.length || ids.length > pagesOf(create + update + unchanged))
    return { kind: 'list' };
  const { contains } = plan.organisation;
  const guarded = contains === null || ids.length === 0 || ids.includes(contains);
  return { kind: 'each', pins: [...ids, ...(guarded ? [] : [contains])].map((id) => ({ by: 'id', id })) };
}

/** How many requests a list of that many partners takes. */
export function pagesOf(partners: number): number {
  return Math.ceil(partners / listPageSize);
}

function pinOf(partner: DesiredPartner): Pin[] {
  if (partner.id !== null) return [{ by: 'id', id: partner.id }];
  return partner.externalId === null ? [] : [{ by: 'externalId', id: partner.externalId }];
}
