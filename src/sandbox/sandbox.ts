/** A local Introw: the documented API with its limits, credits and errors, on this machine only. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../json.ts';
import { failure } from '../problem.ts';
import { type Answer, refusal, type Struck, send, spoiled, striking } from './answer.ts';
import { type Call, type Fault, faultCounter } from './faults.ts';
import { createGate } from './gate.ts';
import type { KeepingName } from './keeping.ts';
import { defaultKey, type SandboxKey } from './keys.ts';
import { createLimits } from './limits.ts';
import { parsePaging } from './paging.ts';
import { callOf, type OwnerShape, remove, work } from './routes.ts';
import type { Seed } from './seed.ts';
import { createStore, type Store, type StoredPartner } from './store.ts';

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
  /** What --paging takes: a form, or form:parameter. */
  readonly paging?: string;
  readonly maxPageSize?: number;
  /** What becomes of names and domains that are sent. */
  readonly keeping?: readonly KeepingName[];
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
  /** Whether the request's work was done, whatever was answered. */
  readonly done: boolean;
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
  const store = createStore(seed, options.keeping);
  const paging = parsePaging(options.paging ?? 'cursor');
  const gate = createGate(keys, limits);
  const strike = faultCounter(faults);
  const log: LogEntry[] = [];

  /** Does a request's work, unless something refuses it, and says whether it was done. */
  function answerTo(
    call: Call | null,
    url: URL,
    body: RequestBody,
    key: string | undefined,
    struck: readonly Fault[],
  ): Answered {
    const has = striking(struck);
    const refused = gate.refuse(call, key);
    if (refused !== null) return { answer: refused, done: false };
    const failed = failing(has) ?? (body.size > largestBody ? tooLarge : null);
    if (failed === null && call === 'create' && has('crm-first')) makeFirst(body.text, store);
    const answer =
      failed ??
      work({
        call,
        url,
        body: body.text,
        store,
        seed,
        paging,
        maxPageSize: options.maxPageSize ?? 100,
        ownerShape: options.ownerShape ?? 'object',
        showExperience: options.showExperience ?? true,
        extra: has('extra') !== undefined,
      });
    if (answer.status >= 500) limits.refund();
    const credits = answer.status >= 500 ? {} : limits.creditHeaders();
    const headers = { ...limits.rateHeaders(), ...credits, ...answer.headers };
    return { answer: { ...answer, headers }, done: failed === null && answer.status < 300 };
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const body = await bodyOf(request);
    if (request.method === 'DELETE' && isLoopback(request.socket.remoteAddress)) {
      const answer = remove(url, store);
      log.push({
        method: 'DELETE',
        path: request.url ?? '',
        status: answer.status,
        body: body.text,
        done: answer.status === 200,
      });
      return void (await send(response, spoiled(answer, []), striking([])));
    }
    const call = callOf(request.method ?? 'GET', url);
    const struck = call === null ? [] : strike(call);
    const has = striking(struck);
    const enter = (status: number | null, done: boolean) =>
      log.push({ method: request.method ?? '', path: request.url ?? '', status, body: body.text, done });
    const hangUp = (done: boolean) => {
      enter(null, done);
      request.socket.destroy();
    };
    if (has('revoke')) gate.revoke();
    if (has('spend')) limits.spendAll();
    if (has('dead')) server.close();
    limits.crowd(Number(has('rate')?.value ?? 0));
    const delay = latencyMs + Number(has('slow')?.value ?? 0);
    if (delay > 0) await sleep(delay);
    if (has('dead') || has('drop-before')) return hangUp(false);
    if (has('hang')) return void enter(null, false);
    meanwhile(has, store);
    const key = [request.headers['x-api-key']].flat()[0];
    const { answer, done } = answerTo(call, url, body, key, struck);
    if (has('drop-after')) return hangUp(done);
    if (has('hang-after')) return void enter(null, done);
    const wire = spoiled(answer, struck);
    enter(wire.status, done);
    await send(response, wire, has);
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

/** `size` counts the bytes that came; text beyond the largest body is left out. */
type RequestBody = { readonly text: string; readonly size: number };

type Answered = { readonly answer: Answer; readonly done: boolean };

const tooLarge = refusal(413, 'PAYLOAD_TOO_LARGE', 'The body is too large.');

async function bodyOf(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString(), size };
}

/** The codes that Introw documents for its refusals. */
const documented: Readonly<Record<string, string>> = {
  401: 'UNAUTHORIZED',
  402: 'API_CREDITS_EXHAUSTED',
  403: 'FORBIDDEN',
  404: 'PARTNER_NOT_FOUND',
  422: 'VALIDATION_ERROR',
  429: 'RATE_LIMIT_EXCEEDED',
};

/** The answer instead of which the work is not done; null where it is to be done. */
function failing(has: Struck): Answer | null {
  const status = has('status');
  if (status !== undefined) {
    const code = documented[status.value] ?? 'INTERNAL_ERROR';
    return refusal(Number(status.value), code, 'The sandbox was started with this fault.');
  }
  if (!has('bad-error')) return null;
  return { status: 422, headers: {}, body: { errors: [{ path: ['tierId'], messages: ['unknown'] }] } };
}

/** The CRM makes the partner of a create a moment before the create comes. */
function makeFirst(body: string, store: Store): void {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return;
  }
  if (isObject(json)) store.create({ name: json.name });
}

/** What somebody else does just before. */
function meanwhile(has: Struck, store: Store): void {
  const inserted = has('insert');
  if (inserted !== undefined) store.create({ name: inserted.value });
  const removed = has('remove');
  if (removed !== undefined) store.remove(removed.value);
}

function isLoopback(address: string | undefined): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address ?? '');
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
