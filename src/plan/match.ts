/**
 * Who is who: which live partner each handle means.
 *
 * In this order: the pin by Introw's id, the pin by the CRM's id, the partner that the handle was at the base, the
 * domain, the name. Anything that leaves a doubt is a problem that names all candidates; nothing is ever guessed,
 * because a wrong match changes somebody else's partner and a missed one makes a second.
 */
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import { foldDomain, foldName } from '../folding.ts';
import type { Handle, LivePartner } from '../partner.ts';
import { type Problem, problem } from '../problem.ts';
import type { LiveIndex } from './live.ts';

export type Match =
  | { readonly kind: 'matched'; readonly live: LivePartner }
  | { readonly kind: 'create' }
  /** Pinned to a partner that isn't in Introw, or known at the base and gone since. */
  | { readonly kind: 'missing'; readonly problem: Problem }
  | { readonly kind: 'doubtful'; readonly problem: Problem };

export type Matches = ReadonlyMap<Handle, Match>;

/**
 * Matches every one of `partners`. `base` are the files at the base, or null without one; with `recreate`, a handle
 * whose partner has disappeared since then is created anew.
 */
export function matchPartners(
  partners: Iterable<DesiredPartner>,
  live: LiveIndex,
  base: DesiredState | null,
  recreate = false,
): Map<Handle, Match> {
  const matches = new Map<Handle, Match>();
  for (const partner of partners) {
    matches.set(partner.handle, matchOne(partner, live, base?.partners.get(partner.handle), recreate));
  }
  return matches;
}

/** The live partner that an earlier state of a handle means, if that leaves no doubt. */
export function liveAtBase(atBase: DesiredPartner, live: LiveIndex): LivePartner | null {
  const match = byPin(atBase, live) ?? byDomainAndName(atBase, live);
  return match?.kind === 'matched' ? match.live : null;
}

function matchOne(
  partner: DesiredPartner,
  live: LiveIndex,
  atBase: DesiredPartner | undefined,
  recreate: boolean,
): Match {
  const pinned = byPin(partner, live);
  if (pinned !== null) return pinned;
  const followed = atBase === undefined ? null : liveAtBase(atBase, live);
  if (followed !== null) return { kind: 'matched', live: followed };
  const found = byDomainAndName(partner, live);
  if (found !== null) return found;
  if (atBase !== undefined && !recreate) return { kind: 'missing', problem: wasManaged(partner) };
  return { kind: 'create' };
}

function byPin(partner: DesiredPartner, live: LiveIndex): Match | null {
  if (partner.id !== null) {
    const hit = live.byId.get(partner.id);
    return hit === undefined
      ? { kind: 'missing', problem: pinNotLive(partner, partner.id) }
      : { kind: 'matched', live: hit };
  }
  if (partner.externalId === null) return null;
  const hits = live.byExternalId.get(partner.externalId) ?? [];
  const [hit] = hits;
  if (hit === undefined) return { kind: 'missing', problem: pinNotLive(partner, partner.externalId) };
  if (hits.length > 1)
    return doubtful(
      partner,
      `${hits.length} partners in Introw have the external id ${partner.externalId}`,
      hits,
    );
  return { kind: 'matched', live: hit };
}

/** A domain that hits exactly one partner wins, unless the name says that it is another one. */
function byDomainAndName(partner: DesiredPartner, live: LiveIndex): Match | null {
  const { name, domain } = partner;
  const byDomain = domain === null ? [] : (live.byDomain.get(foldDomain(domain)) ?? []);
  const byName = live.byName.get(foldName(name)) ?? [];
  const [first] = byDomain.length > 0 ? byDomain : byName;
  if (first === undefined) return null;
  if (byDomain.length > 1)
    return doubtful(partner, `${byDomain.length} partners in Introw have the domain ${domain}`, byDomain);
  if (byDomain.length === 0) {
    if (byName.length > 1)
      return doubtful(partner, `${byName.length} partners in Introw are called ${name}`, byName);
    return { kind: 'matched', live: first };
  }
  if (byName.length > 0 && !byName.includes(first)) {
    return doubtful(
      partner,
      `its domain ${domain} and its name ${name} are those of different partners in Introw`,
      [first, ...byName],
    );
  }
  return { kind: 'matched', live: first };
}

function doubtful(partner: DesiredPartner, why: string, candidates: readonly LivePartner[]): Match {
  const message = `${partner.handle} could be more than one partner: ${why}: ${candidates.map(describe).join(', ')}.`;
  return { kind: 'doubtful', problem: problem('AMBIGUOUS_MATCH', message, { position: partner.position }) };
}

function pinNotLive(partner: DesiredPartner, pin: string): Problem {
  const message = `${partner.handle} is pinned to ${pin}, and Introw has no such partner.`;
  return problem('PIN_NOT_LIVE', message, { position: partner.position });
}

function wasManaged(partner: DesiredPartner): Problem {
  const message = `${partner.handle} was in the files at the base, and no partner in Introw matches it now.`;
  return problem('WAS_MANAGED', message, { position: partner.position });
}

/** The live partners that have that name or that domain: whom Introw would change instead of creating. */
export function identityHits(live: LiveIndex, name: string, domain: string | null): readonly LivePartner[] {
  const byDomain = domain === null ? [] : (live.byDomain.get(foldDomain(domain)) ?? []);
  return [...byDomain, ...(live.byName.get(foldName(name)) ?? [])];
}

/** A live partner as messages name it. */
export function describe(partner: LivePartner): string {
  return `${partner.name ?? '(no name)'}${partner.domain === null ? '' : ` <${partner.domain}>`} ${partner.id}`;
}
