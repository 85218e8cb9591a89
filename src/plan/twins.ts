/**
 * No twins: after a plan, no two partners are equal in folded name or domain that weren't before. Introw finds the
 * partner that a POST means by either, so it would merge such two, or nobody could tell them apart again.
 *
 * What is judged is the state after all changes, so two partners may swap names, and twins that exist already can be
 * edited. Creates are also held against everything that any handle says, since a POST merges with what is there when
 * it arrives.
 */

import type { DesiredPartner } from '../desired/state.ts';
import { identities } from '../fields.ts';
import { foldDomain, foldName } from '../folding.ts';
import { append } from '../grouped.ts';
import type { Handle, LivePartner, PartnerId } from '../partner.ts';
import { problem } from '../problem.ts';
import { type Doubt, describe, describeAll, doubt, placed, reference } from './doubts.ts';
import type { Matches } from './match.ts';
import type { Change, PartnerRef } from './plan.ts';

/** A doubt for every handle that matches a live partner which another handle matches too. */
export function sharedPartners(partners: ReadonlyMap<Handle, DesiredPartner>, matches: Matches): Doubt[] {
  const claims = new Map<PartnerId, { live: LivePartner; claimants: DesiredPartner[] }>();
  for (const [handle, match] of matches) {
    const partner = partners.get(handle);
    if (match.kind !== 'matched' || partner === undefined) continue;
    const claim = claims.get(match.live.id);
    if (claim === undefined) claims.set(match.live.id, { live: match.live, claimants: [partner] });
    else claim.claimants.push(partner);
  }
  return [...claims.values()].flatMap(({ live, claimants }) => {
    if (claimants.length < 2) return [];
    return claimants.map((claimant) => {
      const others = claimants.filter((each) => each !== claimant).map(placed);
      const message = `${claimant.handle} and ${others.join(' and ')} are the same partner in Introw: ${describe(live)}.`;
      return doubt('TWO_HANDLES', claimant, message, { candidates: [live] });
    });
  });
}

/** A doubt for every create whose name or domain another handle has or will have. */
export function mergingCreates(partners: ReadonlyMap<Handle, DesiredPartner>, matches: Matches): Doubt[] {
  const isCreate = ({ handle }: DesiredPartner) => matches.get(handle)?.kind === 'create';
  const creates = [...partners.values()].filter(isCreate);
  if (creates.length === 0) return [];
  const holders = new Map<string, DesiredPartner[]>();
  for (const partner of partners.values())
    for (const { key } of keysOf(partner)) append(holders, key, partner);
  return creates.flatMap((partner) => {
    const clashes = keysOf(partner).flatMap(({ field, key }) => {
      const others = (holders.get(key) ?? []).filter((each) => each !== partner);
      return others.length === 0 ? [] : [`the ${field} of ${others.map(placed).join(' and ')}`];
    });
    if (clashes.length === 0) return [];
    const message = `${partner.handle} would be created with ${clashes.join(' and ')}.`;
    return [doubt('CREATE_WOULD_MERGE', partner, message)];
  });
}

/** A doubt for every change by which its partner becomes equal to another one that it wasn't equal to. */
export function newTwins(
  changes: readonly Change[],
  partners: ReadonlyMap<Handle, DesiredPartner>,
  matches: Matches,
  live: readonly LivePartner[],
): Doubt[] {
  const found = findTwins(changes, live);
  if (found.length === 0) return [];
  const owners = new Map<PartnerId, DesiredPartner>();
  for (const [handle, match] of matches) {
    const owner = partners.get(handle);
    if (match.kind === 'matched' && owner !== undefined) owners.set(match.live.id, owner);
  }
  return found.flatMap(({ change, message, others, field }) => {
    const partner = partners.get(change.address);
    if (partner === undefined) return [];
    const candidates = others.flatMap(({ ref }) => ref ?? []);
    // A partner of another handle is no way out, unless this run leaves that handle out and it gives the name up.
    const pinnable = candidates.filter(({ id }) => !owners.has(id));
    const leaving = others.flatMap(({ ref, after }) => {
      const owner = ref === null ? undefined : owners.get(ref.id);
      return owner !== undefined && keyOf(field, owner[field]) !== after ? [owner] : [];
    });
    const together = leaving.map((owner) => `Plan it together with ${placed(owner)}, which gives it up.`);
    const { hint } = problem('WOULD_MAKE_TWINS', message);
    const hints = { candidates, pinnable, hint: [...together, hint].join(' ') };
    return [doubt('WOULD_MAKE_TWINS', partner, message, hints)];
  });
}

