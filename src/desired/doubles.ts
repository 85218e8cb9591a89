/**
 * Two handles for one partner: those that share a domain or a name, as Introw would match them. Two that are pinned are
 * known to be two partners, and so may share what they like. A plan judges by what is live, shows the rest, and names the
 * doubt; this is for those who see nothing but the files: validate, in a fork or before a commit.
 */
import { foldDomain, foldName } from '../folding.ts';
import { type Problem, problem } from '../problem.ts';
import { placeText } from './merge.ts';
import type { DesiredPartner, DesiredState } from './state.ts';

export function doublesIn({ partners }: Pick<DesiredState, 'partners'>): readonly Problem[] {
  const problems: Problem[] = [];
  const reported = new Set<string>();
  for (const { field, textOf, fold } of identities) {
    const seen = new Map<string, DesiredPartner>();
    for (const partner of partners.values()) {
      const text = textOf(partner);
      if (text === null) continue;
      const key = fold(text);
      const other = seen.get(key);
      if (
        other !== undefined &&
        !areTwo(partner, other) &&
        !reported.has(`${partner.handle} ${other.handle}`)
      ) {
        reported.add(`${partner.handle} ${other.handle}`);
        const theirs = textOf(other) ?? '';
        const shared =
          theirs === text ? JSON.stringify(text) : `${JSON.stringify(text)} and ${JSON.stringify(theirs)}`;
        const message = `${partner.handle} and ${other.handle} (${placeText(other.position)}) have the same ${field}: ${shared}.`;
        problems.push(
          problem('SAME_PARTNER', message, {
            position: partner.values.get(field)?.position ?? partner.position,
          }),
        );
      }
      // One that is pinned is no double of others that are: the first without a pin is what all are compared with.
      if (other === undefined || (isPinned(other) && !isPinned(partner))) seen.set(key, partner);
    }
  }
  return problems;
}

const identities = [
  { field: 'domain', textOf: ({ domain }: DesiredPartner) => domain, fold: foldDomain },
  { field: 'name', textOf: ({ name }: DesiredPartner) => name, fold: foldName },
] as const;

function isPinned({ id, externalId }: DesiredPartner): boolean {
  return id !== null || externalId !== null;
}

/** Whether both are pinned: to two partners, since two handles with one pin are reported by themselves. */
function areTwo(one: DesiredPartner, other: DesiredPartner): boolean {
  return isPinned(one) && isPinned(other);
}
