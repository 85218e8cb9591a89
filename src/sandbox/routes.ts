/** The four calls of the partners API. */
import { fields } from '../fields.ts';
import { isObject } from '../json.ts';
import { type Answer, refusal } from './answer.ts';
import type { Call } from './faults.ts';
import type { Paging } from './paging.ts';
import { violations } from './rules.ts';
import type { Seed } from './seed.ts';
import type { Store, StoredPartner } from './store.ts';

/** `owner` has no documented shape: these are the ones that a client should cope with. */
export type OwnerShape = 'object' | 'string' | 'object-without-id';

/** What every request is answered from. */
export type World = {
  readonly store: Store;
  readonly seed: Seed;
  readonly paging: Paging;
  readonly maxPageSize: number;
  readonly ownerShape: OwnerShape;
  readonly showExperience: boolean;
};

type Work = World & {
  readonly call: Call | null;
  readonly url: URL;
  readonly body: string;
  /** Answers carry fields that no documentation mentions. */
  readonly extra: boolean;
};

const route = /^\/api\/v1\/partners(?:\/([^/]+))?\/?$/;
const defaultPageSize = 10;

/** Which call a request is; null where the API has no such. */
export function callOf(method: string, { pathname }: URL): Call | null {
  const match = route.exec(pathname);
  if (match === null) return null;
  const calls: Readonly<Record<string, Call>> =
    match[1] === undefined ? { GET: 'list', POST: 'create' } : { GET: 'get', PATCH: 'update' };
  return calls[method] ?? null;
}

/** Does what a request asks for. */
export function work(request: Work): Answer {
  switch (request.call) {
    case 'list':
      return list(request);
    case 'get': {
      const partner = request.store.find(idOf(request.url));
      return partner === undefined ? notFound() : ok(200, { data: shown(partner, request) });
    }
    case 'create':
      return write(request, true, (body) => {
        const twin = request.store.twin(body);
        const partner = twin === undefined ? request.store.create(body) : request.store.update(twin, body);
        return ok(twin === undefined ? 201 : 200, { data: shown(partner, request) });
      });
    case 'update':
      return write(request, false, (body) => {
        const partner = request.store.find(idOf(request.url));
        return partner === undefined
          ? notFound()
          : ok(200, { data: shown(request.store.update(partner, body), request) });
      });
    case null:
      return refusal(404, 'NOT_FOUND', 'There is no such endpoint.');
  }
}

function list(request: Work): Answer {
  const asked = request.url.searchParams.get('limit') ?? String(defaultPageSize);
  if (!/^\d+$/.test(asked) || Number(asked) < 1 || Number(asked) > 100)
    return refusal(422, 'VALIDATION_ERROR', 'limit must be 1 to 100.');
  const limit = Math.min(Number(asked), request.maxPageSize);
  const all = request.store.all();
  const offset = request.paging.start(request.url.searchParams, limit, all);
  if (!Number.isInteger(offset) || offset < 0)
    return refusal(422, 'VALIDATION_ERROR', 'That page does not exist.');
  const { body, link } = request.paging.says({
    offset,
    limit,
    total: all.length,
    url: request.url,
  });
  const data = all.slice(offset, offset + limit).map((partner) => shown(partner, request));
  return {
    status: 200,
    headers: link === undefined ? {} : { link },
    body: { data, ...body, ...(request.extra ? { served: 'fresh' } : {}) },
  };
}

function write(
  request: Work,
  isCreate: boolean,
  act: (body: Readonly<Record<string, unknown>>) => Answer,
): Answer {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    return refusal(400, 'VALIDATION_ERROR', 'The body is not JSON.');
  }
  const details = violations(body, request.seed, isCreate);
  if (details.length > 0 || !isObject(body)) {
    return {
      status: 422,
      headers: {},
      body: { error: { code: 'VALIDATION_ERROR', message: 'The request is not valid.', details } },
    };
  }
  return act(body);
}

/** A partner as the API returns it: without what it never returns. */
function shown(partner: StoredPartner, request: Work): Record<string, unknown> {
  const extra = request.extra ? { categories: null, mood: { today: 'sunny' } } : {};
  const hidden = fields.filter(
    ({ returned, publishes }) => returned === 'no' || (publishes && !request.showExperience),
  );
  const visible = Object.entries(partner).filter(([key]) => !hidden.some(({ wire }) => wire === key));
  return { ...Object.fromEntries(visible), owner: ownerAs(partner.owner, request.ownerShape), ...extra };
}

function ownerAs(owner: unknown, shape: OwnerShape): unknown {
  if (!isObject(owner) || shape === 'object') return owner;
  return shape === 'string' ? owner.id : { name: owner.name };
}

/** Takes a partner away. Introw has no such call: this plays people who do it in the app, and costs nothing. */
export function remove({ pathname }: URL, store: Store): Answer {
  const id = route.exec(pathname)?.[1];
  const partner = id === undefined ? undefined : store.remove(decodeURIComponent(id));
  return partner === undefined ? notFound() : ok(200, { data: { id: partner.id } });
}

function idOf({ pathname }: URL): string {
  return decodeURIComponent(route.exec(pathname)?.[1] ?? '');
}

function ok(status: number, body: unknown): Answer {
  return { status, headers: {}, body };
}

function notFound(): Answer {
  return refusal(404, 'PARTNER_NOT_FOUND', 'There is no such partner.');
}
