/** Runs a workflow of GitHub Actions as far as the examples use it; whatever it doesn't know is an error. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { git } from '../cli/repository.ts';
import { holds, required, substituted, type Values } from './expressions.ts';
import { keys, type Place, runnerEnvironment, runScript } from './place.ts';

export type Step = {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
};

export type Job = {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly Step[];
};

export type Workflow = {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
};

/** What happened on GitHub: a pull request, or something on main. */
export type Event = {
  readonly kind: 'pull_request' | 'main';
  /** The commit that the run is for: the merge of the pull request, or one on main. */
  readonly sha: string;
  /** The branch that somebody started it on by hand; main when left out. */
  readonly branch?: string;
  /** What somebody who started it by hand filled in. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Where the pull request comes from. */
  readonly headRepository?: string;
  /** The files that the workflow was changed to, at its top. */
  readonly files?: string;
};

export type JobResult = {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
};

export const workflowFiles = [
  'introw-preview.yml',
  'introw-apply.yml',
  'introw-drift.yml',
  'introw-accept.yml',
] as const;

export type WorkflowFile = (typeof workflowFiles)[number];

export function readWorkflow(file: WorkflowFile): { readonly text: string; readonly workflow: Workflow } {
  const text = readFileSync(new URL(`../../examples/github/${file}`, import.meta.url), 'utf8');
  return { text, workflow: parse(text) };
}

const shells: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
};

/** Runs all jobs in the order of the file, which must be one in which each comes after those that it needs. */
export async function runWorkflow(
  place: Place,
  file: WorkflowFile,
  event: Event,
): Promise<Readonly<Record<string, JobResult>>> {
  const { workflow } = readWorkflow(file);
  checkInputs(workflow, event);
  const results: Record<string, JobResult> = {};
  const artifacts = place.newFolder();
  for (const [name, job] of Object.entries(workflow.jobs)) {
    results[name] = await runJob(place, workflow, job, event, results, artifacts);
  }
  return results;
}

async function runJob(
  place: Place,
  workflow: Workflow,
  job: Job,
  event: Event,
  earlier: Readonly<Record<string, JobResult>>,
  artifacts: string,
): Promise<JobResult> {
  const needs = [job.needs ?? []].flat().map((name) => [name, required(earlier[name], name)] as const);
  const values: Record<string, string | undefined> = {
    ...contextOf(event),
    ...inputsOf(workflow, event),
    ...needsOf(needs),
  };
  const failed = needs.some(([, { result }]) => result === 'failure');
  const held = failed || needs.some(([, { result }]) => result === 'skipped');
  if (!holds(job.if, values, { failed, otherwise: !held }))
    return { result: 'skipped', outputs: {}, log: '', summary: '' };

  const cwd = place.newFolder();
  const files = place.newFolder();
  const added: string[] = [];
  let log = '';
  let broken = false;
  for (const step of job.steps) {
    if (!holds(step.if, values, { failed: broken, otherwise: !broken })) continue;
    if (step.uses !== undefined) use(step, { place, cwd, artifacts, event, job, values });
    if (step.run === undefined) continue;
    const env: Record<string, string> = {
      ...runnerEnvironment(place),
      ...workflow.env,
      ...(event.files === undefined ? {} : { INTROW_FILES: event.files }),
      ...Object.fromEntries(
        Object.entries(step.env ?? {}).map(([key, text]) => [key, substituted(text, values)]),
      ),
      ...fileVariables(files),
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: cwd,
      GITHUB_REPOSITORY: 'example/partners',
      GITHUB_REPOSITORY_OWNER: 'example',
      GITHUB_SHA: event.sha,
      GITHUB_BASE_REF: event.kind === 'pull_request' ? 'main' : '',
      FAKE_GITHUB: join(place.root, 'github.json'),
    };
    const path = [...added, env.PATH ?? ''].join(delimiter);
    const shell = required(shells[workflow.defaults.run.shell], workflow.defaults.run.shell);
    const run = await runScript(step.run, shell, cwd, { ...env, PATH: path });
    log += run.log;
    if (run.exit !== 0) broken = true;
    added.unshift(...linesOf(join(files, 'path')));
    for (const line of linesOf(join(files, 'output'))) {
      const [name = '', ...rest] = line.split('=');
      if (step.id !== undefined) values[`steps.${step.id}.outputs.${name}`] = rest.join('=');
    }
    for (const name of ['path', 'output']) writeFileSync(join(files, name), '');
  }
  // A step that failed may have set no output; then nobody may look at it either.
  const outputs = Object.entries(broken ? {} : (job.outputs ?? {})).map(([name, text]) => [
    name,
    substituted(text, values),
  ]);
  const summary = join(files, 'summary');
  return {
    result: broken ? 'failure' : 'success',
    outputs: Object.fromEntries(outputs),
    log,
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  };
}

