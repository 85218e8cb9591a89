/**
 * Who is who: which live partner each handle means.
 *
 * In this order: the pin by Introw's id, the pin by the CRM's id, the partner that the handle was at the base, the
 * domain, the name. Anything that leaves a doubt is one, with all candidates; nothing is ever guessed, because a wrong
 * match changes another company's partner and a missed one makes a second.
 */
import type { DesiredPartner } from '../desired/state.ts';
import { identities } from '../fields.ts';
import { foldDomain, foldName } from '../folding.ts';
import type { Handle, LivePartner } from '../partner.ts';
import { spelledOut } from '../spelled-out.ts';
import type { BaseState } from './base.ts';
import {
  ambiguous,
  type Doubt,
  externalIdMismatch,
  matchedByName,
  pinNotLive,
  wasManaged,
} from './doubts.ts';
import type { LiveIndex } from './live.ts';

export type Match =
  | { readonly kind: 'matched'; readonly live: LivePartner }
  | { readonly kind: 'create' }
  /** Pinned to a partner that isn't in Introw, or known at the base and gone since. */
  | { readonly kind: 'missing'; readonly doubt: Doubt }
  | { readonly kind: 'doubtful'; readonly doubt: Doubt };

/** What a name and a domain lead to. */
type Found = Extract<Match, { kind: 'matched' | 'doubtful' }>;

export type Matches = ReadonlyMap<Handle, Match>;

/**
 * Matches every one of `partners`. `base` are the files at the base, or null without one; with `recreate`, a handle
 * whose partner has disappeared since then is created again.
 */
export function matchPartners(
  partners: Iterable<DesiredPartner>,
  live: LiveIndex,
  base: BaseState | null,
  recreate = false,
): Map<Handle, Match> {
  const matches = new Map<Handle, Match>();
  for (const partner of partners) {
    const { handle } = partner;
    const unclear = base?.doubts?.get(handle);
    const match: Match =
      unclear === undefined
        ? matchOne(partner, live, base?.partners.get(handle), recreate)
        : { kind: 'doubtful', doubt: unclear };
    matches.set(handle, match);
  }
  return matches;
}

/** The live partner that an earlier state of a handle means, if that leaves no doubt. */
export function liveAtBase(atBase: DesiredPartner, live: LiveIndex): LivePartner | null {
  const match = byPin(atBase, live, undefined) ?? byDomainAndName(atBase, live);
  return match?.kind === 'matched' ? match.live : null;
}

function matchOne(
  partner: DesiredPartner,
  live: LiveIndex,
  atBase: DesiredPartner | undefined,
  recreate: boolean,
): Match {
  const pinned = byPin(partner, live, atBase);
  if (pinned !== null) return pinned;
  const followed = atBase === undefined ? null : liveAtBase(atBase, live);
  const found = byDomainAndName(partner, live);
  if (followed !== null)
    return (
      foundElsewhere(partner, followed, found, live) ??
      becomesAnother(partner, followed, found) ??
      matched(followed)
    );
  if (found !== null) return found;
  if (atBase !== undefined && !recreate) return { kind: 'missing', doubt: wasManaged(partner) };
  return { kind: 'create' };
}

/**
 * A handle that is followed from the base gets the name and domain of the files, so that the next run finds it by them.
 * Where it leaves one of them to the CRM it may not, and the next run would find another partner, or nobody.
 */
function foundElsewhere(
  partner: DesiredPartner,
  followed: LivePartner,
  found: Found | null,
  live: LiveIndex,
): Match | null {
  const leavesIdentity = Object.values(identities).some(({ name }) => partner.ignore.has(name));
  if (!leavesIdentity) return null;
  const hits = found?.kind === 'matched' ? [found.live] : (found?.doubt.candidates ?? []);
  const others = hits.filter(({ id }) => id !== followed.id);
  if (found?.kind === 'matched' ? others.length === 0 : willBeFound(partner, followed, live)) return null;
  const leadsTo = others.length === 0 ? 'nobody' : 'another';
  const why = `at the base it was one, and its name or domain, which it leaves to the CRM, leads to ${leadsTo}`;
  return doubtful(ambiguous(partner, why, [followed, ...others]));
}

/**
 * All that a handle says now is what another partner is called: two handles that traded places, or a handle that is used
 * for somebody else. Following it would turn one company into the other.
 */
