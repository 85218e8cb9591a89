/** One connection to Introw with one key: every request is paced, timed, limited in size, and tried again where that may help. */
import { setMaxListeners } from 'node:events';
import { type Dispatcher, Pool } from 'undici';
import { Failure, failure } from '../problem.ts';
import { checkAddress } from './address.ts';
import type { Budget, PartnerBody, WireEvent } from './api.ts';
import { failureOf, figure, header, isPassing, jsonOf, networkFailure, type RawAnswer } from './errors.ts';
import { createPacer, interrupted, pause } from './request-queue.ts';
import { newTally } from './usage.ts';

export type ConnectionOptions = {
  readonly url: string;
  readonly key: string;
  readonly userAgent: string;
  /** How many requests may be under way at once. */
  readonly concurrency?: number;
  /** How long Introw's rate minute is. */
  readonly windowMs?: number;
  readonly insecureHttp?: boolean;
  readonly assumeComplete?: boolean;
  /** Reading stops before it takes these last credits. */
  readonly reserveCredits?: number;
  readonly timeouts?: Partial<typeof defaultTimeouts>;
  readonly maxBodyBytes?: number;
  readonly retries?: Partial<typeof defaultRetries>;
  /** Aborted when nothing new is to be sent: what is being read is left at once, what is being written is finished. */
  readonly stop?: AbortSignal;
  /** Aborts all that is under way at once. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: WireEvent) => void;
};

export type Request<Method extends 'GET' | 'POST' | 'PATCH' = 'GET' | 'POST' | 'PATCH'> = {
  readonly method: Method;
  /** One of `paths`, with the query. */
  readonly path: string;
  readonly body?: PartnerBody;
  /** Statuses to hand back instead of failing. */
  readonly accept?: readonly number[];
};

export type Answer = RawAnswer & { readonly json: unknown; readonly attempts: number };

export type Connection = ReadConnection & {
  readonly request: (request: Request) => Promise<Answer>;
};

/** What commands that only look get: there is no request with it that could change anything. */
export type ReadConnection = {
  readonly request: (request: Request<'GET'>) => Promise<Answer>;
  readonly budget: () => Budget;
  readonly origin: string;
  readonly assumeComplete: boolean;
  readonly onEvent: (event: WireEvent) => void;
  readonly close: () => Promise<void>;
};

const defaultTimeouts = { connectMs: 10_000, headersMs: 60_000, bodyMs: 60_000 };

/** Waits of about 0.5, 1, 2 and 4 seconds: long enough for a deployment to pass, short enough for a CI job. */
const defaultRetries = { limit: 4, baseMs: 500 };

/** A 429 needs somebody else on the same key; after so many in a row that somebody isn't going away. */
const most429s = 5;

/** A hundred partners with all their CRM properties are far below this. */
const defaultMaxBodyBytes = 20 * 1024 * 1024;

/** Checks the address and makes ready; nothing is sent before the first request. */
export function openConnection(options: ConnectionOptions): Connection {
  const address = checkAddress(options.url, options.insecureHttp ?? false);
  const { key, concurrency = 1, windowMs = 60_000, reserveCredits = 0, onEvent = () => undefined } = options;
  const signal = anyOf(options.signal);
  const stop = anyOf(options.stop, options.signal);
  const signalOf = ({ method }: Request) => (method === 'GET' ? stop : signal);
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const retries = { ...defaultRetries, ...options.retries };
  const pool = new Pool(address.origin, {
    connections: concurrency,
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    maxResponseSize: options.maxBodyBytes ?? defaultMaxBodyBytes,
  });
  const pacer = createPacer({ windowMs, concurrency, stop, onEvent });
  const tally = newTally();

  /** Sends once; throws what undici throws when there is no whole answer. */
  async function sendOnce(asked: Request): Promise<RawAnswer> {
    const { method, path, body } = asked;
    const sentAt = await pacer.enter();
    let response: Dispatcher.ResponseData;
    tally.sent();
    try {
      response = await pool.request({
        method,
        path: `${address.pathname.replace(/\/$/, '')}${path}`,
        headers: {
          'x-api-key': key,
          accept: 'application/json',
          'user-agent': options.userAgent,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signalOf(asked),
      });
    } catch (error) {
      pacer.lost();
      throw error;
    }
    const head = { status: response.statusCode, headers: response.headers };
    tally.answered(head);
    const rateRemaining = figure(head, 'x-ratelimit-remaining-minute');
    if (head.status === 429) pacer.refused(retryAfter(head));
    else pacer.answered(rateRemaining, sentAt);
    const milliseconds = performance.now() - sentAt;
    const creditsRemaining = figure(head, 'x-introw-credits-remaining-month');
    onEvent({
      kind: 'answer',
      method,
      path,
      status: head.status,
      milliseconds,
      rateRemaining,
      creditsRemaining,
    });
    return { ...head, body: await response.body.text() };
  }

  async function request(asked: Request): Promise<Answer> {
    const what = `${asked.method} ${asked.path.replace(/\?.*/, '')}`;
    let refusals = 0;
    for (let attempts = 1; ; attempts++) {
      refuseReserved(asked, tally.budget(), reserveCredits);
      const tries = attempts - refusals;
      try {
        const answer = await sendOnce(asked);
        if (answer.status < 300) return { ...answer, json: jsonOf(answer, what), attempts };
        if (asked.accept?.includes(answer.status)) return { ...answer, json: null, attempts };
        if (answer.status === 429 && refusals < most429s) refusals++;
        else if (answer.status < 500 || tries > retries.limit) throw failureOf(answer, what, key);
        else await backOff(asked, tries, `Introw answered ${answer.status}`, retryAfter(answer));
      } catch (error) {
        if (signalOf(asked).aborted) throw interrupted();
        if (error instanceof Failure) throw error;
        if (!isPassing(error) || tries > retries.limit) throw networkFailure(error, what, address.host);
        await backOff(asked, tries, 'the connection broke', null);
      }
    }
  }

  /** Growing waits, each somewhere between half and all of its length so that many runs don't come back together. */
  async function backOff(asked: Request, tries: number, because: string, told: number | null): Promise<void> {
    const grown = retries.baseMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
    const milliseconds = Math.max(grown, Math.min(told ?? 0, windowMs));
    onEvent({ kind: 'waiting', reason: 'retry', milliseconds, because: `${because}; trying again` });
    await pause(milliseconds, signalOf(asked));
  }

  return {
    request,
    budget: tally.budget,
    origin: address.origin,
    assumeComplete: options.assumeComplete ?? false,
    onEvent,
    close: () => pool.destroy(),
  };
}

/** The same connection for those who only look: whatever it is asked for goes out as a GET. */
export function readOnly({ request, ...rest }: Connection): ReadConnection {
  return { ...rest, request: ({ path, accept = [] }) => request({ method: 'GET', path, accept }) };
}

/** Aborted with any of them. However many requests are under way or wait to be tried again, each listens to it. */
function anyOf(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const any = AbortSignal.any(signals.filter((signal) => signal !== undefined));
  setMaxListeners(0, any);
  return any;
}

function refuseReserved({ method }: Request, { creditsRemaining }: Budget, reserved: number): void {
  if (method !== 'GET' || creditsRemaining === null || creditsRemaining > reserved || reserved === 0) return;
  throw failure(
    'CREDITS_RESERVED',
    `${creditsRemaining} credits are left this month, and the files reserve ${reserved}.`,
  );
}

/** Retry-After in milliseconds, from seconds or a date; null where it is absent. */
function retryAfter(answer: Pick<RawAnswer, 'headers'>): number | null {
  const text = header(answer, 'retry-after');
  if (text === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
