/** The part of GitLab's REST API that the pipeline uses: notes of merge request 7, issues and merge requests of project 5. */
import { type ApiCall, type ApiReply, pageOf, serveApi } from './http.ts';

export const projectToken = 'project-token';
const bot = { id: 99 };

type Note = { readonly id: number; readonly author: { readonly id: number }; body: string };
type Numbered = {
  readonly iid: number;
  readonly author: { readonly id: number };
  readonly title: string;
  description: string;
  state: string;
  readonly source_branch?: string;
};

export type FakeGitlab = {
  readonly url: string;
  readonly notes: Note[];
  readonly issues: Numbered[];
  readonly mergeRequests: Numbered[];
  readonly calls: string[];
};

export async function startGitlab(notes: Note[] = []): Promise<FakeGitlab> {
  const url = await serveApi((call) => answer(gitlab, call));
  const gitlab: FakeGitlab = { url: `${url}/api/v4`, notes, issues: [], mergeRequests: [], calls: [] };
  return gitlab;
}

const routes: readonly (readonly [
  method: string,
  path: RegExp,
  route: (gitlab: FakeGitlab, call: ApiCall, captured: string) => ApiReply,
])[] = [
  ['GET', /^\/user$/, () => ({ status: 200, json: bot })],
  ['GET', /^\/projects\/5\/merge_requests\/7\/notes$/, ({ notes }, call) => listed(notes, call)],
  [
    'POST',
    /^\/projects\/5\/merge_requests\/7\/notes$/,
    ({ notes }, { body }) => {
      notes.push({ id: notes.length + 1, author: bot, body: textOf(body.body) });
      return { status: 201, json: {} };
    },
  ],
  [
    'PUT',
    /^\/projects\/5\/merge_requests\/7\/notes\/(\d+)$/,
    ({ notes }, { body }, id) => {
      const note = notes.find((each) => each.id === Number(id));
      if (note === undefined) return { status: 404 };
      note.body = textOf(body.body);
      return { status: 200, json: {} };
    },
  ],
  [
    'GET',
    /^\/projects\/5\/issues$/,
    ({ issues }, call) =>
      listed(
        issues.filter(({ state }) => state === 'opened'),
        call,
      ),
  ],
  ['POST', /^\/projects\/5\/issues$/, ({ issues }, { body }) => created(issues, body)],
  ['PUT', /^\/projects\/5\/issues\/(\d+)$/, ({ issues }, { body }, iid) => changed(issues, iid, body)],
  [
    'GET',
    /^\/projects\/5\/merge_requests$/,
    ({ mergeRequests }, call) => listed(mergeRequests.toReversed(), call),
  ],
  ['POST', /^\/projects\/5\/merge_requests$/, ({ mergeRequests }, { body }) => created(mergeRequests, body)],
  [
    'PUT',
    /^\/projects\/5\/merge_requests\/(\d+)$/,
    ({ mergeRequests }, { body }, iid) => changed(mergeRequests, iid, body),
  ],
];

function answer(gitlab: FakeGitlab, call: ApiCall): ApiReply {
  if (call.headers['private-token'] !== projectToken) return { status: 401 };
  const inside = call.path.replace(/^\/api\/v4/, '');
  for (const [method, path, route] of routes) {
    const match = path.exec(inside);
    if (method !== call.method || match === null) continue;
    if (method !== 'GET') gitlab.calls.push(`${method} ${inside.replace('/projects/5/', '')}`);
    return route(gitlab, call, match[1] ?? '');
  }
  return { status: 404 };
}

function listed(items: readonly unknown[], { query }: ApiCall): ApiReply {
  const { page, more, number } = pageOf(items, query);
  return { status: 200, json: page, headers: { 'x-next-page': more ? String(number + 1) : '' } };
}

function created(list: Numbered[], body: ApiCall['body']): ApiReply {
  const { title, description } = body;
  list.push({
    ...body,
    iid: list.length + 1,
    author: bot,
    state: 'opened',
    title: textOf(title),
    description: textOf(description),
  });
  return { status: 201, json: {} };
}

function changed(list: Numbered[], iid: string, { state_event, ...fields }: ApiCall['body']): ApiReply {
  const found = list.find((each) => each.iid === Number(iid));
  if (found === undefined) return { status: 404 };
  Object.assign(found, fields, state_event === 'close' ? { state: 'closed' } : {});
  return { status: 200, json: {} };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('GitLab would refuse an empty text');
  return value;
}
