/** GitLab's REST API, with a project access token (INTROW_GITLAB_TOKEN): the job's own token may write none of this. */
import { type Api, openApi, type Pages, pagesOf, userOf } from './api.ts';
import type { CodeHost, Post, PostChange, Posts, PushAccess } from './code-host.ts';
import { basic, type HostEnvironment, needed } from './environment.ts';
import { listAt, textAt } from './read-json.ts';

export function gitlab(env: HostEnvironment): CodeHost {
  const token = needed(env, 'INTROW_GITLAB_TOKEN');
  const api = openApi({
    name: 'GitLab',
    url: needed(env, 'CI_API_V4_URL'),
    headers: { 'private-token': token },
    env,
  });
  const root = `/projects/${encodeURIComponent(needed(env, 'CI_PROJECT_ID'))}`;
  const mergeRequest = env.CI_MERGE_REQUEST_IID;
  return {
    name: 'GitLab',
    runUrl: env.BUILD_URL || env.CI_JOB_URL || '',
    bodyLimit: 1_000_000,
    adapt: (markdown) => markdown,
    comments: mergeRequest ? notes(api, root, mergeRequest) : null,
    issues: issues(api, root),
    pullRequests: (branch, base) => mergeRequests(api, root, branch, base),
    branch: env.CI_COMMIT_BRANCH || null,
    push: gitlabPush(env),
  };
}

/** Pushes with the project access token, or else with the token of the job, which needs leave to push. */
export function gitlabPush(env: HostEnvironment): PushAccess | null {
  const url = repositoryUrl(env);
  if (url === null) return null;
  // Whoever owns the schedule: a project may demand that the address belongs to one of its members.
  const author = { name: 'introwctl', email: env.GITLAB_USER_EMAIL || 'introwctl@localhost' };
  const header = env.INTROW_GITLAB_TOKEN
    ? basic('oauth2', env.INTROW_GITLAB_TOKEN)
    : basic('gitlab-ci-token', needed(env, 'INTROW_GITLAB_TOKEN', 'CI_JOB_TOKEN'));
  return { author, url, header };
}

/** The address that the runner clones from, without the token that GitLab puts into it. */
function repositoryUrl({ CI_REPOSITORY_URL: url, CI_PROJECT_URL: page }: HostEnvironment): string | null {
  if (url) return url.replace(/^(https?:\/\/)[^/]*@/, '$1');
  return page ? `${page}.git` : null;
}

function notes(api: Api, root: string, iid: string): Posts {
  const path = `${root}/merge_requests/${iid}/notes`;
  return {
    noun: `note on merge request ${iid}`,
    own: () => own(api, `${path}?sort=asc&order_by=created_at`, 'id', 'body'),
    create: async ({ body }) => void (await api.send('POST', path, { body })),
    update: async (id, { body }) => void (await api.send('PUT', `${path}/${id}`, { body })),
  };
}

function issues(api: Api, root: string): Posts {
  const path = `${root}/issues`;
  return {
    noun: 'issue',
    own: () => own(api, `${path}?state=opened&scope=all`, 'iid', 'description'),
    create: async ({ title, body }) => void (await api.send('POST', path, { title, description: body })),
    update: async (id, change) => void (await api.send('PUT', `${path}/${id}`, fieldsOf(change))),
  };
}

function mergeRequests(api: Api, root: string, branch: string, base: string): Posts {
  const path = `${root}/merge_requests`;
  const from = `source_branch=${encodeURIComponent(branch)}&order_by=created_at&sort=desc&scope=all`;
  return {
    noun: 'merge request',
    own: () => own(api, `${path}?${from}`, 'iid', 'description'),
    create: async ({ title, body }) =>
      void (await api.send('POST', path, {
        title,
        description: body,
        source_branch: branch,
        target_branch: base,
        remove_source_branch: true,
      })),
    update: async (id, change) => void (await api.send('PUT', `${path}/${id}`, fieldsOf(change))),
  };
}

function fieldsOf({ body, close }: PostChange) {
  return { description: body, ...(close ? { state_event: 'close' } : {}) };
}

const states: Readonly<Record<string, Post['state']>> = {
  closed: 'closed',
  locked: 'closed',
  merged: 'merged',
};

const pages: Pages = {
  size: 'per_page',
  items: (json) => listAt(json),
  // A page may hold fewer than it was asked for, since GitLab leaves out what this user may not see.
  hasNext: ({ headers }) => String(headers['x-next-page'] ?? '') !== '',
};

async function* own(api: Api, path: string, id: string, body: string): AsyncGenerator<Post> {
  const user = await userOf(api, 'id');
  for await (const each of pagesOf(api, path, pages)) {
    if (textAt(each, 'author', 'id') !== user) continue;
    yield { id: textAt(each, id), body: textAt(each, body), state: states[textAt(each, 'state')] ?? 'open' };
  }
}
