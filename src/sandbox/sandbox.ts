/** A local Introw: the documented API with its limits, credits and errors, on this machine only. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../problem.ts';
import { type Struck, send, spoiled, striking } from './answer.ts';
import { answerer, largestBody, type RequestBody } from './answerer.ts';
import { type Fault, faultCounter } from './faults.ts';
import { createGate } from './gate.ts';
import type { KeepingName } from './keeping.ts';
import { defaultKey, type SandboxKey } from './keys.ts';
import { createLimits } from './limits.ts';
import { parsePaging } from './paging.ts';
import { callOf, type OwnerShape, remove } from './routes.ts';
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

/**
 * Serves on 127.0.0.1, with the key `sandbox-key` and without partners, credits or faults where nothing else is said. The
 * caller closes it. Throws USAGE where another program has the port.
 */
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

  const answerTo = answerer({
    gate,
    limits,
    store,
    seed,
    paging,
    maxPageSize: options.maxPageSize ?? 100,
    ownerShape: options.ownerShape ?? 'object',
    showExperience: options.showExperience ?? true,
  });

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
    const { answer, done } = answerTo({ call, url, body, key }, has);
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

/** Text beyond the largest body is left out. */
async function bodyOf(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString(), size };
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
