/** Code hosts that answer anything at all when they are asked for our comments, issues and pull requests. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Posts } from '../../src/code-host/code-host.ts';
import { detectCodeHost } from '../../src/code-host/detect.ts';
import { endsWell, runs } from './ends-well.ts';
import { jsonTokens } from './json.ts';
import { mutated } from './mutated.ts';
import { type Reply, replyingServer } from './replying-server.ts';

const server = replyingServer();

/** Each code host, with what its CI says about a pull request. */
const environments = (): Record<string, string>[] => [
  {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: server.url,
    GITHUB_REPOSITORY: 'acme/partners',
    GITHUB_REF: 'refs/pull/7/merge',
    GH_TOKEN: 't',
  },
  {
    GITLAB_CI: 'true',
    CI_API_V4_URL: server.url,
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '7',
    INTROW_GITLAB_TOKEN: 't',
    CI_PROJECT_URL: server.url,
    CI_REPOSITORY_URL: server.url,
  },
  {
    TF_BUILD: 'True',
    SYSTEM_COLLECTIONURI: server.url,
    SYSTEM_TEAMPROJECT: 'p',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
    SYSTEM_ACCESSTOKEN: 't',
  },
  {
    BITBUCKET_BUILD_NUMBER: '7',
    INTROW_BITBUCKET_URL: server.url,
    BITBUCKET_REPO_FULL_NAME: 'acme/partners',
    BITBUCKET_PR_ID: '7',
    INTROW_BITBUCKET_TOKEN: 't',
  },
];

const comment = {
  ...{ id: 1, iid: 1, number: 1, body: 'ours', state: 'open', content: { raw: 'ours' } },
  ...{
    user: { login: 'me', uuid: 'me' },
    author: { id: 'me' },
    comments: [{ author: { uniqueName: 'Build\\x' } }],
  },
};
const bodies = [
  JSON.stringify({ login: 'me', id: 'me', uuid: 'me' }),
  JSON.stringify([comment, { ...comment, user: null, author: null }]),
  JSON.stringify({ value: [comment], values: [comment], next: '/more' }),
];
const next = '<x>; rel="next"';
/** What leads to another page, in the header of every code host. */
const linkTo = (link: string) => ({ link, 'x-next-page': link });
const reply: fc.Arbitrary<Reply> = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 200, 204, 301, 401, 403, 404, 422),
  body: fc.oneof(fc.constantFrom(...bodies), mutated(bodies, jsonTokens)),
  headers: fc.constantFrom('', '', next).map(linkTo),
});

/** Every post of a list; none is taken for ours that doesn't say whose it is. */
async function readAll(posts: Posts | null): Promise<void> {
  server.requests = 0;
  for await (const { id, body } of posts?.own() ?? [])
    expect([typeof id, typeof body]).toEqual(['string', 'string']);
  // Who we are, and a hundred pages.
  expect(server.requests).toBeLessThanOrEqual(101);
}

test('whatever a code host answers, reading ends soon, in our posts or a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(3), fc.array(reply, { minLength: 1, maxLength: 3 }), async (which, all) => {
      server.replies = all;
      const host = detectCodeHost(environments()[which] ?? {});
      await endsWell(() => readAll(host.comments));
      await endsWell(() => readAll(host.issues));
      await endsWell(() => readAll(host.pullRequests?.('introwctl', 'main') ?? null));
    }),
    runs(40),
  );
});

test('where a code host leads in a circle, a hundred pages are read', async () => {
  for (const env of environments()) {
    const list = env.GITHUB_ACTIONS || env.GITLAB_CI ? '[]' : '{"value":[],"values":[],"next":"/more"}';
    server.replies = Array.from({ length: 1000 }, (_, index) => ({
      status: 200,
      headers: linkTo(next),
      body: index === 0 && !env.TF_BUILD ? '{"login":"me","id":"me","uuid":"me"}' : list,
    }));
    await readAll(detectCodeHost(env).comments);
    expect(server.requests).toBe(env.TF_BUILD ? 1 : 101);
  }
});
