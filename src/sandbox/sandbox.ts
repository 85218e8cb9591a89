/** A local Introw: the documented API with its limits, credits and errors, on this machine only. */
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../problem.ts';
import { type Answer, send } from './answer.ts';
import { type Call, type Fault, faultCounter } from './faults.ts';
import { defaultKey, type SandboxKey } from './keys.ts';
import { createLimits, secondsToNextMonth } from './limits.ts';
import type { Paging } from './paging.ts';
import { callOf, type OwnerShape, work } from './routes.ts';
import type { Seed } from './seed.ts';
import { createStore, type StoredPartner } from './store.ts';

export type SandboxOptions = {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly seed?: Seed;
  readonly keys?: readonly SandboxKey[];
  /** Null is unlimited. */
  readonly credits?: number | null;
  readonly rateLimit?: number;
  readonly windowMs?: number;
  readonly latencyMs?: number;
  readonly paging?: Paging;
  readonly maxPageSize?: number;
  readonly faults?: readonly Fault[];
  readonly ownerShape?: OwnerShape;
  /** Whether partners carry the experience that was published to their portal. */
  readonly showExperience?: boolean;
};

export type LogEntry = {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly body: string;
};

export type Sandbox = {
  readonly url: string;
  readonly keys: readonly SandboxKey[];
  /** Every request in the order in which it came; status null where no answer was sent. */
  readonly log: readonly LogEntry[];
  readonly partners: () => readonly StoredPartner[];
  readonly close: () => Promise<void>;
};

const largestBody = 1_000_000;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { keys = [defaultKey], seed = { partners: [] }, latencyMs = 0, faults = [] } = options;
  const limits = createLimits({
    rateLimit: options.rateLimit ?? 120,
    windowMs: options.windowMs ?? 60_000,
    credits: options.credits ?? null,
  });
  const store = createStore(seed);
  const striking = faultCounter(faults);
  const log: LogEntry[] = [];
  let revoked = false;

  /** Who asks, whether they may, whether they can pay: in the order in which Introw looks. */
  function refuse(call: Call | null, given: string | undefined): Answer | null {
    const key = keys.find((each) => each.key === given);
    if (key === undefined || revoked)
      return error(401, 'UNAUTHORIZED', 'The API key is missing, invalid, expired or revoked.');
    const scope = call === 'create' || call === 'update' ? 'partners:write' : 'partners:read';
    if (!key.scopes.includes(scope))
      return {
        ...error(403, 'FORBIDDEN', `The API key lacks the scope ${scope}.`),
        headers: limits.rateHeaders(),
      };
    if (!limits.enter()) {
      const answer = error(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests this minute.');
      return { ...answer, headers: { ...limits.rateHeaders(), 'retry-after': String(limits.retryAfter()) } };
    }
    if (!limits.charge()) {
      const answer = error(402, 'API_CREDITS_EXHAUSTED', "This month's API credits are spent.");
      return {
        ...answer,
        headers: {
          ...limits.rateHeaders(),
          ...limits.creditHeaders(),
          'retry-after': String(secondsToNextMonth(new Date())),
        },
      };
    }
    return null;
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString();
    const call = callOf(request.method ?? 'GET', url);
    const struck = call === null ? [] : striking(call);
    const has = (kind: Fault['kind']) => struck.find((fault) => fault.kind === kind);
    const entry = (status: number | null) =>
      log.push({ method: request.method ?? '', path: request.url ?? '', status, body });
    if (has('revoke')) revoked = true;
    if (has('spend')) limits.spendAll();
    limits.crowd(Number(has('rate')?.value ?? 0));
    const delay = latencyMs + Number(has('slow')?.value ?? 0);
    if (delay > 0) await sleep(delay);
    if (has('hang')) return void entry(null);
    if (has('drop-before')) {
      entry(null);
      return void request.socket.destroy();
    }
    let answer = refuse(call, [request.headers['x-api-key']].flat()[0]);
    if (answer === null) {
      const failing = has('status');
      answer = failing
        ? error(Number(failing.value), 'INTERNAL_ERROR', 'The sandbox was told to answer so.')
        : size > largestBody
          ? error(413, 'PAYLOAD_TOO_LARGE', 'The body is too large.')
          : work({
              call,
              url,
              body,
              store,
              seed,
              paging: options.paging ?? 'cursor',
              maxPageSize: options.maxPageSize ?? 100,
              ownerShape: options.ownerShape ?? 'object',
              showExperience: options.showExperience ?? true,
              extra: has('extra') !== undefined,
            });
      if (answer.status >= 500) limits.refund();
      answer = {
        ...answer,
        headers: {
          ...limits.rateHeaders(),
          ...(answer.status >= 500 ? {} : limits.creditHeaders()),
          ...answer.headers,
        },
      };
    }
    if (has('drop-after')) {
      entry(null);
      return void request.socket.destroy();
    }
    entry(send(response, answer, struck));
  });
  await listen(server, options.port ?? 0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    log,
    partners: store.all,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function error(status: number, code: string, message: string): Answer {
  return { status, headers: {}, body: { error: { code, message } } };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const taken = 'code' in cause && cause.code === 'EADDRINUSE';
      reject(
        failure('USAGE', taken ? `Port ${port} is taken.` : `Port ${port} can't be listened on.`, {
          hint: 'Choose another one, or 0 for any.',
          cause,
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
