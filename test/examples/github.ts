/** What GitHub holds of a repository besides git, and the part of its REST API that the workflows use. */
import { type ApiCall, type ApiReply, pageOf, serveApi } from './http.ts';
import type { Place } from './place.ts';

export const runToken = 'token-of-the-run';
const bot = { login: 'github-actions[bot]' };

type Comment = { readonly id: number; readonly user: { readonly login: string }; body: string };
type Numbered = {
  readonly number: number;
  readonly user: { readonly login: string };
  readonly title: string;
  body: string;
  state: string;
  state_reason?: string;
};
type Pull = Numbered & { merged_at: string | null; readonly head?: string; readonly base?: string };

export type FakeGithub = {
  readonly url: string;
  readonly comments: Comment[];
  readonly issues: Numbered[];
  readonly pulls: Pull[];
  /** What was written, without the reads. */
  readonly calls: string[];
};

const running = new WeakMap<Place, FakeGithub>();

export function githubOf(place: Place): FakeGithub {
  const found = running.get(place);
  if (found === undefined) throw new Error('this place has no GitHub');
  return found;
}

/** Somebody closes the last pull request, or merges it; the branch stays. */
export function closePull(place: Place, how: 'closed' | 'merged'): void {
  const last = githubOf(place).pulls.at(-1);
  if (last === undefined) throw new Error('there is no pull request');
  last.state = 'closed';
  if (how === 'merged') last.merged_at = '2026-09-28T07:30:00Z';
}

export async function startGithub(
  place: Place,
  more: Partial<Pick<FakeGithub, 'comments' | 'issues'>> = {},
): Promise<FakeGithub> {
  const state = { comments: [], issues: [], pulls: [], calls: [], ...more };
  const url = await serveApi((call) => answer(github, call));
  const github: FakeGithub = { ...state, url };
  running.set(place, github);
  return github;
}

type Route = (github: FakeGithub, call: ApiCall, captured: string) => ApiReply;

const routes: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ['GET', /^issues\/7\/comments$/, ({ comments }, call) => listed(comments, call)],
  [
    'POST',
    /^issues\/7\/comments$/,
    ({ comments }, { body }) =>
      checked(body.body, (text) => comments.push({ id: comments.length + 1, user: bot, body: text })),
  ],
  [
    'PATCH',
    /^issues\/comments\/(\d+)$/,
    ({ comments }, { body }, id) => {
      const comment = comments.find((each) => each.id === Number(id));
      return comment === undefined
        ? { status: 404 }
        : checked(body.body, (text) => void Object.assign(comment, { body: text }));
    },
  ],
  [
    'GET',
    /^issues$/,
    ({ issues }, call) =>
      listed(
        issues.filter(({ state }) => state === 'open'),
        call,
      ),
  ],
  ['POST', /^issues$/, ({ issues }, { body }) => created(issues, body, {})],
  ['PATCH', /^issues\/(\d+)$/, ({ issues }, { body }, number) => changed(issues, number, body)],
  ['GET', /^pulls$/, ({ pulls }, call) => listed(pulls.toReversed(), call)],
  [
    'POST',
    /^pulls$/,
    ({ pulls }, { body }) =>
      pulls.some(({ state }) => state === 'open')
        ? { status: 422 }
        : created(pulls, body, { merged_at: null }),
  ],
  ['PATCH', /^pulls\/(\d+)$/, ({ pulls }, { body }, number) => changed(pulls, number, body)],
];

function answer(github: FakeGithub, call: ApiCall): ApiReply {
  if (call.headers.authorization !== `Bearer ${runToken}`) return { status: 401 };
  // The token of a run is nobody's.
  if (call.path === '/user') return { status: 403 };
  const inside = call.path.replace(/^\/repos\/example\/partners\//, '');
  for (const [method, path, route] of routes) {
    const match = path.exec(inside);
    if (method !== call.method || match === null) continue;
    if (method !== 'GET') github.calls.push(`${method} ${inside}`);
    return route(github, call, match[1] ?? '');
  }
  return { status: 404 };
}

function listed(items: readonly unknown[], { query }: ApiCall): ApiReply {
  const { page, more } = pageOf(items, query);
  return {
    status: 200,
    json: page,
    ...(more ? { headers: { link: '<https://elsewhere>; rel="next"' } } : {}),
  };
}

function checked(body: unknown, write: (text: string) => void): ApiReply {
  if (typeof body !== 'string' || body === '' || [...body].length > 65_536) return { status: 422 };
  write(body);
  return { status: 200, json: {} };
}

function created(list: Numbered[], body: ApiCall['body'], more: object): ApiReply {
  if (typeof body.title !== 'string' || body.title === '') return { status: 422 };
  const number = list.length + 1;
  return checked(body.body, () =>
    list.push({ number, user: bot, state: 'open', ...more, ...(body as { title: string; body: string }) }),
  );
}

function changed(list: Numbered[], number: string, body: ApiCall['body']): ApiReply {
  const found = list.find((each) => each.number === Number(number));
  if (found === undefined) return { status: 404 };
  Object.assign(found, body);
  return { status: 200, json: {} };
}
