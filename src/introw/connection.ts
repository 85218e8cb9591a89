/** One connection to Introw with one key: every request is paced, timed, limited in size, and tried again where that may help. */
import { setMaxListeners } from 'node:events';
import { type Failure, failure } from '../problem.ts';
import { checkAddress } from './address.ts';
import type { Budget, WireEvent } from './api.ts';
import { failureOf, isByIntrow, jsonOf, unusable } from './errors.ts';
import type { Attempt, Exchange, RawAnswer } from './exchange.ts';
import { figure, retryAfter } from './headers.ts';
import type { Paging } from './paging-name.ts';
import { type Environment, type ProxyServer, proxyFor } from './proxy.ts';
import { createPacer, interrupted, pause } from './request-queue.ts';
import { type Method, nextWait, policyOf, retryDefaults } from './retry-policy.ts';
import { nameOf, openTransport, type Request as Sent } from './transport.ts';
import { newTally } from './usage.ts';

export type ConnectionOptions = {
  readonly url: string;
  /** What gave the address, for messages: --api-url where it isn't said. */
  readonly urlFrom?: string;
  readonly key: string;
  readonly userAgent: string;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked for; without it, no proxy is used. */
  readonly env?: Environment;
  /** How many requests may be under way at once. */
  readonly concurrency?: number;
  /** How long Introw's rate minute is. */
  readonly windowMs?: number;
  readonly insecureHttp?: boolean;
  readonly assumeComplete?: boolean;
  /** How the list pages, where settings or an option say it. */
  readonly paging?: Paging | null;
  /** Reading stops before it takes these last credits. */
  readonly reserveCredits?: number;
  /** How long a complete answer may take, in milliseconds. */
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
  readonly retries?: Partial<typeof retryDefaults>;
  /** Aborted when nothing new is to be sent: what is being read is left at once, what is being written is finished. */
  readonly stop?: AbortSignal;
  /** Aborts all that is under way at once. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: WireEvent) => void;
};

export type Request<M extends Method = Method> = Sent<M> & {
  /** Statuses to hand back instead of failing. */
  readonly accept?: readonly number[];
  /** Aborted when it isn't to be sent any more: neither for the first time nor again. */
  readonly until?: AbortSignal;
  /** It is sent once, whatever comes back. */
  readonly once?: boolean;
};

export type Answer = RawAnswer & { readonly json: unknown };

export type Connection = ReadConnection & {
  /** The answer, or a Failure. */
  readonly request: (request: Request) => Promise<Answer>;
  /** For writing: everything that is known in the end. Throws for nothing that Introw or the network does. */
  readonly send: (request: Request) => Promise<Exchange>;
  /** The failure that an attempt comes to. */
  readonly failureOf: (attempt: Attempt, what: string) => Failure;
};

/** What commands that only look get: there is no request with it that could change anything. */
export type ReadConnection = {
  readonly request: (request: Request<'GET'>) => Promise<Answer>;
  readonly budget: () => Budget;
  readonly origin: string;
  /** The proxy on the way to Introw, if any. */
  readonly proxy: ProxyServer | null;
  readonly assumeComplete: boolean;
  readonly paging: Paging | null;
  /** Whether the credits, as far as they are known, pay for so many reads and leave the reserved ones. */
  readonly affords: (requests: number) => boolean;
  readonly onEvent: (event: WireEvent) => void;
  readonly close: () => Promise<void>;
};

const defaultTimeoutMs = 60_000;
const connectMs = 10_000;

/** After an answer that can't be used, less patience: a dead server is to end a run within three minutes. */
const impatientMs = 20_000;

/** A hundred partners with all their CRM properties are far below this. */
const defaultMaxBodyBytes = 20 * 1024 * 1024;