/** Everything that the workflows may ask for; what isn't here can't be asked for. */
function contextOf(event: Event): Values {
  return {
    'github.token': 'token-of-the-run',
    'github.repository': 'example/partners',
    'github.server_url': 'https://github.com',
    'github.run_id': '42',
    'github.ref': `refs/heads/${event.branch ?? 'main'}`,
    'github.event.pull_request.number': event.kind === 'pull_request' ? '7' : '',
    'github.event.pull_request.head.repo.full_name': event.headRepository ?? 'example/partners',
    'secrets.INTROW_READ_KEY': keys.read,
    'secrets.INTROW_WRITE_KEY': keys.write,
  };
}

/** The inputs that a workflow has; all of them are empty when nobody started it by hand. */
function inputsOf({ on }: Workflow, { inputs }: Event): Values {
  return Object.fromEntries(inputNames(on).map((name) => [`inputs.${name}`, inputs?.[name] ?? '']));
}

function checkInputs({ on }: Workflow, { inputs = {} }: Event): void {
  const names = inputNames(on);
  for (const name of Object.keys(inputs)) required(names.includes(name) || undefined, name);
}

function inputNames(on: Workflow['on']): string[] {
  const dispatch = typeof on === 'string' ? null : on.workflow_dispatch;
  return Object.keys((dispatch as { inputs?: object } | null | undefined)?.inputs ?? {});
}

function needsOf(needs: readonly (readonly [string, JobResult])[]): Values {
  return Object.fromEntries(
    needs.flatMap(([job, { result, outputs }]) => [
      [`needs.${job}.result`, result],
      ...Object.entries(outputs).map(([name, value]) => [`needs.${job}.outputs.${name}`, value]),
    ]),
  );
}

type Use = {
  readonly place: Place;
  readonly cwd: string;
  readonly artifacts: string;
  readonly event: Event;
  readonly job: Job;
  readonly values: Values;
};

const actions: Readonly<Record<string, (step: Step, use: Use) => void>> = {
  'actions/checkout': checkout,
  'actions/setup-node': () => undefined,
  'actions/upload-artifact': (step, { cwd, artifacts }) => {
    const path = String(step.with?.path);
    cpSync(join(cwd, path), join(artifacts, String(step.with?.name), path));
  },
  'actions/download-artifact': (step, { cwd, artifacts }) => {
    cpSync(join(artifacts, String(step.with?.name)), cwd, { recursive: true });
  },
};

function use(step: Step, context: Use): void {
  const [name = ''] = (step.uses ?? '').split('@');
  required(actions[name], name)(step, context);
}

/** As actions/checkout does it: one commit deep and detached, unless told otherwise; the token stays only if it may. */
function checkout(step: Step, { place, cwd, event, job }: Use): void {
  const depth = Number(step.with?.['fetch-depth'] ?? 1);
  git(cwd, 'init', '--quiet', '-b', 'main');
  git(cwd, 'remote', 'add', 'origin', `file://${place.origin}`);
  const mayPush = step.with?.['persist-credentials'] !== false && job.permissions?.contents === 'write';
  if (!mayPush) git(cwd, 'remote', 'set-url', '--push', 'origin', join(place.root, 'no-credentials'));
  if (depth === 0) {
    git(cwd, 'fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    git(cwd, 'checkout', '--quiet', '--detach', event.sha);
  } else {
    git(cwd, 'fetch', '--quiet', '--no-tags', `--depth=${depth}`, 'origin', event.sha);
    git(cwd, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  }
  const ref = step.with?.ref;
  if (ref !== undefined) git(cwd, 'checkout', '--quiet', '-B', String(ref), `origin/${ref}`);
}

function fileVariables(files: string): Record<string, string> {
  return {
    GITHUB_PATH: join(files, 'path'),
    GITHUB_OUTPUT: join(files, 'output'),
    GITHUB_STEP_SUMMARY: join(files, 'summary'),
  };
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
