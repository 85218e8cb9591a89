/** Runs a workflow of GitHub Actions as far as the examples use it; whatever it doesn't know is an error. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { git } from '../cli/repository.ts';
import { holds, required, substituted, type Values } from './expressions.ts';
import { githubOf, runToken } from './github.ts';
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
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
};

export type Workflow = {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
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
  /** The files that the workflow was changed to, at its top: one a line. */
  readonly files?: string;
  /** Somebody presses Cancel as soon as the log of this step holds the text. */
  readonly cancel?: { readonly step: string; readonly when: () => boolean };
  /** "Re-run failed jobs" of an earlier run: what succeeded then isn't run again, and its artifacts are still there. */
  readonly rerun?: Attempt;
  /** Where a channel of Slack listens. */
  readonly webhook?: string;
  /** What the plan job's log has masked, whatever it was. */
  readonly masks?: readonly string[];
};

export type JobResult = {
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
};

export type Attempt = {
  readonly results: Readonly<Record<string, JobResult>>;
  readonly artifacts: string;
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

/** What GitHub runs a step with that names no shell. */
const shell = ['bash', '-e'];

/** Runs all jobs in the order of the file, which must be one in which each comes after those that it needs. */
export async function runWorkflow(
  place: Place,
  file: WorkflowFile,
  event: Event,
): Promise<Readonly<Record<string, JobResult>>> {
  return (await attempt(place, file, event)).results;
}

/** The same, with all that a later attempt of the same run needs. */
export async function attempt(place: Place, file: WorkflowFile, event: Event): Promise<Attempt> {
  const { workflow } = readWorkflow(file);
  checkInputs(workflow, event);
  const results: Record<string, JobResult> = {};
  const artifacts = event.rerun?.artifacts ?? place.newFolder();
  for (const [name, job] of Object.entries(workflow.jobs)) {
    results[name] = await runJob(place, workflow, name, job, event, results, artifacts);
  }
  return { results, artifacts };
}

async function runJob(
  place: Place,
  workflow: Workflow,
  name: string,
  job: Job,
  event: Event,
  earlier: Readonly<Record<string, JobResult>>,
  artifacts: string,
): Promise<JobResult> {
  const needs = [job.needs ?? []].flat().map((name) => [name, required(earlier[name], name)] as const);
  // "Re-run failed jobs" also runs again what needs one of them.
  const before = event.rerun?.results;
  const isAfterAgain = needs.some(([name, result]) => result !== before?.[name]);
  if (before?.[name]?.result === 'success' && !isAfterAgain) return before[name];
  const cwd = place.newFolder();
  const temp = place.newFolder();
  const values: Record<string, string | boolean | undefined> = {
    'runner.temp': temp,
    ...contextOf(event),
    ...inputsOf(workflow, event),
    ...needsOf(needs),
  };
  const failed = needs.some(([, { result }]) => result === 'failure');
  const cancelled = Object.values(earlier).some(({ result }) => result === 'cancelled');
  const held = needs.some(([, { result }]) => result !== 'success');
  if (!holds(job.if, values, { failed, cancelled, otherwise: !held }))
    return { result: 'skipped', outputs: {}, log: '', summary: '' };

  const files = place.newFolder();
  const added: string[] = [];
  let log = '';
  let broken = false;
  let stopped = false;
  for (const step of job.steps) {
    if (!holds(step.if, values, { failed: broken, cancelled: stopped, otherwise: !broken })) continue;
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
      GITHUB_REF:
        event.kind === 'pull_request' ? 'refs/pull/7/merge' : `refs/heads/${event.branch ?? 'main'}`,
      GITHUB_REF_NAME: event.kind === 'pull_request' ? '7/merge' : (event.branch ?? 'main'),
      GITHUB_API_URL: githubOf(place).url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '42',
      RUNNER_TEMP: temp,
      GITHUB_BASE_REF: event.kind === 'pull_request' ? 'main' : '',
    };
    const path = [...added, env.PATH ?? ''].join(delimiter);
    const cancel = event.cancel !== undefined && event.cancel.step === step.name ? event.cancel.when : null;
    const run = await runScript(step.run, shell, cwd, { ...env, PATH: path }, cancel);
    log += run.log;
    if (run.exit !== 0) broken = true;
    if (cancel !== null) stopped = true;
    added.unshift(...linesOf(join(files, 'path')));
    for (const line of linesOf(join(files, 'output'))) {
      const [name = '', ...rest] = line.split('=');
      if (step.id !== undefined) values[`steps.${step.id}.outputs.${name}`] = rest.join('=');
    }
    for (const name of ['path', 'output']) writeFileSync(join(files, name), '');
  }
  // A step that failed may have set no output; then nobody may look at it either.
  const given = Object.entries(broken ? {} : (job.outputs ?? {})).map(
    ([output, text]) => [output, substituted(text, values)] as const,
  );
  // GitHub drops an output that may hold a secret: one that contains something that a log has masked.
  const masked = [...masksIn(log), ...(event.masks ?? [])];
  const outputs = given.map(([output, value]) => [
    output,
    masked.some((mask) => value.includes(mask)) ? '' : value,
  ]);
  const summary = join(files, 'summary');
  const ended = broken ? 'failure' : 'success';
  return {
    result: stopped ? 'cancelled' : ended,
    outputs: Object.fromEntries(outputs),
    log,
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  };
}

