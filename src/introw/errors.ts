/** What each bad answer means, in words that help. */
import { isObject } from '../json.ts';
import { type Failure, failure } from '../problem.ts';
import { meaningOfStatus, type ProblemCode } from '../problem-codes.ts';
import type { Flaw, RawAnswer } from './exchange.ts';
import { header, retryAfter } from './headers.ts';
import { reportedError } from './reported-error.ts';
import { isForeign, isPage } from './retry-policy.ts';
import { newSecrets } from './secrets.ts';

type Row = { readonly code: ProblemCode; readonly says: string; readonly hint?: string };

/** A page of HTML where Introw sends JSON: the refusal isn't Introw's, so it says nothing about the key or a partner. */
const blocked: Row = {
  code: 'UNEXPECTED_STATUS',
  says: 'Something between here and Introw refused the request',
  hint: 'A firewall, a proxy or a login page answered: ask who runs it to allow requests to Introw, or check --api-url.',
};

const misplaced: Row = { code: 'UNEXPECTED_STATUS', says: "Introw's API is not at this address" };

/** The failure for an answer that isn't a success. `what` names the request (`GET /api/v1/partners`); `key` is masked wherever it shows. */
export function failureOf(answer: RawAnswer, what: string, key: string): Failure {
  const { status } = answer;
  if (isRedirect(answer)) return redirected(answer, what);
  const row = rowOf(answer, what);
  const reported = detail(answer.body, key);
  const message = `${row.says} (${what}: ${status}${reported === '' ? '' : `, ${reported}`}).`;
  const hint = row.code === 'API_CREDITS_EXHAUSTED' ? creditsReturn(answer) : row.hint;
  return failure(row.code, message, { ...(hint === undefined ? {} : { hint }), httpStatus: status });
}

/**
 * Whether it is Introw that refuses. About a single partner, a 404 is Introw's only with the code that Introw documents:
 * gateways and wrong addresses answer 404 too, and no partner is missing for that.
 */
export function isByIntrow(answer: RawAnswer, what: string): boolean {
  if (answer.status !== 404 || !isAboutOne(what)) return !isForeign(answer);
  const json = jsonIn(answer.body);
  return isObject(json) && isObject(json.error) && json.error.code === 'PARTNER_NOT_FOUND';
}

function isAboutOne(what: string): boolean {
  return /\/partners\/./.test(what);
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function rowOf(answer: RawAnswer, what: string): Row {
  const { status } = answer;
  const unexpected: Row = { code: 'UNEXPECTED_STATUS', says: 'Introw answered in an unexpected way' };
  const row = meaningOfStatus(status) ?? unexpected;
  if (status >= 500 && status !== 511) return row;
  // Only a single partner can be missing; where the list is missing, this isn't Introw's API.
  if (status === 404 && (!isAboutOne(what) || !isByIntrow(answer, what))) return misplaced;
  if ((isForeign(answer) || status === 511) && status !== 429) return blocked;
  return row;
}

const longestMonthMs = 31 * 24 * 3600 * 1000;

function creditsReturn(answer: RawAnswer): string | undefined {
  const wait = retryAfter(answer);
  // They come back within a month: a longer wait is a proxy's, and may be no date at all.
  if (wait === null || wait === 0 || wait > longestMonthMs) return undefined;
  return `They come back on ${dateIn(wait)} (UTC); nothing was retried.`;
}

/** The JSON of a successful answer; throws UNREADABLE_ANSWER, ANSWER_TOO_LARGE, or SERVER_ERROR where it reports one. */
export function jsonOf(answer: RawAnswer, what: string, key: string): unknown {
  if (answer.flaw !== null) throw unreadable(answer, what);
  const json = parsed(answer, what);
  if (reportedError(json) !== undefined) throw failedWithin(answer, json, what, key);
  return json;
}

function parsed(answer: RawAnswer, what: string): unknown {
  try {
    return JSON.parse(answer.body);
  } catch (error) {
    throw unreadable(answer, what, error);
  }
}

/** The failure for a success that can't be used: it reports an error, or it can't be read. */
export function unusable(answer: RawAnswer, what: string, key: string): Failure {
  const json = answer.flaw === null ? jsonIn(answer.body) : undefined;
  return reportedError(json) === undefined ? unreadable(answer, what) : failedWithin(answer, json, what, key);
}

function failedWithin({ status }: RawAnswer, json: unknown, what: string, key: string): Failure {
  const reported = wordsOf(reportedError(json), key);
  return failure(
    'SERVER_ERROR',
    `Introw answered with an error inside a success (${what}: ${status}${reported === '' ? '' : `, ${reported}`}).`,
    { httpStatus: status },
  );
}

/** The failure for a success that can't be read. */
function unreadable(answer: RawAnswer, what: string, cause?: unknown): Failure {
  if (answer.flaw === 'timed out')
    return failure('TIMED_OUT', `The answer didn't arrive in time (${what}: ${answer.status}).`);
  if (answer.flaw === 'broke off')
    return failure(
      'NETWORK',
      `The connection broke in the middle of the answer (${what}: ${answer.status}).`,
    );
  if (answer.flaw === 'too large')
    return failure('ANSWER_TOO_LARGE', `The answer is larger than any page of partners (${what}).`);
  return failure(
    'UNREADABLE_ANSWER',
    `Introw should have answered with JSON and sent ${contentOf(answer)} (${what}: ${answer.status}).`,
    { httpStatus: answer.status, cause },
  );
}

const contentByFlaw: Partial<Record<Flaw, string>> = {
  encoding: 'an encoding that nobody asked for',
  compression: "a compressed body that can't be decompressed",
  charset: 'text that is not UTF-8',
};

function contentOf(answer: RawAnswer): string {
  const flawed = answer.flaw === null ? undefined : contentByFlaw[answer.flaw];
  if (flawed !== undefined) return flawed;
  if (isPage(answer)) return 'an HTML page';
  if (answer.body.trim() === '') return 'nothing';
  return /^\s*[[{]/.test(answer.body) ? 'JSON that breaks off or is not right' : 'something other than JSON';
}

function isRedirect({ status }: RawAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(status);
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
function detail(body: string, key: string): string {
  const json = jsonIn(body);
  if (json !== undefined) return wordsOf(isObject(json) ? (json.error ?? json) : json, key);
  // Of JSON that broke off, nothing is shown.
  if (/^\s*[[{"]/.test(body)) return '';
  return /^\s*</.test(body) ? 'an HTML page' : wordsOf(body, key);
}

function wordsOf(error: unknown, key: string): string {
  const said = isObject(error)
    ? [
        error.message,
        ...Object.entries(error)
          .filter(([name]) => name !== 'message' && name !== 'code')
          .map(([, value]) => value),
      ]
    : [error];
  const text = said.flatMap((each) => words(each)).join('; ');
  // Masked before it is cut: half a key would not be recognised.
  const { add, mask } = newSecrets();
  add(key);
  return oneLine(mask(text));
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

function dateIn(milliseconds: number): string {
  return new Date(Date.now() + milliseconds + 500).toISOString().slice(0, 10);
}
