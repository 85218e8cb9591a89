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
import type { Handle, LivePartner, PartnerId } from '../partner.ts';
import { type Doubt, describe, doubt, placed, reference } from './doubts.ts';
import { append } from './live.ts';
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
  const holders = new Map<string, DesiredPartner[]>();
  for (const partner of partners.values())
    for (const { key } of keysOf(partner)) append(holders, key, partner);
  return [...partners.values()].filter(isCreate).flatMap((partner) => {
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
  live: readonly LivePartner[],
): Doubt[] {
  const fieldTwins = (['name', 'domain'] as const).map((field) => twinsIn(field, changes, live));
  return changes.flatMap((change) => {
    const partner = partners.get(change.address);
    if (partner === undefined) return [];
    return fieldTwins.flatMap((twinsOf) => twinsOf(change, partner));
  });
}

/** A partner with the folded name or domain that it has now and after the plan; `ref` is null for a new one. */
type Subject = {
  readonly before: string | null;
  readonly after: string | null;
  readonly text: string;
  readonly ref: PartnerRef | null;
};

function twinsIn(field: 'name' | 'domain', changes: readonly Change[], live: readonly LivePartner[]) {
  const keyOf = (value: string | null) => (value === null ? null : folds[field](value));
  const subjects = new Map<string, Subject>();
  for (const each of live) {
    const key = keyOf(each[field]);
    subjects.set(each.id, { before: key, after: key, text: describe(each), ref: reference(each) });
  }
  for (const change of changes) {
    const row = change.fields.find((each) => each.field === identities[field].name);
    if (row === undefined || (row.after !== null && typeof row.after !== 'string')) continue;
    const id = change.partner?.id ?? `new ${change.address}`;
    const known = subjects.get(id);
    const { before = null, text = change.address, ref = null } = known ?? {};
    subjects.set(id, { before, after: keyOf(row.after), text, ref });
  }
  const groups = new Map<string, string[]>();
  for (const [id, { after }] of subjects) if (after !== null) append(groups, after, id);

  return (change: Change, partner: DesiredPartner): Doubt[] => {
    const id = change.partner?.id ?? `new ${change.address}`;
    const self = subjects.get(id);
    if (self === undefined || self.after === null || self.after === self.before) return [];
    const others = (groups.get(self.after) ?? []).flatMap((each) => {
      const other = subjects.get(each);
      const wereEqual = self.before !== null && self.before === other?.before;
      return each === id || other === undefined || wereEqual ? [] : [other];
    });
    if (others.length === 0) return [];
    const message = `${change.address} would get the ${field} of ${others.map(({ text }) => text).join(', ')}.`;
    const partners = (some: readonly Subject[]) => some.flatMap(({ ref }) => ref ?? []);
    const pinnable = partners(others.filter(({ before, after }) => before === after));
    return [doubt('WOULD_MAKE_TWINS', partner, message, { candidates: partners(others), pinnable })];
  };
}

const folds = { name: foldName, domain: foldDomain } as const;

function keysOf({ name, domain }: DesiredPartner) {
  const byName = { field: 'name', key: `name ${foldName(name)}` } as const;
  return domain === null
    ? [byName]
    : [byName, { field: 'domain', key: `domain ${foldDomain(domain)}` } as const];
}
