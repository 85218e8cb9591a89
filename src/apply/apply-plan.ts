/**
 * Plan → what became of it. Changes are sent in file order, each with only its changed fields. One refused partner
 * doesn't stop the others; an answer that the next request would get too stops all.
 */

import { fieldNamed, sameValue } from '../fields.ts';
import type { PartnerBody, Writer, Written } from '../introw/api.ts';
import type { Outcome, Result } from '../plan/outcome.ts';
import type { Change } from '../plan/plan.ts';
import { Failure, type Problem, type ProblemCode, problem } from '../problem.ts';

export type ApplyOptions = {
  /** How many requests may be under way at once; one, where it isn't said. */
  readonly concurrency?: number;
  /** How many of the changes may be tried: what the credits pay for. */
  readonly limit?: number;
  /** When this run began, by the server's clock (ISO 8601): a partner made earlier wasn't made by us. */
  readonly began?: string;
  /** Aborted when nothing new is to be sent; what is under way is finished. */
  readonly stop?: AbortSignal;
  /** Called with every result as it comes. */
  readonly onResult?: (result: Result) => void;
};

export type Applied = Pick<Outcome, 'summary' | 'results' | 'stopped'>;

/** Answers that every further request would get as well. */
const fatal: ReadonlySet<ProblemCode> = new Set([
  'UNAUTHORIZED',
  'API_CREDITS_EXHAUSTED',
  'FORBIDDEN',
  'NETWORK',
  'INTERRUPTED',
]);

/** Sends the changes that have something to send. Never throws for what Introw answers: that is in the results. */
export async function applyPlan(
  changes: readonly Change[],
  writer: Writer,
  options: ApplyOptions = {},
): Promise<Applied> {
  const { concurrency = 1, limit = changes.length, began = new Date().toISOString() } = options;
  const todo = changes.filter((change) => change.action !== 'none');
  const results = new Map<Change, Result>();
  let stopped: Problem | null = null;
  let next = 0;

  const work = async () => {
    while (stopped === null && next < Math.min(todo.length, limit)) {
      if (options.stop?.aborted) {
        stopped = problem('INTERRUPTED', 'The run was interrupted.');
        return;
      }
      const change = todo[next++];
      if (change === undefined) return;
      const { result, failure } = await send(change, writer, began);
      if (failure?.code === 'NOT_SENT') {
        stopped ??= problem('INTERRUPTED', 'The run was interrupted.');
        return;
      }
      results.set(change, result);
      options.onResult?.(result);
      if (failure !== null && fatal.has(failure.code)) stopped ??= failure;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));

  if (stopped === null && limit < todo.length) {
    const left = todo.length - limit;
    stopped = problem('CREDITS_SHORT', `The remaining credits didn't pay for ${left} of the changes.`);
  }
  const all = todo.map((change) => results.get(change) ?? skipped(change));
  const count = (status: Result['status']) => all.filter((result) => result.status === status).length;
  return {
    summary: { applied: count('applied'), failed: count('failed'), skipped: count('skipped') },
    results: all,
    stopped: stopped === null ? null : withoutPosition(stopped),
  };
}

async function send(
  change: Change,
  writer: Writer,
  began: string,
): Promise<{ result: Result; failure: Problem | null }> {
  try {
    const written =
      change.partner === null
        ? await writer.create(bodyOf(change))
        : await writer.update(change.partner.id, bodyOf(change));
    return { result: applied(change, written, began), failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [failure] = error.problems;
    return {
      result: {
        ...skipped(change),
        status: 'failed',
        httpStatus: error.httpStatus,
        error: withoutPosition(failure),
      },
      failure,
    };
  }
}

function applied(change: Change, { status, partner, attempts }: Written, began: string): Result {
  const kept = change.fields.filter((row) => {
    const now = partner.values[row.field];
    return now !== undefined && !sameValue(fieldNamed(row.field), row.after, now);
  });
  // A create whose answer got lost is answered 200 when it is sent again: that partner is ours.
  const ours = partner.createdAt === null ? attempts > 1 : Date.parse(partner.createdAt) >= Date.parse(began);
  return {
    ...skipped(change),
    status: 'applied',
    partnerId: partner.id,
    httpStatus: status,
    adopted: change.action === 'create' && status === 200 && !ours,
    keptByServer: kept.map((row) => row.field),
  };
}

function skipped(change: Change): Result {
  return {
    address: change.address,
    name: change.name,
    action: change.action === 'create' ? 'create' : 'update',
    status: 'skipped',
    partnerId: change.partner?.id ?? null,
    httpStatus: null,
    adopted: false,
    keptByServer: [],
    error: null,
  };
}

function withoutPosition({ code, message, hint }: Problem) {
  return { code, message, hint };
}

/** What is sent for a change: its fields under their wire names, and nothing else. */
export function bodyOf(change: Change): PartnerBody {
  return Object.fromEntries(change.fields.map((row) => [fieldNamed(row.field).wire, row.after]));
}
