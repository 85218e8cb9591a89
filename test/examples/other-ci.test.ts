/** The examples for Azure Pipelines, Bitbucket and Jenkins: their scripts, run against local servers in place of their APIs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commit, git } from '../cli/repository.ts';
import { githubOf, runToken, startGithub } from './github.ts';
import { type ApiReply, serveApi } from './http.ts';
import { keys, openPlace, type Place, runnerEnvironment, runScript } from './place.ts';

const file = (tier: string) =>
  `version: 1\ncatalog: { tiers: { gold: t2, silver: t1 } }\npartners:\n  acme: { id: ptn_1, name: Acme, tier: ${tier} }\n`;
const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };
const place = () => openPlace({ 'partners.yaml': file('silver') }, { seed });
const read = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

/** A clone of the change, in which main is what it goes into. */
function cloned({ work, origin, newFolder }: Place): string {
  git(work, 'checkout', '--quiet', '-B', 'change');
  commit(work, 'Promote Acme', { 'partners.yaml': file('gold') });
  git(work, 'push', '--quiet', '--force', 'origin', 'change');
  const cwd = newFolder();
  git(cwd, 'clone', '--quiet', origin, '.');
  git(cwd, 'checkout', '--quiet', 'change');
  return cwd;
}

const bash = ['bash', '-e'];
const envOf = (here: Place, cwd: string) => ({
  ...runnerEnvironment(here),
  INTROW_READ_KEY: keys.read,
  INTROW_WRITE_KEY: keys.write,
  PATH: `${join(cwd, 'node_modules/.bin')}:${runnerEnvironment(here).PATH}`,
});

test('Azure Pipelines: a build of a pull request keeps one thread, and main is applied', async () => {
  const here = await place();
  const cwd = cloned(here);
  const threads: { id: number; comments: { content: string; author: object }[] }[] = [
    {
      id: 1,
      comments: [{ content: '<!-- introwctl:plan --> of a person', author: { uniqueName: 'pat@example' } }],
    },
  ];
  const url = await serveApi(({ method, path, headers, body }): ApiReply => {
    if (headers.authorization !== 'Bearer token') return { status: 401 };
    const [, id] =
      /^\/Partners%20team\/_apis\/git\/repositories\/r1\/pullRequests\/7\/threads(?:\/(\d+)\/comments\/1)?$/.exec(
        path,
      ) ?? ['', null];
    if (id === null) return { status: 404 };
    if (method === 'GET') return { status: 200, json: { value: threads } };
    const author = { uniqueName: 'Build\\\\1234' };
    if (method === 'POST') {
      const [{ content }] = body.comments as [{ content: string }];
      threads.push({ id: threads.length + 1, comments: [{ content, author }] });
    } else threads[Number(id) - 1]?.comments.splice(0, 1, { content: String(body.content), author });
    return { status: 200, json: {} };
  });
  const { steps } = parse(read('azure/azure-pipelines.yml')) as {
    steps: { bash?: string; env?: Record<string, string> }[];
  };
  const secrets: Record<string, string> = {
    '$(INTROW_READ_KEY)': keys.read,
    '$(INTROW_WRITE_KEY)': keys.write,
    '$(System.AccessToken)': 'token',
  };
  const env = {
    ...envOf(here, cwd),
    TF_BUILD: 'True',
    SYSTEM_COLLECTIONURI: `${url}/`,
    SYSTEM_TEAMPROJECT: 'Partners team',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
    SYSTEM_PULLREQUEST_TARGETBRANCHNAME: 'main',
    BUILD_REPOSITORY_ID: 'r1',
    AGENT_TEMPDIRECTORY: here.newFolder(),
  };
  const [install, plan, report, apply] = steps.flatMap(({ bash: script, env: given = {} }) => {
    if (script === undefined) return [];
    const own = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, secrets[value] ?? '']),
    );
    return [() => runScript(script, bash, cwd, { ...env, ...own })];
  });
  for (const step of [install, plan, report, report]) expect(await step?.()).toMatchObject({ exit: 0 });
  expect(threads).toHaveLength(2);
  expect(threads[1]?.comments[0]?.content).toContain('### This change updates 1 partner.');
  expect(await apply?.()).toMatchObject({ exit: 0 });
  expect(here.introw.partners()[0]?.tierId).toBe('t2');
});

