/**
 * Two handles for one partner: those that share a domain or a name, as Introw would match them. Two that are pinned are
 * known to be two partners, and so may share what they like. A plan judges by what is live, shows the rest, and names the
 * doubt; this is for those who see nothing but the files: validate, in a fork or before a commit, and bulk edits.
 */
import { identities } from '../fields.ts';
import { foldDomain, foldName } from '../folding.ts';
import { type Problem, problem } from '../problem.ts';
import { quotedOut } from '../spelled-out.ts';
import { placeText } from './merge.ts';
import type { DesiredPartner, DesiredState } from './state.ts';

type Partners = Pick<DesiredState, 'partners'>;

/** Two handles that would be matched with one partner, the later one first. */
export type Double = {
  readonly partner: DesiredPartner;
  readonly other: DesiredPartner;
  /** The field that they share. */
  readonly field: string;
  /** What both say there: one text, or two that are matched alike. */
  readonly shared: string;
};

/**
 * A problem for each two handles of the files that would be matched with one partner. `isPinned` may say so of more than
 * have a pin, where one can't be told.
 */
export function doublesIn(state: Partners, isPinned = hasPin): readonly Problem[] {
  return doubles(state, isPinned).map(({ partner, other, field, shared }) => {
    const theirs = `${other.handle} (${placeText(other.position)})`;
    return problem('SAME_PARTNER', `${partner.handle} and ${theirs} have the same ${field}: ${shared}.`, {
      position: partner.values.get(field)?.position ?? partner.position,
    });
  });
}

/** Those that an edit makes: two that are doubles after it, and weren't before. */
export function newDoubles(before: Partners, after: Partners): readonly Double[] {
  return doubles(after, hasPin).filter(({ partner, other }) => {
    const [one, two] = [partner, other].map(({ handle }) => before.partners.get(handle));
    return one === undefined || two === undefined || areTwo(one, two) || !shareIdentity(one, two);
  });
}

/** Two partners that are pinned, and so are two, to which an edit gives one name or one domain. */
export function newTwins(before: Partners, after: Partners): readonly Double[] {
  return doubles(after, () => false).filter(({ partner, other }) => {
    const [one, two] = [partner, other].map(({ handle }) => before.partners.get(handle));
    const shared = one !== undefined && two !== undefined && shareIdentity(one, two);
    return areTwo(partner, other) && !shared;
  });
}

/** Two that are pinned are two: that two handles have one pin is reported by itself. */
function areTwo(one: DesiredPartner, other: DesiredPartner): boolean {
  return hasPin(one) && hasPin(other);
}

function doubles({ partners }: Partners, isPinned: (partner: DesiredPartner) => boolean): Double[] {
  const found = new Map<string, Double>();
  for (const { field, textOf, fold } of compared) {
    const seen = new Map<string, DesiredPartner>();
    for (const partner of partners.values()) {
      const text = textOf(partner);
      if (text === null) continue;
      const key = fold(text);
      const other = seen.get(key);
      if (other !== undefined && !(isPinned(partner) && isPinned(other))) {
        const texts = [...new Set([text, textOf(other) ?? ''])];
        const shared = texts.map(quotedOut).join(' and ');
        const pair = `${partner.handle} ${other.handle}`;
        if (!found.has(pair)) found.set(pair, { partner, other, field, shared });
      }
      // One that is pinned is no double of others that are: the first without a pin is what all are compared with.
      if (other === undefined || (isPinned(other) && !isPinned(partner))) seen.set(key, partner);
    }
  }
  return [...found.values()];
}

const compared = [identityBy('domain', foldDomain), identityBy('name', foldName)];

/** A field that partners are matched by, with the text that a partner has there: null where its files give none that is right. */
function identityBy(which: keyof typeof identities, fold: (text: string) => string) {
  const field = identities[which].name;
  const textOf = ({ values }: DesiredPartner) => {
    const value = values.get(field)?.value;
    return typeof value === 'string' ? value : null;
  };
  return { field, textOf, fold };
}

function shareIdentity(one: DesiredPartner, other: DesiredPartner): boolean {
  return compared.some(({ textOf, fold }) => {
    const [text, theirs] = [textOf(one), textOf(other)];
    return text !== null && theirs !== null && fold(text) === fold(theirs);
  });
}

export function hasPin({ id, externalId }: DesiredPartner): boolean {
  return id !== null || externalId !== null;
}
