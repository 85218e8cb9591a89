/** Azure DevOps' REST API, with the token of the job (SYSTEM_ACCESSTOKEN), which a pipeline must hand on by name. */
import { listOf, openApi } from './api.ts';
import type { CodeHost, Post, Posts } from './code-host.ts';
import { type HostEnvironment, needed } from './environment.ts';
import { listAt, textAt } from './read-json.ts';

export function azure(env: HostEnvironment): CodeHost {
  const collection = needed(env, 'SYSTEM_COLLECTIONURI').replace(/\/$/, '');
  const project = encodeURIComponent(needed(env, 'SYSTEM_TEAMPROJECT'));
  const api = openApi({
    name: 'Azure DevOps',
    url: `${collection}/${project}`,
    headers: { authorization: `Bearer ${needed(env, 'SYSTEM_ACCESSTOKEN')}` },
    env,
  });
  const pull = env.SYSTEM_PULLREQUEST_PULLREQUESTID;
  const repository = env.BUILD_REPOSITORY_ID ?? '';
  const path = `/_apis/git/repositories/${repository}/pullRequests/${pull}/threads`;
  const version = '?api-version=7.1';
  const comments: Posts = {
    noun: `comment on pull request ${pull}`,
    async *own(): AsyncGenerator<Post> {
      const { json } = await api.send('GET', `${path}${version}`);
      // The token of a job may not ask who it is: the build service's own threads are those of no person.
      for (const thread of listOf(listAt(json, 'value'), path)) {
        const [first] = listAt(thread, 'comments') ?? [];
        const name = textAt(first, 'author', 'uniqueName');
        if (!name.startsWith('Build\\') || textAt(thread, 'isDeleted') === 'true') continue;
        yield { id: textAt(thread, 'id'), body: textAt(first, 'content'), state: 'open' };
      }
    },
    create: async ({ body }) => {
      const comment = { parentCommentId: 0, content: body, commentType: 'text' };
      // Closed, so that a policy that wants all comments resolved doesn't wait for this one.
      await api.send('POST', `${path}${version}`, { comments: [comment], status: 'closed' });
    },
    update: async (id, { body }) =>
      void (await api.send('PATCH', `${path}/${id}/comments/1${version}`, { content: body })),
  };
  return {
    name: 'Azure DevOps',
    runUrl: `${collection}/${project}/_build/results?buildId=${env.BUILD_BUILDID ?? ''}`,
    bodyLimit: 150_000,
    adapt: (markdown) => markdown,
    comments: pull ? comments : null,
    issues: null,
    pullRequests: null,
    branch: null,
    push: null,
  };
}
