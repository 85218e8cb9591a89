/** What a request is answered, and whether its work was done: what refuses it, what fails it, else the API's work. */
import { isObject } from '../json.ts';
import { type Answer, refusal, type Struck } from './answer.ts';
import type { Call } from './faults.ts';
import type { Gate } from './gate.ts';
import type { Limits } from './limits.ts';
import { type World, work } from './routes.ts';
import type { Store } from './store.ts';

/** In bytes. */
export const largestBody = 1_000_000;

/** `size` counts the bytes that came, of which `text` may have fewer. */
export type RequestBody = { readonly text: string; readonly size: number };

type Asked = {
  /** Null for what the API doesn't have. */
  readonly call: Call | null;
  readonly url: URL;
  readonly body: RequestBody;
  readonly key: string | undefined;
};

type Answered = { readonly answer: Answer; readonly done: boolean };

/** Answers requests one after the other, in the order in which they come; they are counted and charged. */
export function answerer({
  gate,
  limits,
  ...world
}: World & { readonly gate: Gate; readonly limits: Limits }) {
  return ({ call, url, body, key }: Asked, has: Struck): Answered => {
    const refused = gate.refuse(call, key);
    if (refused !== null) return { answer: refused, done: false };
    const failed = failing(has) ?? (body.size > largestBody ? tooLarge : null);
    if (failed === null && call === 'create' && has('crm-first')) makeFirst(body.text, world.store);
    const extra = has('extra') !== undefined;
    const answer = failed ?? work({ call, url, body: body.text, extra, ...world });
    if (answer.status >= 500) limits.refund();
    const credits = answer.status >= 500 ? {} : limits.creditHeaders();
    const headers = { ...limits.rateHeaders(), ...credits, ...answer.headers };
    return { answer: { ...answer, headers }, done: failed === null && answer.status < 300 };
  };
}

const tooLarge = refusal(413, 'PAYLOAD_TOO_LARGE', 'The body is too large.');

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
