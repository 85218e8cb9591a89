/** A plan that was made earlier: is it still about what is there now? */
import { firstOf } from '../english.ts';
import { fieldNamed, identities, sameValue } from '../fields.ts';
import { isNone, type Json, textOf } from '../json.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import { describe } from '../plan/doubts.ts';
import { indexLive } from '../plan/live.ts';
import { identityHits } from '../plan/match.ts';
import type { Change, FieldChange, PartnerRef, Plan } from '../plan/plan.ts';
import { findTwins } from '../plan/twins.ts';
import { failure, type Problem, problem } from '../problem.ts';
import { spelledOut } from '../spelled-out.ts';
import { sentIdentity } from './identity.ts';

/** What is left to do of a saved plan, and what has moved since it was made. */
export type Freshness = {
  readonly changes: readonly Change[];
  readonly done: readonly Change[];
  readonly stale: readonly Problem[];
};

/**
 * Compares a saved plan with what Introw has now. A change that is already in place counts as done; one whose `before`
 * differs, whose partner is gone, whose create has found a match, or which would make its partner equal to another one
 * makes the plan stale.
 */
export function checkFresh(plan: Plan, live: LiveState): Freshness {
  const index = indexLive(live);
  const changes: Change[] = [];
  const done: Change[] = [];
  const stale: Problem[] = [];
  for (const change of plan.changes.filter(({ action }) => action !== 'none')) {
    const moved =
      change.partner === null
        ? createMoved(change, index)
        : updateMoved(change, change.partner, index.byId.get(change.partner.id));
    if (moved === 'done') done.push(change);
    else if (moved === null) changes.push(change);
    else stale.push(problem('PLAN_STALE', `${change.address}: ${moved}.`));
  }
  for (const { message } of findTwins(changes, live.partners)) stale.push(problem('PLAN_STALE', message));
  return { changes, done, stale };
}

/**
 * Throws where the key opens another organisation than the plan was made for: none of the plan's own partners is there,
 * nor the one that was seen when it was made. `someDone` where some of its changes are in place already.
 */
export function throwOnOtherOrganisation(plan: Plan, live: LiveState, someDone: boolean, path: string): void {
  const isLive = (id: string | null) => live.partners.some((partner) => partner.id === id);
  const { contains } = plan.organisation;
  const todo = plan.changes.filter(({ action }) => action !== 'none');
  if (todo.length === 0) return;
  if (contains !== null && !isLive(contains))
    throw failure(
      'WRONG_ORGANISATION',
      `${path} is for an organisation with ${contains}, and this key opens one without it.`,
    );
  if (someDone || todo.some(({ partner }) => partner !== null && isLive(partner.id))) return;
  const { witness } = plan.source;
  if (witness === null ? live.partners.length === 0 : isLive(witness)) return;
  const message =
    witness === null
      ? `${path} was made when Introw had no partner, and now it has ${live.partners.length} of which the plan knows none.`
      : `Introw has none of the partners that ${path} changes, nor ${witness}, which it had when the plan was made.`;
  throw failure('WRONG_ORGANISATION', message, {
    hint: 'Check the key: it probably opens another organisation. If these partners were deleted, make the plan again.',
  });
}

function createMoved(change: Change, index: ReturnType<typeof indexLive>): string | 'done' | null {
  const [hit] = identityHits(index, sentIdentity(change));
  if (hit === undefined) return null;
  if (change.fields.every((row) => hit.values[row.field] === undefined || inPlace(row, hit))) return 'done';
  return `it was to be created, and Introw now has ${describe(hit)}`;
}

function updateMoved(
  change: Change,
  partner: PartnerRef,
  live: LivePartner | undefined,
): string | 'done' | null {
  if (live === undefined) return `its partner ${partner.id} is gone from Introw`;
  const renamed = identityMoves(change, partner, live);
  if (renamed.length === 0 && change.fields.every((row) => inPlace(row, live))) return 'done';
  const known = new Set(renamed.map(({ field }) => field));
  const rows = change.fields.filter(
    (row) => !row.writeOnly && !known.has(row.field) && !holds(row, row.before, live) && !inPlace(row, live),
  );
  const moves = [
    ...renamed,
    ...rows.map(({ field, before }) => ({ field, was: before, now: live.values[field] ?? null })),
  ];
  if (moves.length === 0) return null;
  const texts = moves.map(({ field, was, now }) => `${field} was ${shown(was)} and is now ${shown(now)}`);
  return firstOf(texts, mostMoves);
}

/** How many fields of a partner are named. */
const mostMoves = 5;

type Move = { readonly field: string; readonly was: Json; readonly now: Json };

/** A plan is about a partner as people read it in the plan: under its name and its domain. */
function identityMoves(change: Change, partner: PartnerRef, live: LivePartner): Move[] {
  const both = [
    { identity: identities.name, was: partner.name, now: live.name },
    { identity: identities.domain, was: partner.domain, now: live.domain },
  ];
  return both.flatMap(({ identity, was, now }) => {
    const row = change.fields.find(({ field }) => field === identity.name);
    const isSame = sameValue(identity, was, now) || (row !== undefined && inPlace(row, live));
    return isSame ? [] : [{ field: identity.name, was, now }];
  });
}

function shown(value: Json): string {
  return isNone(value) ? 'empty' : spelledOut(textOf(value));
}

function inPlace(row: FieldChange, live: LivePartner): boolean {
  return !row.writeOnly && holds(row, row.after, live);
}

function holds(row: FieldChange, value: Json, live: LivePartner): boolean {
  return sameValue(fieldNamed(row.field), value, live.values[row.field]);
}
