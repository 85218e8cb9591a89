/** Bitbucket Cloud's REST API, with a repository access token (INTROW_BITBUCKET_TOKEN) that may write pull requests. */
import { type Api, openApi, type Pages, pagesOf, userOf } from './api.ts';
import type { CodeHost, Post, Posts } from './code-host.ts';
import { type HostEnvironment, needed } from './environment.ts';
import { listAt, textAt } from './read-json.ts';

const production = 'https://api.bitbucket.org/2.0';

export function bitbucket(env: HostEnvironment): CodeHost {
  const repository = needed(env, 'BITBUCKET_REPO_FULL_NAME');
  const api = openApi({
    name: 'Bitbucket',
    url: env.INTROW_BITBUCKET_URL || production,
    headers: { authorization: `Bearer ${needed(env, 'INTROW_BITBUCKET_TOKEN')}` },
    env,
  });
  const pull = env.BITBUCKET_PR_ID;
  return {
    name: 'Bitbucket',
    runUrl: `https://bitbucket.org/${repository}/pipelines/results/${env.BITBUCKET_BUILD_NUMBER ?? ''}`,
    bodyLimit: 32_768,
    adapt: withoutHtml,
    comments: pull ? comments(api, `/repositories/${repository}/pullrequests/${pull}/comments`, pull) : null,
    issues: null,
    pullRequests: null,
    branch: null,
    push: null,
  };
}

const pages: Pages = {
  size: 'pagelen',
  items: (json) => listAt(json, 'values'),
  hasNext: ({ json }) => textAt(json, 'next') !== '',
};

function comments(api: Api, path: string, pull: string): Posts {
  const content = (raw: string) => ({ content: { raw } });
  return {
    noun: `comment on pull request ${pull}`,
    async *own(): AsyncGenerator<Post> {
      const user = await userOf(api, 'uuid');
      for await (const each of pagesOf(api, path, pages)) {
        if (textAt(each, 'user', 'uuid') !== user || textAt(each, 'deleted') === 'true') continue;
        yield { id: textAt(each, 'id'), body: textAt(each, 'content', 'raw'), state: 'open' };
      }
    },
    create: async ({ body }) => void (await api.send('POST', path, content(body))),
    update: async (id, { body }) => void (await api.send('PUT', `${path}/${id}`, content(body))),
  };
}

/** Bitbucket shows tags as text: the marker becomes a link definition, which shows nothing, and folds become headings. */
function withoutHtml(markdown: string): string {
  return markdown
    .replace(/^<!-- (\S+) -->/, '[$1]: #')
    .replace(/<details><summary>(.*?)<\/summary>/g, '**$1**')
    .replaceAll('</details>', '')
    .replaceAll('<br>', ', ');
}
