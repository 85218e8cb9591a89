/**
 * When to send a request again. One row says it all of one kind of ending: how often to try again, whether a write may
 * have been carried out all the same, and whether the answer shows that Introw works.
 */
import type { Attempt, RawAnswer } from './exchange.ts';
import { retryAfter } from './headers.ts';
import { reportedError } from './reported-error.ts';

export type Method = 'GET' | 'POST' | 'PATCH';

type Policy = {
  /** How often a request that ended so is sent again. A 429 is another matter: see `nextWait`. */
  readonly retries: number;
  /** Why to wait, in words that progress shows. */
  readonly because: string;
  /** What became of a write that ended so. `under way`: the server may still be working on it. */
  readonly write: 'done' | 'not done' | 'unclear' | 'under way';
  /** Whether it is an answer by Introw that can be used, so that the next request has a chance. */
  readonly usable: boolean;
};

const policies = {
  accepted: { retries: 0, because: '', write: 'done', usable: true },
  refused: { retries: 0, because: '', write: 'not done', usable: true },
  /** A refusal by something in between, such as a firewall: a page of HTML instead of Introw's JSON. */
  blocked: { retries: 0, because: '', write: 'not done', usable: false },
  /** A success that isn't Introw's, such as a login page, or one whose body reports an error. */
  unreadable: { retries: 0, because: '', write: 'unclear', usable: false },
  redirected: { retries: 0, because: '', write: 'unclear', usable: false },
  'rate limited': { retries: 0, because: 'the rate limit', write: 'not done', usable: false },
  'asked to try again': {
    retries: 4,
    because: 'Introw asked to try again',
    write: 'not done',
    usable: false,
  },
  unavailable: { retries: 4, because: 'Introw answered STATUS', write: 'not done', usable: false },
  /** What fails may have failed after the work: while it wrote its answer, say. */
  'server failed': { retries: 4, because: 'Introw answered STATUS', write: 'unclear', usable: false },
  'gateway failed': { retries: 4, because: 'Introw answered STATUS', write: 'unclear', usable: false },
  'gateway timed out': { retries: 1, because: 'Introw answered STATUS', write: 'under way', usable: false },
  'no connection': { retries: 4, because: 'no connection', write: 'not done', usable: false },
  'hopeless connection': { retries: 0, because: '', write: 'not done', usable: false },
  'connecting timed out': { retries: 1, because: 'connecting timed out', write: 'not done', usable: false },
  'timed out': { retries: 1, because: 'timed out', write: 'under way', usable: false },
  'connection broke': { retries: 4, because: 'the connection broke', write: 'unclear', usable: false },
  'not HTTP': { retries: 0, because: '', write: 'unclear', usable: false },
  left: { retries: 0, because: '', write: 'unclear', usable: false },
} as const satisfies Readonly<Record<string, Policy>>;

type Ending = keyof typeof policies;

/** Statuses whose ending doesn't follow from their class. 520 and 524 are Cloudflare's 502 and 504. */
const endings: Readonly<Record<number, Ending>> = {
  408: 'asked to try again',
  425: 'asked to try again',
  429: 'rate limited',
  502: 'gateway failed',
  503: 'unavailable',
  504: 'gateway timed out',
  // What the server will never do, and the login page of a network.
  501: 'refused',
  505: 'refused',
  511: 'blocked',
  520: 'gateway failed',
  524: 'gateway timed out',
};

/** How often an attempt that ended like this is repeated, and what is known of a write then. */
export function policyOf(method: Method, attempt: Attempt): Policy {
  return policies[endingOf(method, attempt)];
}

function endingOf(method: Method, attempt: Attempt): Ending {
  switch (attempt.kind) {
    case 'unsent':
      if (!attempt.passing) return 'hopeless connection';
      return attempt.timedOut ? 'connecting timed out' : 'no connection';
    case 'lost':
      return attempt.why;
    case 'answered':
      return endingOfAnswer(method, attempt.answer);
  }
}

