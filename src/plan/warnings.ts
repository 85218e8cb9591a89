/** Warnings of a plan, which may be right all the same. */

import type { DesiredPartner } from '../desired/state.ts';
import { identities } from '../fields.ts';
import { foldName } from '../folding.ts';
import type { LivePartner } from '../partner.ts';
import { type Warning, warning } from '../problem.ts';
import { type Doubt, describe } from './doubts.ts';
import type { FieldChange } from './plan.ts';

/** Following a handle to a partner of another name and domain is right, and so rare that everybody should see it. */
export function renamedEntirely(
  partner: DesiredPartner,
  live: LivePartner,
  rows: readonly FieldChange[],
): Warning[] {
  if (!Object.values(identities).every(({ name }) => rows.some((row) => row.field === name))) return [];
  // Names that differ only in case are compared as two and meant as one; domains are compared as they are meant.
  if (live.name !== null && foldName(partner.name) === foldName(live.name)) return [];
  const message = `${partner.handle} is followed to a partner with another name and domain: ${describe(live)}.`;
  return [warning('RENAMED_ENTIRELY', message, partner.position)];
}

/** Fields that Introw returned in no form that could be compared. */
export function unreadableWarnings(unreadable: readonly string[]): Warning[] {
  return [...new Set(unreadable)].map((field) => {
    const partners = unreadable.filter((each) => each === field).length;
    const of = partners === 1 ? 'of 1 partner' : `of ${partners} partners`;
    return warning(
      'NOT_READABLE',
      `Introw didn't return the ${field} ${of} in a form that can be read, so it was not compared.`,
    );
  });
}

/** Doubts about handles that the plan doesn't change: shown, and no reason to stop. */
export function unrelatedDoubts(doubts: readonly Doubt[]): Warning[] {
  return doubts.map(({ code, message, position }) => ({
    code,
    message: `${message} This plan leaves it alone.`,
    position,
  }));
}
