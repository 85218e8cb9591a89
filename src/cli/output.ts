/** Where results go: checked before anything is sent, since a result that can't be written has been paid for. */
import { constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { access, readFile, readlink, stat } from '../file-system.ts';
import { notWritable } from '../files/not-writable.ts';
import { filesAt } from '../files/read.ts';
import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { raisesAlarm } from '../plan/summary.ts';
import { Failure, failure, type Problem, throwOnAny } from '../problem.ts';
import type { Passed } from '../render/doors.ts';
import { formats } from '../render/formats.ts';
import { plain } from '../render/style.ts';
import { reasonOf, systemCode } from '../system-error.ts';
import { lineLinks } from './line-links.ts';
import type { Given, MaybeGiven } from './options.ts';
import type { Terminal } from './terminal.ts';

type Places = Given<'out' | 'page' | 'summary' | 'file' | 'api-key-file'> &
  MaybeGiven<'known'> & { readonly positionals: readonly string[] };

/** Throws FILE_NOT_WRITABLE or USAGE where --out, --page or --summary could not be obeyed. */
export async function checkPlaces(args: Places, env: Terminal['env']): Promise<void> {
  const { out, page, summary } = args;
  for (const [option, path] of Object.entries({ out, page })) {
    if (path === undefined) continue;
    await checkWritable(path);
    await refuseInput(option, path, args);
  }
  if (out !== undefined && page !== undefined && resolve(out) === resolve(page))
    throw failure('USAGE', `--out and --page both name ${out}.`, { hint: 'Name a file for each.' });
  if (summary) await checkWritable(summaryFile(env));
}

/** The file of GitHub's job summary. */
export function summaryFile(env: Terminal['env']): string {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '')
    throw failure('USAGE', '--summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets.');
  return file;
}

/** A file that the command reads is no place for what it writes, by whatever name. */
async function refuseInput(option: string, out: string, args: Places): Promise<void> {
  const found = await stat(out).catch(() => null);
  if (found === null || !found.isFile()) return;
  const inputs = [...(await filesAt(args.file)), ...args.positionals, args.known, args['api-key-file']];
  for (const path of inputs.filter((each) => each !== undefined)) {
    const input = await stat(path).catch(() => null);
    if (input?.ino !== found.ino || input.dev !== found.dev) continue;
    throw failure(
      'USAGE',
      `--${option} names ${out}, which this command reads${path === out ? '' : ` as ${path}`}.`,
      {
        hint: 'Name another file for the result.',
      },
    );
  }
}

async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw notWritable(path, 'EISDIR', 'it is a folder');
  const folder = dirname(path);
  if (found === null) {
    const link = await readlink(path).catch(() => null);
    if (link !== null) throw notWritable(path, 'ELOOP', `it is a link to ${link}, which leads nowhere`);
    const above = await stat(folder).catch(() => null);
    if (above === null) throw notWritable(path, 'ENOENT', `there is no folder ${folder}`);
    if (!above.isDirectory()) throw notWritable(path, 'ENOTDIR', `${folder} is not a folder`);
  }
  await access(found === null ? folder : path, constants.W_OK).catch((error: unknown) => {
    throw notWritable(path, systemCode(error), reasonOf(error), error);
  });
}

/** Where a plan or an outcome goes: stdout, --out, --page, and the job summary of GitHub Actions. */

type ShowArgs = Given<'format' | 'verbose' | 'summary'> & MaybeGiven<'out' | 'page'>;

/** Prints first, then writes the files; one that can't be written keeps no other from being written. */
export async function showPlan(plan: Plan, args: ShowArgs, terminal: Terminal): Promise<void> {
  const verbose = { verbose: args.verbose };
  const isPage = args.format === 'html' || args.page !== undefined;
  const options = isPage ? { ...verbose, link: await lineLinks(plan) } : verbose;
  const { doors, outStyle, env } = terminal;
  await tryAll([
    () => terminal.out(formats[args.format].plan(doors, plan, outStyle, options)),
    () => save(args.out, () => formats.json.plan(doors, plan, plain, options)),
    () => save(args.page, () => formats.html.plan(doors, plan, plain, options)),
    () => summarise(args, env, () => formats.markdown.plan(doors, plan, plain, options)),
    async () => {
      if (args.summary) await setStepOutputs(plan, env);
    },
  ]);
}

/** The same for an outcome. `next` is what follows once the outcome can't be lost any more: pins, and the record. */
export async function showOutcome(
  outcome: Outcome,
  args: ShowArgs,
  terminal: Terminal,
  next: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const { doors, outStyle, env } = terminal;
  await tryAll([
    () => terminal.out(formats[args.format].outcome(doors, outcome, outStyle)),
    ...next,
    () => save(args.out, () => formats.json.outcome(doors, outcome, plain)),
    () => save(args.page, () => formats.html.outcome(doors, outcome, plain)),
    () => summarise(args, env, () => formats.markdown.outcome(doors, outcome, plain)),
  ]);
}

/** Takes every step, whatever became of those before; what failed is thrown together at the end. */
export async function tryAll(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const problems: Problem[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(...error.problems);
    }
  }
  throwOnAny(problems);
}

/** Writes a file complete or not at all; for a pipe or a device that can't be promised. */
async function save(path: string | undefined, text: () => Passed): Promise<void> {
  if (path === undefined) return;
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile()) return write(path, text(), 'writeFile');
  const before = found === null ? null : await readFile(path, 'utf8');
  const { writeFiles } = await import('../files/write.ts');
  await writeFiles([{ path, before, after: text() }], () => undefined);
}

/** What later steps of a workflow on GitHub Actions can ask for: fixed words, none of which comes from a file or Introw. */
async function setStepOutputs(plan: Plan, env: Terminal['env']): Promise<void> {
  const file = env.GITHUB_OUTPUT;
  if (file === undefined || file === '') return;
  const outputs = {
    changes: plan.summary.create + plan.summary.update > 0,
    blocked: plan.blocked.length > 0,
    drift: plan.kind === 'drift' && raisesAlarm(plan),
  };
  const lines = Object.entries(outputs).map(([name, is]) => `${name}=${is}\n`);
  await write(file, lines.join(''), 'appendFile');
}

async function summarise(args: ShowArgs, env: Terminal['env'], markdown: () => Passed): Promise<void> {
  if (!args.summary) return;
  await write(summaryFile(env), markdown(), 'appendFile');
}

async function write(path: string, text: string, how: 'writeFile' | 'appendFile'): Promise<void> {
  const files = await import('node:fs/promises');
  try {
    await files[how](path, text);
  } catch (error) {
    throw notWritable(path, systemCode(error), reasonOf(error), error);
  }
}