function endingOfAnswer(method: Method, answer: RawAnswer): Ending {
  const { status, flaw } = answer;
  const ending = endings[status];
  if (ending !== undefined) return ending;
  if (status >= 500) return 'server failed';
  if (status < 200) return 'unreadable';
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 400) return isForeign(answer) ? 'blocked' : 'refused';
  if (isPage(answer)) return 'unreadable';
  // What a reading reports is found where its JSON is read.
  if (method !== 'GET' && reportsError(answer)) return 'unreadable';
  // The status says that a write was accepted, whatever happened to the rest; a reading needs the rest.
  if (method === 'GET' && flaw === 'timed out') return 'timed out';
  if (method === 'GET' && flaw === 'broke off') return 'connection broke';
  return 'accepted';
}

/** Whether an answer is a web page: Introw's API never sends one. */
export function isPage({ headers, body }: Pick<RawAnswer, 'headers' | 'body'>): boolean {
  return /^\s*</.test(body) || /^text\/html/i.test(String(headers['content-type']));
}

/** Whether a refusal isn't Introw's, whose refusals are JSON: a page, or a line of text as gateways write it. */
export function isForeign(answer: Pick<RawAnswer, 'headers' | 'body'>): boolean {
  return isPage(answer) || /^\s*[^\s[{"]/.test(answer.body);
}

function reportsError({ body, flaw }: RawAnswer): boolean {
  if (flaw !== null || body === '') return false;
  try {
    return reportedError(JSON.parse(body)) !== undefined;
  } catch {
    return false;
  }
}

export const retryDefaults = {
  /** The first wait is about that long, and each one twice as long as the one before: 0.5, 1, 2 and 4 seconds. */
  baseMs: 500,
  /** The longest wait that a Retry-After of a failing server is granted. */
  longestWaitMs: 15_000,
  /** After so long a request is given up: with two given up in a row, a dead server ends a run within three minutes. */
  totalMs: 45_000,
  /** A write that the server may still be working on isn't sent again before so much time has passed. */
  underWayMs: 10_000,
};

/**
 * How long to wait before the request is sent once more, in milliseconds, and why; null to leave it at that. `rollover`
 * is when the rate window of its first 429 ends: a 429 is tried again until then (the queue spaces the tries).
 */
export function nextWait(
  method: Method,
  attempts: readonly Attempt[],
  rollover: number | null,
  timing: typeof retryDefaults,
): { readonly milliseconds: number; readonly because: string } | null {
  const last = attempts.at(-1);
  if (last === undefined) return null;
  const ending = endingOf(method, last);
  const { retries, because, write } = policies[ending];
  if (ending === 'rate limited')
    return rollover === null || last.endedAt < rollover ? { milliseconds: 0, because } : null;
  const sinceRefusal = attempts.slice(attempts.findLastIndex((each) => isRefusal(method, each)) + 1);
  const alike = attempts.filter((each) => endingOf(method, each) === ending).length;
  const [first = last] = sinceRefusal;
  if (alike > retries || sinceRefusal.length > 4) return null;

  // Somewhere between half and all of its length, so that many runs don't come back together.
  const grown = timing.baseMs * 2 ** (sinceRefusal.length - 1) * (0.5 + Math.random() / 2);
  const asked = last.kind === 'answered' ? (retryAfter(last.answer) ?? 0) : 0;
  const rest = method !== 'GET' && write === 'under way' ? last.sentAt + timing.underWayMs - last.endedAt : 0;
  const milliseconds = Math.max(Math.min(Math.max(grown, asked), timing.longestWaitMs), rest);
  // A time-out is always tried once more: it alone may take as long as all tries together.
  const late = last.endedAt + milliseconds - first.sentAt > timing.totalMs;
  if (late && !ending.endsWith('timed out')) return null;
  if (last.kind !== 'answered') return { milliseconds, because };
  return { milliseconds, because: because.replace('STATUS', String(last.answer.status)) };
}

function isRefusal(method: Method, attempt: Attempt): boolean {
  return endingOf(method, attempt) === 'rate limited';
}
