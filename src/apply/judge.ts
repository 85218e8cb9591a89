/** What an answer says about the change that it answers: is it about our partner, and is that partner ours? */

import { foldDomain, foldName } from '../folding.ts';
import type { Written } from '../introw/api.ts';
import type { LivePartner } from '../partner.ts';
import type { Change } from '../plan/plan.ts';
import { type Problem, problem } from '../problem.ts';
import type { Fate } from './fate.ts';
import { sentIdentity } from './identity.ts';

/** `began` is when the run began, by the server's clock (ISO 8601); `sentAt` is now, by `performance.now()`. */
export function judge(change: Change, written: Written, began: string, sentAt: number): Fate {
  switch (written.kind) {
    case 'never sent':
      return { known: 'never sent' };
    case 'refused':
      return {
        known: 'refused',
        problem: written.failure.problems[0],
        httpStatus: written.failure.httpStatus,
      };
    case 'lost':
      return {
        known: 'answer lost',
        problem: answerLost(written.failure.problems[0]),
        sentAt: written.sentAt,
      };
    case 'accepted':
      return accepted(change, written, began, sentAt);
  }
}

function accepted(
  change: Change,
  { status, partner, sentBefore }: Extract<Written, { kind: 'accepted' }>,
  began: string,
  sentAt: number,
): Fate {
  if (partner === 'unread') return { known: 'accepted, unread', httpStatus: status };
  if (partner === 'not a partner' || isAnother(change, partner))
    return { known: 'answer lost', problem: aboutAnother(change, partner), sentAt };
  // A 200 says so too, unless the create was sent before: then the first may have made what the second found.
  const wasFound = status === 200 && !sentBefore;
  return {
    known: 'accepted',
    partner,
    httpStatus: status,
    adopted: change.action === 'create' && (wasFound || wasThereBefore(partner, began)),
  };
}

/** Whether a partner is older than the run, which then can't have made it. */
export function wasThereBefore({ createdAt }: LivePartner, began: string): boolean {
  return createdAt !== null && Date.parse(createdAt) < Date.parse(began);
}

/** An update is about the partner that it was sent to; a create about one that has its domain, or a name like its own. */
function isAnother(change: Change, partner: LivePartner): boolean {
  if (change.partner !== null) return partner.id !== change.partner.id;
  const { name, domain } = sentIdentity(change);
  if (domain !== null && partner.domain !== null && foldDomain(partner.domain) === foldDomain(domain))
    return false;
  const [ours, theirs] = [foldName(name), foldName(partner.name ?? '')];
  // Introw may shorten a name or add to it; where it shows no name, nothing says that it is another.
  return !ours.includes(theirs) && !theirs.includes(ours);
}

function aboutAnother(change: Change, partner: LivePartner | 'not a partner'): Problem {
  const answered = partner === 'not a partner' ? 'something that is no partner' : partner.id;
  const asked =
    change.partner === null ? `the create of ${change.address}` : `the update of ${change.partner.id}`;
  return problem('ANSWER_ABOUT_ANOTHER', `The answer to ${asked} is about ${answered}.`);
}

function answerLost(how: Problem): Problem {
  return problem(
    'ANSWER_LOST',
    `It was sent and the answer was lost, so it may have happened. ${how.message}`,
  );
}
