/** GitHub's REST API, with the token of the run (GH_TOKEN or GITHUB_TOKEN). */
import { type Api, openApi, type Pages, pagesOf, userOf } from './api.ts';
import type { CodeHost, Post, Posts } from './code-host.ts';
import { basic, type HostEnvironment, needed } from './environment.ts';
import { listAt, textAt } from './read-json.ts';

/** What the token of a workflow run writes as; it may not ask who it is. */
const actionsBot = 'github-actions[bot]';

/** The account of that name, so that GitHub shows its picture and no stranger's. */
const actionsAuthor = { name: actionsBot, email: `41898282+${actionsBot}@users.noreply.github.com` };

export function github(env: HostEnvironment, given: { repository?: string; pull?: string } = {}): CodeHost {
  const repository = given.repository ?? needed(env, 'GITHUB_REPOSITORY');
  const token = needed(env, 'GH_TOKEN', 'GITHUB_TOKEN');
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  const api = openApi({
    name: 'GitHub',
    url: env.GITHUB_API_URL || 'https://api.github.com',
    headers: { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    env,
  });
  const pull = given.pull ?? /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '')?.[1];
  const root = `/repos/${repository}`;
  return {
    name: 'GitHub',
    runUrl: env.BUILD_URL || `${server}/${repository}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
    bodyLimit: 65_536,
    adapt: (markdown) => markdown,
    comments: pull === undefined ? null : comments(api, root, pull),
    issues: issues(api, root),
    pullRequests: (branch, base) => pullRequests(api, root, repository, branch, base),
    branch: pull === undefined ? env.GITHUB_REF_NAME || null : null,
    push: {
      author: actionsAuthor,
      url: `${server}/${repository}.git`,
      header: basic('x-access-token', token),
    },
  };
}

function comments(api: Api, root: string, pull: string): Posts {
  return {
    noun: `comment on pull request ${pull}`,
    own: () => own(api, `${root}/issues/${pull}/comments`, 'id'),
    create: async ({ body }) => void (await api.send('POST', `${root}/issues/${pull}/comments`, { body })),
    update: async (id, { body }) => void (await api.send('PATCH', `${root}/issues/comments/${id}`, { body })),
  };
}

function issues(api: Api, root: string): Posts {
  return {
    noun: 'issue',
    own: () => own(api, `${root}/issues?state=open`, 'number'),
    create: async (post) => void (await api.send('POST', `${root}/issues`, post)),
    update: async (id, { body, close }) =>
      void (await api.send('PATCH', `${root}/issues/${id}`, {
        body,
        ...(close ? { state: 'closed', state_reason: 'completed' } : {}),
      })),
  };
}

function pullRequests(api: Api, root: string, repository: string, branch: string, base: string): Posts {
  const [owner = ''] = repository.split('/');
  const head = encodeURIComponent(`${owner}:${branch}`);
  return {
    noun: 'pull request',
    own: () => own(api, `${root}/pulls?state=all&head=${head}`, 'number'),
    create: async (post) => void (await api.send('POST', `${root}/pulls`, { ...post, head: branch, base })),
    update: async (id, { body, close }) =>
      void (await api.send('PATCH', `${root}/pulls/${id}`, { body, ...(close ? { state: 'closed' } : {}) })),
  };
}

const pages: Pages = {
  size: 'per_page',
  items: (json) => listAt(json),
  hasNext: ({ headers }) => /rel="next"/.test(String(headers.link ?? '')),
};

async function* own(api: Api, path: string, id: 'id' | 'number'): AsyncGenerator<Post> {
  const login = await userOf(api, 'login', actionsBot);
  for await (const each of pagesOf(api, path, pages)) {
    if (textAt(each, 'user', 'login') !== login) continue;
    const merged = textAt(each, 'merged_at') !== '';
    const state = textAt(each, 'state') === 'closed' ? 'closed' : 'open';
    yield { id: textAt(each, id), body: textAt(each, 'body'), state: merged ? 'merged' : state };
  }
}