/** Checks the address and makes ready; nothing is sent before the first request. */
export function openConnection(options: ConnectionOptions): Connection {
  const address = checkAddress(options.url, options.insecureHttp ?? false, options.urlFrom);
  const { key, concurrency = 1, windowMs = 60_000, reserveCredits = 0, onEvent = () => undefined } = options;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const proxy = proxyFor(address, options.env ?? {});
  const signal = anyOf(options.signal);
  const stop = anyOf(options.stop, options.signal);
  const timing = { ...retryDefaults, ...options.retries };
  const transport = openTransport({
    address,
    route: { host: address.host, proxy },
    headers: {
      'x-api-key': key,
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      'user-agent': options.userAgent,
    },
    connectMs: Math.min(connectMs, timeoutMs),
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
  });
  const pacer = createPacer({ windowMs, concurrency, onEvent });
  const tally = newTally();
  let patience = timeoutMs;

  async function sendOnce(asked: Request): Promise<Attempt> {
    const attempt = await transport.send(asked, patience, asked.method === 'GET' ? stop : signal);
    patience = policyOf(asked.method, attempt).usable ? timeoutMs : Math.min(timeoutMs, impatientMs);
    if (attempt.kind !== 'unsent') tally.sent();
    if (attempt.kind !== 'answered') {
      pacer.lost();
      if (attempt.kind === 'lost') tally.lost();
      return attempt;
    }
    const { answer, sentAt, endedAt } = attempt;
    tally.answered(answer);
    const rateRemaining = figure(answer, 'x-ratelimit-remaining-minute');
    if (answer.status === 429) pacer.refused(retryAfter(answer));
    else pacer.answered(rateRemaining, sentAt);
    onEvent({
      kind: 'answer',
      method: asked.method,
      path: asked.path,
      status: answer.status,
      milliseconds: endedAt - sentAt,
      rateRemaining,
      creditsRemaining: figure(answer, 'x-introw-credits-remaining-month'),
    });
    return attempt;
  }

  async function send(asked: Request): Promise<Exchange> {
    const what = nameOf(asked);
    const attempts: Attempt[] = [];
    const quit = asked.until === undefined ? stop : AbortSignal.any([stop, asked.until]);
    let rollover = pacer.refusedUntil();
    for (;;) {
      if (asked.method === 'GET') refuseReserved(tally.budget(), reserveCredits);
      if (!(await pacer.enter(quit))) return { attempts, cutShort: true, what };
      const attempt = await sendOnce(asked);
      attempts.push(attempt);
      rollover ??= pacer.refusedUntil();
      const next = asked.once ? null : nextWait(asked.method, attempts, rollover, timing);
      if (next === null) return { attempts, cutShort: wasLeft(attempt), what };
      if (next.milliseconds > 0)
        onEvent({ ...next, kind: 'waiting', reason: 'retry', because: `${next.because}; trying again` });
      if (!(await pause(next.milliseconds, quit))) return { attempts, cutShort: true, what };
    }
  }

  async function request(asked: Request): Promise<Answer> {
    const { attempts, cutShort, what } = await send(asked);
    const last = attempts.at(-1);
    if (cutShort || last === undefined) throw interrupted();
    if (last.kind === 'answered') {
      const { answer } = last;
      if (asked.accept?.includes(answer.status) === true && isByIntrow(answer, what))
        return { ...answer, json: null };
      if (answer.status < 300) return { ...answer, json: jsonOf(answer, what, key) };
    }
    throw failureOfAttempt(last, what);
  }

  function failureOfAttempt(attempt: Attempt, what: string): Failure {
    if (attempt.kind !== 'answered') return attempt.failure;
    const { answer } = attempt;
    return answer.status < 300 ? unusable(answer, what, key) : failureOf(answer, what, key);
  }

  return {
    request,
    send,
    failureOf: failureOfAttempt,
    budget: tally.budget,
    origin: address.origin,
    proxy,
    assumeComplete: options.assumeComplete ?? false,
    paging: options.paging ?? null,
    affords: (requests) => (tally.budget().creditsRemaining ?? Infinity) - reserveCredits >= requests,
    onEvent,
    close: async () => transport.close(),
  };
}

/** The same connection for those who only look: whatever it is asked for goes out as a GET. */
export function readOnly({ request, send: _, failureOf: __, ...rest }: Connection): ReadConnection {
  return {
    ...rest,
    request: ({ path, accept = [], once = false }) => request({ method: 'GET', path, accept, once }),
  };
}

/** Aborted with any of them. However many requests are under way or wait to be tried again, each listens to it. */
function anyOf(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const any = AbortSignal.any(signals.filter((signal) => signal !== undefined));
  setMaxListeners(0, any);
  return any;
}

/** Whether the run ended while the answer was on its way. */
function wasLeft(attempt: Attempt): boolean {
  if (attempt.kind === 'answered') return attempt.answer.flaw === 'left';
  return attempt.kind === 'lost' && attempt.why === 'left';
}

function refuseReserved({ creditsRemaining }: Budget, reserved: number): void {
  if (creditsRemaining === null || creditsRemaining > reserved || reserved === 0) return;
  throw failure(
    'CREDITS_RESERVED',
    `${creditsRemaining} credits are left this month, and the files reserve ${reserved}.`,
  );
}