function becomesAnother(partner: DesiredPartner, followed: LivePartner, found: Found | null): Match | null {
  if (found?.kind !== 'matched' || found.live.id === followed.id || agrees(partner, followed)) return null;
  const called = partner.domain === null ? 'name' : 'name and domain';
  const why = `at the base it was the first of these, and it now has the ${called} of the other`;
  return doubtful(ambiguous(partner, why, [followed, found.live]));
}

/** Whether a handle leads to a partner, by domain or else by name, once that is changed to what the handle says. */
function willBeFound(
  { name, domain, ignore }: DesiredPartner,
  followed: LivePartner,
  live: LiveIndex,
): boolean {
  if (domain !== null) {
    const key = foldDomain(domain);
    if (!ignore.has(identities.domain.name) || key === foldDomain(followed.domain ?? '')) return true;
    if (live.byDomain.has(key)) return false;
  }
  return !ignore.has(identities.name.name) || foldName(name) === foldName(followed.name ?? '');
}

function byPin(partner: DesiredPartner, live: LiveIndex, atBase: DesiredPartner | undefined): Match | null {
  const { id, externalId } = partner;
  if (id !== null) {
    const hit = live.byId.get(id);
    return hit === undefined ? missing(partner, id, live) : matched(hit);
  }
  if (externalId === null) return null;
  const hits = live.byExternalId.get(externalId) ?? [];
  const [hit] = hits;
  if (hit === undefined) return missing(partner, externalId, live);
  if (hits.length > 1)
    return doubtful(
      ambiguous(
        partner,
        `${hits.length} partners in Introw have the external id ${spelledOut(externalId)}`,
        hits,
      ),
    );
  const agreed = agrees(partner, hit) || (atBase !== undefined && agrees(atBase, hit));
  return agreed ? matched(hit) : doubtful(externalIdMismatch(partner, hit));
}

/** Whether a handle has the name or the domain of a live partner. */
export function agrees({ name, domain }: DesiredPartner, live: LivePartner): boolean {
  return (
    (live.name !== null && foldName(name) === foldName(live.name)) ||
    (domain !== null && live.domain !== null && foldDomain(domain) === foldDomain(live.domain))
  );
}

/** A domain that hits exactly one partner wins, unless the name says that it is another one. */
function byDomainAndName(partner: DesiredPartner, live: LiveIndex): Found | null {
  const { name, domain } = partner;
  const byDomain = domain === null ? [] : (live.byDomain.get(foldDomain(domain)) ?? []);
  const byName = live.byName.get(foldName(name)) ?? [];
  const [first] = byDomain.length > 0 ? byDomain : byName;
  if (first === undefined) return null;
  if (byDomain.length > 1)
    return doubtful(
      ambiguous(
        partner,
        `${byDomain.length} partners in Introw have the domain ${spelledOut(domain ?? '')}`,
        byDomain,
      ),
    );
  if (byDomain.length === 0) {
    if (byName.length > 1)
      return doubtful(
        ambiguous(partner, `${byName.length} partners in Introw are called ${spelledOut(name)}`, byName),
      );
    return domain !== null && first.domain !== null
      ? doubtful(matchedByName(partner, first))
      : matched(first);
  }
  if (byName.length > 0 && !byName.includes(first)) {
    return doubtful(
      ambiguous(
        partner,
        `its domain ${spelledOut(domain ?? '')} and its name ${spelledOut(name)} are those of different partners in Introw`,
        [first, ...byName],
      ),
    );
  }
  return matched(first);
}

function matched(live: LivePartner): Found {
  return { kind: 'matched', live };
}

function doubtful(doubt: Doubt): Found {
  return { kind: 'doubtful', doubt };
}

function missing(partner: DesiredPartner, pin: string, live: LiveIndex): Match {
  return { kind: 'missing', doubt: pinNotLive(partner, pin, identityHits(live, partner)) };
}

/** The live partners that have that name or that domain: whom Introw would change instead of creating. */
export function identityHits(
  live: LiveIndex,
  { name, domain }: { readonly name: string; readonly domain: string | null },
): readonly LivePartner[] {
  const byDomain = domain === null ? [] : (live.byDomain.get(foldDomain(domain)) ?? []);
  return [...new Set([...byDomain, ...(live.byName.get(foldName(name)) ?? [])])];
}