test('Bitbucket Pipelines: a pull request keeps one comment, in Markdown without tags, and main is applied', async () => {
  const here = await place();
  const cwd = cloned(here);
  const comments = Array.from({ length: 150 }, (_, index) => ({
    id: index + 1,
    user: { uuid: '{pat}' },
    content: { raw: '[introwctl:plan]: # of a person' },
  }));
  const url = await serveApi(({ method, path, query, headers, body }): ApiReply => {
    if (headers.authorization !== 'Bearer token') return { status: 401 };
    if (path === '/user') return { status: 200, json: { uuid: '{bot}' } };
    const [, id] = /^\/repositories\/example\/partners\/pullrequests\/7\/comments(?:\/(\d+))?$/.exec(
      path,
    ) ?? ['', null];
    if (id === null) return { status: 404 };
    const page = Number(query.get('page') ?? 1);
    if (method === 'GET') {
      const values = comments.slice((page - 1) * 100, page * 100);
      return { status: 200, json: { values, ...(comments.length > page * 100 ? { next: 'more' } : {}) } };
    }
    const content = body.content as { raw: string };
    if (method === 'POST') comments.push({ id: comments.length + 1, user: { uuid: '{bot}' }, content });
    else Object.assign(comments[Number(id) - 1] ?? {}, { content });
    return { status: 200, json: {} };
  });
  const { pipelines } = parse(read('bitbucket/bitbucket-pipelines.yml'));
  const env = {
    ...envOf(here, cwd),
    BITBUCKET_BUILD_NUMBER: '42',
    BITBUCKET_REPO_FULL_NAME: 'example/partners',
    BITBUCKET_PR_ID: '7',
    BITBUCKET_PR_DESTINATION_BRANCH: 'main',
    INTROW_BITBUCKET_TOKEN: 'token',
    INTROW_BITBUCKET_URL: url,
  };
  const scriptOf = ([{ step }]: [{ step: { script: string[] } }]) => step.script.join('\n');
  const preview = scriptOf(pipelines['pull-requests']['**']);
  expect(await runScript(preview, bash, cwd, env)).toMatchObject({ exit: 0 });
  expect(await runScript(preview, bash, cwd, env)).toMatchObject({ exit: 0 });
  expect(comments).toHaveLength(151);
  const { raw } = comments[150]?.content ?? { raw: '' };
  expect(raw).toMatch(/^\[introwctl:plan\]: #\n\n### This change updates 1 partner\./);
  expect(raw.replace(/```[\s\S]*?```/g, '')).not.toMatch(/<[a-z!/]/i);
  expect(await runScript(scriptOf(pipelines.branches.main), bash, cwd, env)).toMatchObject({ exit: 0 });
  expect(here.introw.partners()[0]?.tierId).toBe('t2');
});

test('Jenkins: a pull request on GitHub keeps one comment, and main is applied', async () => {
  const here = await place();
  const cwd = cloned(here);
  const { url } = await startGithub(here);
  const [preview = '', apply = ''] = [...read('jenkins/Jenkinsfile').matchAll(/sh '(.*?)'/g)].map(
    ([, script]) => script,
  );
  const env = {
    ...envOf(here, cwd),
    BUILD_URL: 'https://jenkins.example/job/partners/42/',
    CHANGE_URL: 'https://github.com/example/partners/pull/7',
    CHANGE_TARGET: 'main',
    GITHUB_API_URL: url,
    GH_TOKEN: runToken,
  };
  const reading = { ...env, INTROW_API_KEY: keys.read };
  expect(await runScript(preview, bash, cwd, reading)).toMatchObject({ exit: 0 });
  expect(await runScript(preview, bash, cwd, reading)).toMatchObject({ exit: 0 });
  expect(githubOf(here).calls).toEqual(['POST issues/7/comments', 'PATCH issues/comments/1']);
  expect(await runScript(apply, bash, cwd, { ...env, INTROW_API_KEY: keys.write })).toMatchObject({
    exit: 0,
  });
  expect(here.introw.partners()[0]?.tierId).toBe('t2');
});