/** A change that would make its partner equal to others. */
export type Twins = {
  readonly change: Change;
  readonly field: 'name' | 'domain';
  /** In a sentence: which field it would get, and whose. */
  readonly message: string;
  readonly others: readonly Identity[];
};

/** A partner with the folded name or domain that it has now and after all changes; `ref` is null for a new one, `address` where nothing changes. */
type Identity = {
  readonly before: string | null;
  readonly after: string | null;
  readonly address: string | null;
  readonly ref: PartnerRef | null;
};

/** The changes by which partners become equal that weren't: name by name, and domain by domain. */
export function findTwins(changes: readonly Change[], live: readonly LivePartner[]): Twins[] {
  // Nearly all plans change no name and no domain: they need nobody's.
  const names = new Set(Object.values(identities).map(({ name }) => name));
  if (!changes.some(({ fields }) => fields.some(({ field }) => names.has(field)))) return [];
  const twinsOf = (['name', 'domain'] as const).map((field) => twinsIn(field, changes, live));
  return changes.flatMap((change) => twinsOf.flatMap((find) => find(change)));
}

function twinsIn(field: 'name' | 'domain', changes: readonly Change[], live: readonly LivePartner[]) {
  const after = new Map<string, Identity>();
  for (const each of live) {
    const key = keyOf(field, each[field]);
    after.set(each.id, { before: key, after: key, address: null, ref: reference(each) });
  }
  for (const change of changes) {
    const row = change.fields.find((each) => each.field === identities[field].name);
    if (row === undefined || (row.after !== null && typeof row.after !== 'string')) continue;
    const { before = null, ref = null } = after.get(subjectOf(change)) ?? {};
    const { address } = change;
    after.set(subjectOf(change), { before, after: keyOf(field, row.after), address, ref });
  }
  const groups = new Map<string, string[]>();
  for (const [id, each] of after) if (each.after !== null) append(groups, each.after, id);

  return (change: Change): Twins[] => {
    const self = after.get(subjectOf(change));
    if (self === undefined || self.after === null || self.after === self.before) return [];
    const others = (groups.get(self.after) ?? []).flatMap((id) => {
      const other = after.get(id);
      const wereEqual = self.before !== null && self.before === other?.before;
      return other === self || other === undefined || wereEqual ? [] : [other];
    });
    if (others.length === 0) return [];
    const message = `${change.address} would get the ${field} of ${textOf(others)}.`;
    return [{ change, field, message, others }];
  };
}

/** Live partners by what they are called, new ones by their handle. */
function textOf(others: readonly Identity[]): string {
  const live = others.flatMap(({ ref }) => ref ?? []);
  const fresh = others.flatMap(({ ref, address }) => (ref === null && address !== null ? [address] : []));
  return [...(live.length === 0 ? [] : [describeAll(live)]), ...fresh].join(', ');
}

function subjectOf({ partner, address }: Change): string {
  return partner?.id ?? `new ${address}`;
}

function keyOf(field: 'name' | 'domain', value: string | null): string | null {
  return value === null ? null : folds[field](value);
}

const folds = { name: foldName, domain: foldDomain } as const;

function keysOf({ name, domain }: DesiredPartner) {
  const byName = { field: 'name', key: `name ${foldName(name)}` } as const;
  return domain === null
    ? [byName]
    : [byName, { field: 'domain', key: `domain ${foldDomain(domain)}` } as const];
}