/** Everything that the workflows may ask for; what isn't here can't be asked for. */
function contextOf(event: Event): Values {
  return {
    'github.token': runToken,
    'github.repository': 'example/partners',
    'github.server_url': 'https://github.com',
    'github.run_id': '42',
    'github.ref': `refs/heads/${event.branch ?? 'main'}`,
    'github.event.pull_request.number': event.kind === 'pull_request' ? '7' : '',
    'github.event.pull_request.head.repo.full_name': event.headRepository ?? 'example/partners',
    'secrets.SLACK_WEBHOOK': event.webhook ?? '',
    'secrets.INTROW_READ_KEY': keys.read,
    'secrets.INTROW_WRITE_KEY': keys.write,
  };
}

/** The inputs that a workflow has; all of them are empty when nobody started it by hand. */
function inputsOf({ on }: Workflow, { inputs }: Event): Values {
  const typed = (name: string, text: string) => (inputTypes(on)[name] === 'boolean' ? text === 'true' : text);
  return Object.fromEntries(
    Object.keys(inputTypes(on)).map((name) => [`inputs.${name}`, typed(name, inputs?.[name] ?? '')]),
  );
}

function checkInputs({ on }: Workflow, { inputs = {} }: Event): void {
  for (const name of Object.keys(inputs)) required(inputTypes(on)[name], name);
}

function inputTypes(on: Workflow['on']): Record<string, string> {
  const dispatch = typeof on === 'string' ? null : on.workflow_dispatch;
  const inputs = (dispatch as { inputs?: Record<string, { type: string }> } | null | undefined)?.inputs ?? {};
  return Object.fromEntries(Object.entries(inputs).map(([name, { type }]) => [name, type]));
}

/** What a log tells the runner to hide: workflow commands are whole lines, and %0A is a line break in them. */
function masksIn(log: string): string[] {
  const commands = log.matchAll(/^::add-mask::(.*)$/gm);
  return [...commands].flatMap(([, value = '']) => decodeURIComponent(value).trim().split(/\r?\n/));
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
  // A name that an earlier attempt of the run has used is refused, unless it may be overwritten.
  'actions/upload-artifact': (step, { cwd, artifacts, values }) => {
    const path = resolve(cwd, substituted(String(step.with?.path), values));
    const folder = join(artifacts, String(step.with?.name));
    const found = readdirSync(dirname(path)).filter((name) => matchesGlob(name, basename(path)));
    if (found.length === 0) return;
    if (existsSync(folder)) required(step.with?.overwrite, 'a second artifact of the same name');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const name of found) cpSync(join(dirname(path), name), join(folder, name));
  },
  'actions/download-artifact': (step, { cwd, artifacts, values }) => {
    const to = resolve(cwd, substituted(String(step.with?.path ?? '.'), values));
    const { name, pattern, 'merge-multiple': merge } = step.with ?? {};
    if (name !== undefined) return cpSync(join(artifacts, String(name)), to, { recursive: true });
    required(merge, 'artifacts in folders of their own');
    for (const each of readdirSync(artifacts).filter((name) => matchesGlob(name, String(pattern))))
      cpSync(join(artifacts, each), to, { recursive: true });
  },
};

/** Of patterns, only a star at the end is known. */
function matchesGlob(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function use(step: Step, context: Use): void {
  const [name = ''] = (step.uses ?? '').split('@');
  required(actions[name], name)(step, context);
}

/** As actions/checkout does it: one commit deep and detached, unless asked otherwise; the token stays only if it may. */
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
