/** Sends a request once and says how that ended; it never throws for what the network does. */
import { isUtf8 } from 'node:buffer';
import { systemCode } from '../system-error.ts';
import type { PartnerBody } from './api.ts';
import type { Attempt, Flaw, RawAnswer } from './exchange.ts';
import { BodyTooLarge, openHttp } from './http.ts';
import { isNotHttp, lostFailure, type Route, unsentFailure } from './network-errors.ts';
import type { Method } from './retry-policy.ts';

export type Request<M extends Method = Method> = {
  readonly method: M;
  /** One of `paths`, with the query. */
  readonly path: string;
  readonly body?: PartnerBody;
};

export type Transport = {
  /** `signal` leaves it at once; an answer that isn't complete after `deadlineMs` counts as timed out. */
  readonly send: (asked: Request, deadlineMs: number, signal: AbortSignal) => Promise<Attempt>;
  readonly close: () => void;
};

export function openTransport(options: {
  readonly address: URL;
  readonly route: Route;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectMs: number;
  readonly maxBodyBytes: number;
}): Transport {
  const { address, route, maxBodyBytes } = options;
  const http = openHttp(address, route.proxy, options.connectMs);
  const prefix = address.pathname.replace(/\/$/, '');

  async function send(asked: Request, deadlineMs: number, signal: AbortSignal): Promise<Attempt> {
    const { method, path, body } = asked;
    const sentAt = performance.now();
    const end = endOf(deadlineMs, signal);
    let head: Omit<RawAnswer, 'body' | 'flaw'> | null = null;
    try {
      const response = await http.send({
        method,
        path: `${prefix}${path}`,
        headers: {
          ...options.headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: end.signal,
      });
      head = { status: response.status, headers: response.headers };
      const text = await decoded(await response.bytes(maxBodyBytes), head, maxBodyBytes);
      return answered({ ...head, ...text }, sentAt);
    } catch (error) {
      if (head !== null) return answered({ ...head, body: '', flaw: flawOf(error, end.why()) }, sentAt);
      return { sentAt, endedAt: performance.now(), ...withoutAnswer(error, asked, route, end.why()) };
    } finally {
      end.done();
    }
  }

  return { send, close: http.close };
}

function answered(answer: RawAnswer, sentAt: number): Attempt {
  return { kind: 'answered', answer, sentAt, endedAt: performance.now() };
}

type WithoutAnswer<T = Attempt> = T extends { kind: 'unsent' | 'lost' }
  ? Omit<T, 'sentAt' | 'endedAt'>
  : never;

function withoutAnswer(
  error: unknown,
  asked: Request,
  route: Route,
  why: 'timed out' | 'left' | null,
): WithoutAnswer {
  const what = nameOf(asked);
  const unsent = unsentFailure(error, what, route);
  if (unsent !== null) return { kind: 'unsent', ...unsent };
  const how = why ?? (isNotHttp(error) ? 'not HTTP' : 'connection broke');
  return { kind: 'lost', why: how, failure: lostFailure(error, what, route, how) };
}

/** A request in words, without its query. */
export function nameOf({ method, path }: Request): string {
  return `${method} ${path.replace(/\?.*/, '')}`;
}

/** Ends a request at its deadline or when the run is left, and knows which of the two it was. */
function endOf(deadlineMs: number, signal: AbortSignal) {
  const controller = new AbortController();
  let why: 'timed out' | 'left' | null = null;
  const end = (reason: 'timed out' | 'left') => {
    why ??= reason;
    controller.abort();
  };
  const leave = () => end('left');
  const timer = setTimeout(() => end('timed out'), deadlineMs);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  return {
    signal: controller.signal,
    why: () => why,
    done: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    },
  };
}

function flawOf(error: unknown, why: 'timed out' | 'left' | null): Flaw {
  if (why !== null) return why;
  if (error instanceof BodyTooLarge) return 'too large';
  return flawsOfZlib.find(([code]) => code.test(systemCode(error)))?.[1] ?? 'broke off';
}

/** An end that comes too early (Z_BUF_ERROR) is a connection that broke; what is wrong from the start stays wrong. */
const flawsOfZlib: readonly (readonly [code: RegExp, Flaw])[] = [
  [/^ERR_BUFFER_TOO_LARGE$/, 'too large'],
  [/^(Z_DATA_ERROR|Z_NEED_DICT|ERR__ERROR_.*)$/, 'compression'],
];

/** The text of a body, decompressed: some proxies compress whether or not they were asked to. */
async function decoded(
  bytes: Buffer,
  { headers }: Pick<RawAnswer, 'headers'>,
  maxOutputLength: number,
): Promise<{ readonly body: string; readonly flaw: Flaw | null }> {
  const encodings = [headers['content-encoding'] ?? []]
    .flat()
    .join(',')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity');
  if (bytes.length === 0) return { body: '', flaw: null };
  let plain = bytes;
  // What was applied last is undone first.
  for (const encoding of encodings.reverse()) {
    const { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } = await import('node:zlib');
    const decoders: Readonly<Record<string, typeof gunzipSync>> = {
      gzip: gunzipSync,
      'x-gzip': gunzipSync,
      // With the header that the standard asks for, or without it, as some servers send it.
      deflate: ((plain[0] ?? 0) & 0x0f) === 8 ? inflateSync : inflateRawSync,
      br: brotliDecompressSync,
    };
    const decode = decoders[encoding];
    if (decode === undefined) return { body: '', flaw: 'encoding' };
    plain = decode(plain, { maxOutputLength });
  }
  return textOf(plain);
}

/** JSON is UTF-8. Anything else would be read as other names than Introw holds; it is kept for what a refusal says. */
function textOf(bytes: Buffer): { readonly body: string; readonly flaw: Flaw | null } {
  const body = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return { body, flaw: isUtf8(bytes) ? null : 'charset' };
}
