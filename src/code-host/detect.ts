import { failure } from '../problem.ts';
import { azure } from './azure.ts';
import { bitbucket } from './bitbucket.ts';
import type { CodeHost, PushAccess } from './code-host.ts';
import type { HostEnvironment } from './environment.ts';
import { github } from './github.ts';
import { gitlab, gitlabPush } from './gitlab.ts';

/** Each code host, with the variable that its own CI sets. */
const hosts: readonly (readonly [variable: string, open: (env: HostEnvironment) => CodeHost])[] = [
  ['GITHUB_ACTIONS', github],
  ['GITLAB_CI', gitlab],
  ['TF_BUILD', azure],
  ['BITBUCKET_BUILD_NUMBER', bitbucket],
];

/** The code host that this run belongs to; throws CODE_HOST_UNKNOWN where the environment names none. */
export function detectCodeHost(env: HostEnvironment): CodeHost {
  const found = hosts.find(([variable]) => env[variable] !== undefined && env[variable] !== '');
  if (found !== undefined) return found[1](env);
  const changeUrl = env.CHANGE_URL ?? '';
  const change = onJenkins(env, changeUrl);
  if (change !== null) return change;
  throw failure(
    'CODE_HOST_UNKNOWN',
    changeUrl === ''
      ? 'This run is in none of GitHub Actions, GitLab CI, Azure Pipelines, Bitbucket Pipelines and Jenkins.'
      : `CHANGE_URL is ${JSON.stringify(changeUrl)}, which is neither a pull request on GitHub nor a merge request on GitLab.`,
  );
}

/** How this run pushes, with a token of its environment; null where git must know by itself how to get in. */
export function detectPushAccess(env: HostEnvironment): PushAccess | null {
  if (env.GITHUB_ACTIONS) return github(env).push;
  return env.GITLAB_CI ? gitlabPush(env) : null;
}

/** The tokens for code hosts in an environment, none of which may be shown. */
export function codeHostTokens(env: HostEnvironment): string[] {
  const names = [
    'GH_TOKEN',
    'GITHUB_TOKEN',
    'INTROW_GITLAB_TOKEN',
    'CI_JOB_TOKEN',
    'SYSTEM_ACCESSTOKEN',
    'INTROW_BITBUCKET_TOKEN',
  ];
  return names.flatMap((name) => env[name] || []);
}

/** Jenkins names the pull request by its page (CHANGE_URL), which says where it is hosted. */
function onJenkins(env: HostEnvironment, changeUrl: string): CodeHost | null {
  const [, origin, repository, pull] =
    /^(https?:\/\/[^/]+)\/([^/]+\/[^/]+)\/pull\/(\d+)$/.exec(changeUrl) ?? [];
  if (origin !== undefined && repository !== undefined && pull !== undefined) {
    const api = origin === 'https://github.com' ? 'https://api.github.com' : `${origin}/api/v3`;
    return github(
      { ...env, GITHUB_SERVER_URL: origin, GITHUB_API_URL: env.GITHUB_API_URL || api },
      { repository, pull },
    );
  }
  const [, server, project, iid] =
    /^(https?:\/\/[^/]+)\/(.+?)\/-\/merge_requests\/(\d+)$/.exec(changeUrl) ?? [];
  if (server === undefined || project === undefined || iid === undefined) return null;
  return gitlab({
    ...env,
    CI_API_V4_URL: env.CI_API_V4_URL || `${server}/api/v4`,
    CI_PROJECT_ID: project,
    CI_MERGE_REQUEST_IID: iid,
  });
}
