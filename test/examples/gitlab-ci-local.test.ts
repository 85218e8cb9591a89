/**
 * The pipeline for GitLab, read and run by gitlab-ci-local, which holds it to GitLab's own schema. It wants Node 22 and
 * 190 MB, so that `npm run gitlab-ci-local` installs it apart, once; without it, or without rsync, this is skipped.
 */
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commit, git } from '../cli/repository.ts';
import { projectToken, startGitlab } from './gitlab.ts';
import { keys, openPlace, type Place, runnerEnvironment, type ScriptRun } from './place.ts';

const home = fileURLToPath(
  new URL('../../node_modules/.cache/gitlab-ci-local/node_modules', import.meta.url),
);
const node = join(home, 'node/bin/node');
const program = join(home, 'gitlab-ci-local/dist/index.js');
const isInstalled = existsSync(node) && existsSync(program) && spawnSync('rsync', ['--version']).status === 0;
const note = isInstalled ? '' : ' (skipped: it needs npm run gitlab-ci-local, and rsync)';

function local(
  here: Place,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<ScriptRun> {
  const given = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const all = [program, '--force-shell-executor', '--no-color', '--home', here.root, ...given, ...args];
  const { HOME: _, ...env } = runnerEnvironment(here);
  return new Promise((resolve) => {
    execFile(node, all, { cwd: here.work, env: { ...env, HOME: here.root } }, (error, out, err) => {
      const failed = typeof error?.code === 'number' ? error.code : 1;
      const exit = error === null ? 0 : failed;
      resolve({ exit, log: `${out}${err}` });
    });
  });
}

test.skipIf(!isInstalled)(`gitlab-ci-local runs the preview, the plan and the apply${note}`, async () => {
  const file = (tier: string) =>
    `version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, tierId: ${tier} }\n`;
  const seed = { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] };
  const here = await openPlace({ 'partners.yaml': file('t1') }, { seed });
  const gitlab = await startGitlab();
  copyFileSync(
    fileURLToPath(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url)),
    join(here.work, '.gitlab-ci.yml'),
  );
  commit(here.work, 'Add the pipeline', { '.gitignore': 'node_modules\n.gitlab-ci-local\n' });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  git(here.work, 'remote', 'set-head', 'origin', 'main');
  const base = git(here.work, 'rev-parse', 'HEAD').trim();
  commit(here.work, 'Promote Acme', { 'partners.yaml': file('t2') });

  const everywhere = {
    CI_REPOSITORY_URL: here.origin,
    // GitLab sets it in every job; gitlab-ci-local doesn't.
    CI_JOB_TOKEN: 'token-of-the-job',
    INTROW_READ_KEY: keys.read,
    INTROW_WRITE_KEY: keys.write,
  };
  const inMergeRequest = {
    ...everywhere,
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '5',
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    CI_API_V4_URL: gitlab.url,
    INTROW_GITLAB_TOKEN: projectToken,
  };
  const preview = await local(here, ['introw-validate', 'introw-preview'], inMergeRequest);
  expect(preview, preview.log).toMatchObject({ exit: 0 });
  expect(gitlab.notes[0]?.body).toContain('### This change updates 1 partner.');

  const apply = await local(here, ['--needs', 'introw-apply'], { ...everywhere, CI_PIPELINE_SOURCE: 'web' });
  expect(apply, apply.log).toMatchObject({ exit: 0 });
  expect(here.introw.partners()[0]?.tierId).toBe('t2');
  expect(git(here.origin, 'rev-parse', 'introw-applied')).toBe(git(here.work, 'rev-parse', 'HEAD'));
});
