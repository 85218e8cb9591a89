/** What Introw would merge or overwrite: two handles at one partner, and creates that aren't new. */
import type { DesiredPartner } from '../desired/state.ts';
import { foldDomain, foldName } from '../folding.ts';
import type { Handle, LivePartner, PartnerId } from '../partner.ts';
import { type Problem, problem } from '../problem.ts';
import type { LiveIndex } from './live.ts';
import { describe, type Matches } from './match.ts';

/** A problem for every live partner that more than one handle matches. */
export function sharedPartners(partners: ReadonlyMap<Handle, DesiredPartner>, matches: Matches): Problem[] {
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
    const message = `${claimants.map(placed).join(' and ')} are the same partner in Introw: ${describe(live)}.`;
    return [problem('TWO_HANDLES', message, { position: claimants.at(-1)?.position ?? null })];
  });
}

/**
 * A problem for every create whose name or domain a live partner has, or another handle has or will have: a POST
 * matches by either, so Introw would change that partner instead of making a new one.
 */
export function mergingCreates(
  partners: ReadonlyMap<Handle, DesiredPartner>,
  matches: Matches,
  live: LiveIndex,
): Problem[] {
  const isCreate = ({ handle }: DesiredPartner) => matches.get(handle)?.kind === 'create';
  const creates = [...partners.values()].filter(isCreate);
  if (creates.length === 0) return [];
  const others = [...partners.values()].filter((partner) => !isCreate(partner));
  const taken = new Map<string, DesiredPartner>();
  for (const partner of others)
    for (const [field, key] of identities(partner, live)) taken.set(`${field} ${key}`, partner);
  return creates.flatMap((partner) => {
    const clashes = identities(partner, live).flatMap(([field, key, inIntrow]) => {
      const twin = taken.get(`${field} ${key}`);
      taken.set(`${field} ${key}`, twin ?? partner);
      const other = twin === undefined ? inIntrow && describe(inIntrow) : placed(twin);
      return other === undefined ? [] : [`the ${field} of ${other}`];
    });
    if (clashes.length === 0) return [];
    const message = `${partner.handle} would be created with ${clashes.join(' and ')}.`;
    return [problem('CREATE_WOULD_MERGE', message, { position: partner.position })];
  });
}

function identities(partner: DesiredPartner, live: LiveIndex) {
  const { domain } = partner;
  const name = foldName(partner.name);
  const byName = ['name', name, live.byName.get(name)?.[0]] as const;
  if (domain === null) return [byName];
  return [byName, ['domain', foldDomain(domain), live.byDomain.get(foldDomain(domain))?.[0]] as const];
}

function placed(partner: DesiredPartner): string {
  return `${partner.handle} (${partner.position.file}:${partner.position.line})`;
}
