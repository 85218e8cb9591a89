/** What doctor makes of what it found out about a key, the organisation, and a key that is to replace it. */

import type { AnswerShape } from '../introw/answer-shape.ts';
import type { Budget } from '../introw/api.ts';
import type { Problem } from '../problem.ts';

/** What doctor found; printed as it is with --format json. */
export type Diagnosis = {
  /** Distinguishes two keys and shows nothing of them. */
  readonly fingerprint: string;
  readonly proxy: ProxyFound | null;
  readonly read: boolean;
  /** Null where it wasn't probed. */
  readonly write: boolean | null;
  readonly contains: { readonly id: string; readonly there: boolean } | null;
  /** Null where the key may not read. */
  readonly partners: number | null;
  readonly list: ListFound | null;
  readonly creditsRemaining: number | null;
  readonly creditsLimit: number | null;
  readonly requestsSpent: number;
  /** Requests of one plan of everything, or of one drift check. */
  readonly planCost: number;
  readonly nextKey: NextKey | null;
};

/** The proxy on the way to Introw, without its password, and the variable that names it. */
export type ProxyFound = { readonly url: string; readonly from: string };

/** How the list came, without any value of a partner. */
export type ListFound = AnswerShape & {
  /** What settings.paging takes; null where the list was one page that showed no form. */
  readonly paging: string | null;
  /** Requests that finding that out took. */
  readonly probes: number;
  readonly pageSize: number;
};

export type NextKey = {
  readonly fingerprint: string;
  readonly read: boolean | null;
  readonly write: boolean | null;
  /** Null where nothing can be said: it can't be read with both keys, or neither sees a partner. */
  readonly sameOrganisation: boolean | null;
  /** Why it couldn't be looked at to the end. */
  readonly problem: Pick<Problem, 'code' | 'message' | 'hint'> | null;
  /** Whether the current key can be revoked, once this one is deployed. */
  readonly mayReplace: boolean;
  /** Why not; null where it may. */
  readonly because: string | null;
};

/** What looking with the current key showed. */
export type CurrentFound = {
  readonly fingerprint: string;
  readonly proxy: ProxyFound | null;
  readonly write: boolean | null;
  /** Null where the key may not read. */
  readonly listed: {
    readonly ids: readonly string[];
    readonly list: ListFound;
    /** Requests of one reading. */
    readonly requests: number;
  } | null;
  readonly budget: Budget;
};

/** What looking with the next key showed. */
export type NextFound = Pick<NextKey, 'fingerprint' | 'read' | 'write' | 'sameOrganisation' | 'problem'> & {
  readonly requestsSpent: number;
};

export function diagnose(current: CurrentFound, next: NextFound | null, contains: string | null): Diagnosis {
  const { fingerprint, proxy, write, listed, budget } = current;
  return {
    fingerprint,
    proxy,
    read: listed !== null,
    write,
    contains: contains === null ? null : { id: contains, there: listed?.ids.includes(contains) ?? false },
    partners: listed?.ids.length ?? null,
    list: listed?.list ?? null,
    creditsRemaining: budget.creditsRemaining,
    creditsLimit: budget.creditsLimit,
    requestsSpent: budget.requestsSpent + (next?.requestsSpent ?? 0),
    planCost: listed?.requests ?? 1,
    nextKey: next === null ? null : judgeNext(current, next),
  };
}

/** Whether nothing is missing: of the key, or for the next key to take its place. */
export function isWell({ read, write, contains, nextKey }: Diagnosis): boolean {
  const isEnough = nextKey === null ? write !== false : nextKey.mayReplace;
  return read && contains?.there !== false && isEnough;
}

function judgeNext(current: CurrentFound, { requestsSpent: _, ...next }: NextFound): NextKey {
  const because = reasons.find(({ holds }) => holds(current, next))?.says ?? null;
  return { ...next, mayReplace: because === null, because };
}

type Reason = {
  readonly holds: (current: CurrentFound, next: Omit<NextFound, 'requestsSpent'>) => boolean;
  readonly says: string;
};

/** Why a key may not take the place of another, the plainest first. */
const reasons: readonly Reason[] = [
  {
    holds: (current, next) => next.fingerprint === current.fingerprint,
    says: 'the next key is the current key',
  },
  { holds: (_, { problem }) => problem !== null, says: "the next key couldn't be checked" },
  { holds: (_, { read }) => read === false, says: 'the next key may not read partners' },
  { holds: (_, next) => next.sameOrganisation === false, says: 'the next key opens another organisation' },
  {
    holds: (_, next) => next.sameOrganisation === null,
    says: 'no partner shows that both keys open the same organisation',
  },
  {
    holds: ({ write }, next) => write === null || next.write === null,
    says: "it isn't known which of the keys may write: pass --probe-write",
  },
  {
    holds: ({ write }, next) => write === true && next.write === false,
    says: 'the next key may not write partners',
  },
];
