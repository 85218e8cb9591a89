/** What broke between here and Introw, in words that help; and whether trying again may. */
import { type Failure, failure } from '../problem.ts';
import { isLoopback } from './address.ts';
import { NotConnected, ProxyRefusal } from './connect-to.ts';
import { NotHttp } from './http.ts';
import type { ProxyServer } from './proxy.ts';

/** Where a request was going: Introw, and the proxy on the way, if any. */
export type Route = { readonly host: string; readonly proxy: ProxyServer | null };

type Row = {
  /** HOST is the host, or the proxy where the connection ends there. */
  readonly says: string;
  readonly hint?: string;
  /** Whether the same request may get through a moment later. */
  readonly passing: boolean;
};

const certificateHint =
  'If your company signs certificates itself, name its certificate file in NODE_EXTRA_CA_CERTS.';

const untrusted = (says: string): Row => ({ says, hint: certificateHint, passing: false });

/** By the code that Node gives. */
const rows: Readonly<Record<string, Row>> = {
  ECONNREFUSED: { says: 'Nothing answers at HOST', passing: true },
  EHOSTUNREACH: { says: 'There is no way to HOST', passing: true },
  ENETUNREACH: { says: 'There is no way to HOST', passing: true },
  EAI_AGAIN: { says: 'The name HOST could not be looked up', passing: true },
  ENOTFOUND: { says: "HOST can't be found: no name server knows it", passing: false },
  ECONNRESET: { says: 'The connection to HOST broke', passing: true },
  CERT_HAS_EXPIRED: { says: 'The certificate of HOST has expired', passing: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted('The certificate of HOST is self-signed'),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(
    'The certificate of HOST is signed by an authority that is not trusted',
  ),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(
    'The certificate of HOST is signed by an authority that is not known',
  ),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted('The certificate of HOST could not be verified'),
  ERR_TLS_CERT_ALTNAME_INVALID: { says: 'The certificate of HOST is for another host', passing: false },
  ERR_SSL_WRONG_VERSION_NUMBER: { says: 'HOST does not speak TLS', passing: false },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { says: 'HOST does not speak TLS', passing: false },
};

/** The same where Introw is on this machine: what doesn't serve there now was not started, and no wait starts it. */
const rowsHere: Readonly<Record<string, Row>> = {
  ECONNREFUSED: {
    says: 'Nothing answers at HOST',
    hint: 'Start introwctl sandbox at this port, or correct INTROW_API_URL or --api-url.',
    passing: false,
  },
};

function isOnThisMachine({ host, proxy }: Route): boolean {
  return proxy === null && isLoopback(host.replace(/:\d+$/, ''));
}

/** The failure for a request that was sent and got no answer; `what` names the request. */
export function lostFailure(error: unknown, what: string, { host }: Route, why: keyof typeof lost): Failure {
  const { code, says } = lost[why];
  return failure(code, `${says.replace('HOST', host)} (${what}).`, { cause: error });
}

const lost = {
  'timed out': { code: 'TIMED_OUT', says: "HOST didn't answer in time" },
  'connection broke': { code: 'NETWORK', says: 'The connection to HOST broke' },
  'not HTTP': { code: 'NETWORK', says: 'HOST sent an answer that is not valid HTTP' },
  left: { code: 'INTERRUPTED', says: 'The run was interrupted before HOST answered' },
} as const;

/** Whether an answer came that no HTTP client can read, by the codes of Node's parser; asking again would bring the same. */
export function isNotHttp(error: unknown): boolean {
  return error instanceof NotHttp || /^HPE_(?!INVALID_EOF)/.test(codeOf(error));
}

/** Whether a request can't have left, and what to say of it then; null where it may have been sent. */
export function unsentFailure(
  error: unknown,
  what: string,
  route: Route,
): { readonly failure: Failure; readonly passing: boolean; readonly timedOut: boolean } | null {
  if (!(error instanceof NotConnected)) return null;
  if (route.proxy !== null && error.cause instanceof ProxyRefusal)
    return refusedByProxy(error, error.cause.status, what, route.proxy);
  const code = codeOf(error);
  const isCertificate = /CERT|ISSUER|LEAF_SIGNATURE|^ERR_SSL/.test(code);
  // The way to Introw leads through the proxy: that is what can't be reached. Certificates are shown by Introw itself.
  const place = route.proxy !== null && !isCertificate ? `the proxy ${route.proxy.shown}` : route.host;
  if (/TIMEDOUT|TIMEOUT/.test(code)) {
    const message = capitalised(`${place} could not be reached in time (${what}).`);
    return { failure: failure('TIMED_OUT', message, { cause: error }), passing: true, timedOut: true };
  }
  const row = (isOnThisMachine(route) ? rowsHere[code] : undefined) ??
    rows[code] ?? { says: 'HOST could not be reached', passing: !isCertificate };
  const hint = row.hint ?? (route.proxy === null ? undefined : `It is named in ${route.proxy.from}.`);
  return {
    failure: failure('NETWORK', capitalised(`${row.says.replace('HOST', place)} (${what}).`), {
      cause: error,
      ...(hint === undefined ? {} : { hint }),
    }),
    passing: row.passing,
    timedOut: false,
  };
}

/** A host keeps its own spelling. */
function capitalised(sentence: string): string {
  return sentence.replace(/^the /, 'The ');
}

function refusedByProxy(cause: unknown, status: number, what: string, { shown, from }: ProxyServer) {
  const hint =
    status === 407
      ? `Give the proxy's user and password in ${from}: http://user:password@host:port.`
      : `Ask who runs the proxy to allow Introw, or leave it out with NO_PROXY; it is named in ${from}.`;
  return {
    failure: failure('NETWORK', `The proxy ${shown} refused to connect (${what}: ${status}).`, {
      hint,
      cause,
    }),
    passing: status >= 500,
    timedOut: false,
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}
