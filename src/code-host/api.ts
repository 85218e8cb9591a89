/** JSON over HTTP with one token, for the APIs of code hosts; the token is in no message and no URL. */
import { setTimeout } from 'node:timers/promises';
import { openHttp } from '../introw/http.ts';
import { type Environment, proxyFor } from '../introw/proxy.ts';
import { failure } from '../problem.ts';
import { textAt } from './read-json.ts';

export type Api = {
  /** Sends one request; an answer that isn't a success is a Failure, unless `accept` names its status. */
  readonly send: (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: object,
    accept?: readonly number[],
  ) => Promise<ApiAnswer>;
};

export type ApiAnswer = {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** Hundreds of comments are read in a few seconds; who answers slower than this is down. */
const timeoutMs = 30_000;

/** A page of a hundred comments is far below this. */
const mostBytes = 50 * 1024 * 1024;

/** A comment that can't be found within ten thousand others is written again. */
const mostPages = 100;

export function openApi(host: {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked for. */
  readonly env: Environment;
}): Api {
  if (!URL.canParse(host.url) || !/^https?:/i.test(host.url))
    throw failure('CODE_HOST_UNKNOWN', `${JSON.stringify(host.url)} is not an address of ${host.name}.`);
  const address = new URL(host.url);
  const proxy = proxyFor(address, host.env);
  const prefix = address.pathname.replace(/\/$/, '');
  const http = openHttp(address, proxy, timeoutMs);
  return {
    async send(method, path, body, accept = []) {
      const what = `${method} ${path.replace(/\?.*/, '')}`;
      const exchange = async () => {
        const answer = await http.send({
          method,
          path: `${prefix}${path}`,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            ...host.headers,
            'user-agent': 'introwctl',
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : JSON.stringify(body),
        });
        return { ...answer, text: String(await answer.bytes(mostBytes)) };
      };
      const { status, headers, text } = await patiently(method, exchange).catch((error: unknown) => {
        throw failure(
          'CODE_HOST_FAILED',
          `${host.name} couldn't be reached${proxy === null ? '' : ` through the proxy ${proxy.shown}`} (${what}).`,
          { cause: error },
        );
      });
      if (status >= 300 && !accept.includes(status))
        throw failure('CODE_HOST_FAILED', `${host.name} refused ${what} (${status}).`, hintFor(status));
      const json = parsed(text);
      // Taken for an empty list, a page of a login or of a proxy would have everything written a second time.
      if (json === null && method === 'GET' && status < 300) throw unreadable(host.name, what);
      return { status, json, headers };
    },
  };
}

export type Pages = {
  /** The parameter that asks for a hundred items at once. */
  readonly size: 'per_page' | 'pagelen';
  /** The items in the JSON of an answer; undefined where there is no list. */
  readonly items: (json: unknown) => readonly unknown[] | undefined;
  /** Reads from an answer whether another page follows. */
  readonly hasNext: (answer: ApiAnswer) => boolean;
};

/** All items of a list that pages by number. */
export async function* pagesOf(
  { send }: Api,
  path: string,
  { size, items, hasNext }: Pages,
): AsyncGenerator<unknown> {
  for (let page = 1; page <= mostPages; page++) {
    const answer = await send('GET', `${path}${path.includes('?') ? '&' : '?'}${size}=100&page=${page}`);
    yield* listOf(items(answer.json), path);
    if (!hasNext(answer)) return;
  }
}

/** The list that was asked for. Taken for an empty one, another answer would have everything written a second time. */
export function listOf(list: readonly unknown[] | undefined, path: string): readonly unknown[] {
  if (list === undefined) throw unreadable('The code host', `GET ${path.replace(/\?.*/, '')}`);
  return list;
}

/**
 * Whom the token writes as, by that key; `otherwise` where it may not ask. Never empty: whatever has no author would be
 * taken for ours.
 */
export async function userOf({ send }: Api, key: string, otherwise?: string): Promise<string> {
  const accept = otherwise === undefined ? [] : [403, 404];
  const { status, json } = await send('GET', '/user', undefined, accept);
  if (otherwise !== undefined && status !== 200) return otherwise;
  const user = textAt(json, key);
  if (user === '') throw unreadable('The code host', 'GET /user');
  return user;
}

/** How long is waited before each further try; code hosts fail for seconds now and then. */
const pauses = [300, 1_500];

type Answered = { readonly status: number; readonly headers: ApiAnswer['headers']; readonly text: string };

/** Tries again what failed for the moment; a POST may have been carried out all the same, and isn't sent twice. */
async function patiently(method: string, exchange: () => Promise<Answered>): Promise<Answered> {
  for (const pause of method === 'POST' ? [] : pauses) {
    const answer = await exchange().catch(() => null);
    if (answer !== null && answer.status < 500 && answer.status !== 429) return answer;
    await setTimeout(pause);
  }
  return exchange();
}

function unreadable(name: string, what: string) {
  return failure(
    'CODE_HOST_FAILED',
    `${name} answered ${what} with something other than the JSON of its API.`,
    {
      hint: 'Check the address of its API, and whether a proxy or a login page answers in its place.',
    },
  );
}

function hintFor(status: number): { hint?: string } {
  if (status === 401) return { hint: 'The token is missing, expired or revoked.' };
  if (status === 403 || status === 404)
    return {
      hint: "The token's permissions don't cover this: see the head of the workflow for what it needs.",
    };
  return {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
