/** What a plan may be right about and everybody should see all the same. */

import type { DesiredPartner } from '../desired/state.ts';
import { identities } from '../fields.ts';
import { foldDomain, foldName } from '../folding.ts';
import { textOf } from '../json.ts';
import type { LivePartner } from '../partner.ts';
import type { Warning } from '../problem.ts';
import type { FieldChange } from './plan.ts';

/** Following a handle to a partner of another name and domain is right, and so rare that everybody should see it. */
export function renamedEntirely(
  partner: DesiredPartner,
  live: LivePartner,
  rows: readonly FieldChange[],
): Warning[] {
  const renamed = Object.values(identities).every(({ name }) => rows.some((row) => row.field === name));
  const recased =
    foldName(partner.name) === foldName(live.name ?? '') ||
    foldDomain(partner.domain ?? '') === foldDomain(live.domain ?? '');
  if (!renamed || recased) return [];
  const message = `${partner.handle} is followed to a partner with another name and domain: ${live.name ?? '(no name)'} (${live.id}).`;
  return [{ code: 'RENAMED_ENTIRELY', message, position: partner.position }];
}

/** A name alone is a weak sign: with another domain it may well be somebody else of the same name. */
export function matchedByName(
  partner: DesiredPartner,
  live: LivePartner,
  rows: readonly FieldChange[],
): Warning[] {
  const isPinned = partner.id !== null || partner.externalId !== null;
  const domain = rows.find((row) => row.field === identities.domain.name);
  if (isPinned || domain === undefined || domain.before === null || domain.after === null) return [];
  const message = `${partner.handle} is taken for ${live.name ?? '(no name)'} (${live.id}) by its name alone: the domain there is ${textOf(domain.before)}. Pin it with id: if that is right.`;
  return [{ code: 'MATCHED_BY_NAME', message, position: partner.position }];
}

/** Fields that Introw returned in no form that could be compared. */
export function unreadableWarnings(unreadable: readonly string[]): Warning[] {
  return [...new Set(unreadable)].map((field) => {
    const partners = unreadable.filter((each) => each === field).length;
    const of = partners === 1 ? 'of 1 partner' : `of ${partners} partners`;
    return {
      code: 'NOT_READABLE',
      message: `Introw didn't return the ${field} ${of} in a form that can be read, so it was not compared.`,
      position: null,
    };
  });
}
