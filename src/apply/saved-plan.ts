/** A plan that was made earlier: is it still about what is there now? */
import { fieldNamed, sameValue } from '../fields.ts';
import { type Json, textOf } from '../json.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import { indexLive } from '../plan/live.ts';
import { identityHits } from '../plan/match.ts';
import type { Change, FieldChange, Plan } from '../plan/plan.ts';
import { findTwins } from '../plan/twins.ts';
import { type Problem, problem } from '../problem.ts';
import { sentIdentity } from './identity.ts';

/** What is left to do of a saved plan, and what has moved since it was made. */
export type Freshness = {
  readonly changes: readonly Change[];
  readonly done: readonly Change[];
  readonly stale: readonly Problem[];
};

/**
 * Holds a saved plan against what Introw has now. A change that is already in place counts as done; one whose `before`
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
        : updateMoved(change, index.byId.get(change.partner.id));
    if (moved === 'done') done.push(change);
    else if (moved === null) changes.push(change);
    else stale.push(problem('PLAN_STALE', `${change.address}: ${moved}.`));
  }
  for (const { message } of findTwins(changes, live.partners)) stale.push(problem('PLAN_STALE', message));
  return { changes, done, stale };
}

function createMoved(change: Change, index: ReturnType<typeof indexLive>): string | 'done' | null {
  const [hit] = identityHits(index, sentIdentity(change));
  if (hit === undefined) return null;
  if (change.fields.every((row) => hit.values[row.field] === undefined || inPlace(row, hit))) return 'done';
  return `it was to be created, and Introw now has ${hit.name ?? '(no name)'} (${hit.id})`;
}

function updateMoved(change: Change, live: LivePartner | undefined): string | 'done' | null {
  if (live === undefined) return `its partner ${change.partner?.id} is gone from Introw`;
  const compared = change.fields.filter((row) => !row.writeOnly);
  if (compared.length > 0 && change.fields.every((row) => inPlace(row, live))) return 'done';
  const moved = compared.find((row) => !holds(row, row.before, live) && !inPlace(row, live));
  if (moved === undefined) return null;
  const now = live.values[moved.field] ?? null;
  return `${moved.field} was ${textOf(moved.before) || 'empty'} and is now ${textOf(now) || 'empty'}`;
}

function inPlace(row: FieldChange, live: LivePartner): boolean {
  return !row.writeOnly && holds(row, row.after, live);
}

function holds(row: FieldChange, value: Json, live: LivePartner): boolean {
  return sameValue(fieldNamed(row.field), value, live.values[row.field]);
}
