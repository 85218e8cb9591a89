/** What each bad answer means, in words that help; the meanings are those of Introw's troubleshooting table. */
import { isObject } from '../json.ts';
import { type Failure, failure, type ProblemCode } from '../problem.ts';

/** An answer as it came: the body not yet understood. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

type Row = { readonly code: ProblemCode; readonly says: string };

const rows: Readonly<Record<number, Row>> = {
  400: { code: 'VALIDATION_ERROR', says: 'Introw refused what was sent' },
  401: { code: 'UNAUTHORIZED', says: 'Introw refused the key' },
  402: { code: 'API_CREDITS_EXHAUSTED', says: "This month's API credits are spent" },
  403: { code: 'FORBIDDEN', says: 'The key may not do this' },
  404: { code: 'PARTNER_NOT_FOUND', says: 'Introw has no such partner' },
  422: { code: 'VALIDATION_ERROR', says: 'Introw refused what was sent' },
  429: { code: 'RATE_LIMIT_EXCEEDED', says: 'Introw is asked too often' },
};

const misplaced: Row = { code: 'UNEXPECTED_STATUS', says: "Introw's API is not at this address" };

/** The failure for an answer that isn't a success. `what` names the request (`GET /api/v1/partners`); `key` is masked wherever it shows. */
export function failureOf(answer: RawAnswer, what: string, key: string): Failure {
  const { status } = answer;
  if (status >= 300 && status < 400) return redirected(answer, what);
  // Only a single partner can be missing; where the list is missing, this isn't Introw's API.
  const isMisplaced = status === 404 && !/\/partners\/./.test(what);
  const row =
    (isMisplaced ? misplaced : rows[status]) ??
    (status >= 500
      ? { code: 'SERVER_ERROR', says: 'Introw failed' }
      : { code: 'UNEXPECTED_STATUS', says: 'Introw answered in an unexpected way' });
  const told = detail(answer.body).replaceAll(key, '[key]');
  const message = `${row.says} (${what}: ${status}${told === '' ? '' : `, ${told}`}).`;
  const seconds = status === 402 ? Number(header(answer, 'retry-after')) : Number.NaN;
  const returning =
    Number.isFinite(seconds) && seconds > 0
      ? { hint: `They come back on ${dateIn(seconds)} (UTC); nothing was retried.` }
      : {};
  return failure(row.code as ProblemCode, message, { ...returning, httpStatus: status });
}

/** The failure for a request that got no answer. */
export function networkFailure(error: unknown, what: string, host: string): Failure {
  const code = codeOf(error);
  const timedOut = /TIMEOUT|ETIMEDOUT/.test(code);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return tooLarge(what);
  const message = timedOut
    ? `${host} didn't answer in time`
    : (reasons[code] ?? `The connection to ${host} broke`);
  return failure(timedOut ? 'TIMED_OUT' : 'NETWORK', `${message.replace('HOST', host)} (${what}).`, {
    cause: error,
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at HOST',
  ENOTFOUND: 'There is no host HOST',
  EAI_AGAIN: 'The name HOST could not be looked up',
  CERT_HAS_EXPIRED: 'The certificate of HOST has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of HOST is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of HOST is signed by an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of HOST could not be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of HOST is for another host',
};

/** Whether sending the same once more may help: the server's or the network's bad moment, not a refusal. */
export function isPassing(error: unknown): boolean {
  return /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_(SOCKET|.*TIMEOUT)|ERR_STREAM_PREMATURE_CLOSE)$/.test(
    codeOf(error),
  );
}

function tooLarge(what: string): Failure {
  return failure('ANSWER_TOO_LARGE', `The answer is larger than any page of partners (${what}).`);
}

/** The JSON of a successful answer. */
export function jsonOf(answer: RawAnswer, what: string): unknown {
  try {
    return JSON.parse(answer.body);
  } catch (error) {
    const isPage = /^\s*<(!doctype|html|\?xml|head|body)/i.test(answer.body);
    const got = isPage
      ? 'an HTML page'
      : answer.body.trim() === ''
        ? 'nothing'
        : /^\s*[[{]/.test(answer.body)
          ? 'JSON that breaks off or is not right'
          : 'something other than JSON';
    throw failure(
      'UNREADABLE_ANSWER',
      `Introw should have answered with JSON and sent ${got} (${what}: ${answer.status}).`,
      {
        httpStatus: answer.status,
        cause: error,
      },
    );
  }
}

export function header(answer: Pick<RawAnswer, 'headers'>, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** A header that counts something; null where it is absent or no number. */
export function figure(answer: Pick<RawAnswer, 'headers'>, name: string): number | null {
  const text = header(answer, name);
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : null;
}

function redirected(answer: RawAnswer, what: string): Failure {
  const location = header(answer, 'location') ?? '';
  const to = URL.canParse(location) ? new URL(location).origin : 'another address';
  return failure(
    'REDIRECTED',
    `The server points to ${to} instead of answering (${what}: ${answer.status}).`,
    {
      httpStatus: answer.status,
    },
  );
}

/** The server's own words, whatever shape they have: short, on one line, without control characters. */
function detail(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return /^\s*</.test(body) ? 'an HTML page' : '';
  }
  const error = isObject(json) ? (json.error ?? json) : json;
  const said = isObject(error)
    ? [
        error.message,
        ...Object.entries(error)
          .filter(([name]) => name !== 'message' && name !== 'code')
          .map(([, value]) => value),
      ]
    : [error];
  const text = said.flatMap((each) => words(each)).join('; ');
  return oneLine(text);
}

function words(value: unknown, depth = 0): string[] {
  if (typeof value === 'string' || typeof value === 'number') return value === '' ? [] : [String(value)];
  if (depth > 4) return [];
  if (Array.isArray(value)) return value.flatMap((each) => words(each, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    words(each, depth + 1).map((word) => (/^\d+$/.test(name) ? word : `${name}: ${word}`)),
  );
}

function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const ended = line.replace(/\.$/, '');
  return ended.length > 300 ? `${ended.slice(0, 300)}…` : ended;
}

function dateIn(seconds: number): string {
  return new Date(Date.now() + seconds * 1000 + 500).toISOString().slice(0, 10);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}
