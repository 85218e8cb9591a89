/** A saved plan, compared with what Introw has now: it is taken exactly as it is, or refused. */
import type { ReadConnection } from '../introw/connection.ts';
import { readLive } from '../introw/reader.ts';
import type { LiveState } from '../partner.ts';
import type { Change, Plan } from '../plan/plan.ts';
import { savedReading } from '../plan/read-strategy.ts';
import { Failure, failure } from '../problem.ts';
import { throwOnContradiction } from './consistency.ts';
import { readPlan, throwOnUnknownFields } from './saved-document.ts';
import { checkFresh, throwOnOtherOrganisation } from './saved-plan.ts';

/** Reads a plan that apply can take: PLAN_NOT_APPLICABLE, PLAN_UNREADABLE and their like are thrown. Nothing is sent. */
export async function readApplicablePlan(path: string): Promise<Plan> {
  const plan = await readPlan(path);
  if (plan.kind !== 'plan')
    throw failure(
      'PLAN_NOT_APPLICABLE',
      `${path} is a ${plan.kind} document; it says what is, not what to do.`,
    );
  throwOnUnknownFields(plan, path);
  throwOnContradiction(plan, path);
  return plan;
}

/**
 * What is left to do of a plan, and what is in place already. One request for each partner that it is about, or the list
 * where that is cheaper. Throws WRONG_SERVER, WRONG_ORGANISATION or PLAN_STALE; `path` is where the plan was read from,
 * for their messages.
 */
export async function recheckPlan(
  connection: ReadConnection,
  plan: Plan,
  path: string,
): Promise<{
  readonly changes: readonly Change[];
  readonly done: readonly Change[];
  readonly live: LiveState;
}> {
  if (plan.source.api !== connection.origin)
    throw failure(
      'WRONG_SERVER',
      `${path} was made with ${plan.source.api}, and this run uses ${connection.origin}.`,
    );
  const live = await readLive(connection, savedReading(plan));
  const { changes, done, stale } = checkFresh(plan, live);
  throwOnOtherOrganisation(plan, live, done.length > 0, path);
  const [first, ...rest] = stale;
  if (first !== undefined) throw new Failure([first, ...rest]);
  return { changes, done, live };
}
