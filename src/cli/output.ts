/** Where results are to go: looked at before anything is sent, since a result that can't be put down is paid for all the same. */
import { access, appendFile, constants, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { rings } from '../plan/summary.ts';
import { failure } from '../problem.ts';
import type { Passed } from '../render/doors.ts';
import { formats } from '../render/formats.ts';
import { plain } from '../render/style.ts';
import type { Args } from './options.ts';
import type { Terminal } from './terminal.ts';

type Places = Pick<Args, 'out' | 'summary'>;

/** Throws FILE_NOT_WRITABLE or USAGE where --out or --summary could not be obeyed. */
export async function checkPlaces({ out, summary }: Places, env: Terminal['env']): Promise<void> {
  if (out !== undefined) await checkWritable(out);
  if (summary) await checkWritable(summaryFile(env));
}

/** The file of GitHub's job summary. */
export function summaryFile(env: Terminal['env']): string {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '')
    throw failure('USAGE', '--summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets.');
  return file;
}

async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw unwritable(path, 'it is a folder');
  const folder = dirname(path);
  if (found === null) {
    const above = await stat(folder).catch(() => null);
    if (above === null) throw unwritable(path, `there is no folder ${folder}`);
    if (!above.isDirectory()) throw unwritable(path, `${folder} is not a folder`);
  }
  await access(found === null ? folder : path, constants.W_OK).catch((error: unknown) => {
    throw unwritable(path, 'permission denied', error);
  });
}

function unwritable(path: string, why: string, cause?: unknown) {
  return failure('FILE_NOT_WRITABLE', `${path} could not be written: ${why}.`, { cause });
}

/** Where a plan or an outcome goes: stdout, --out, and the job summary of GitHub Actions. */

type ShowArgs = Pick<Args, 'format' | 'verbose' | 'summary' | 'out'>;

export async function showPlan(plan: Plan, args: ShowArgs, terminal: Terminal): Promise<void> {
  const options = { verbose: args.verbose };
  const { doors, outStyle } = terminal;
  if (args.out !== undefined)
    await write(args.out, formats.json.plan(doors, plan, plain, options), writeFile);
  await terminal.out(formats[args.format].plan(doors, plan, outStyle, options));
  await summarise(args, terminal, () => formats.markdown.plan(doors, plan, plain, options));
  if (args.summary) await setStepOutputs(plan, terminal.env);
}

export async function showOutcome(outcome: Outcome, args: ShowArgs, terminal: Terminal): Promise<void> {
  const { doors, outStyle } = terminal;
  if (args.out !== undefined) await write(args.out, formats.json.outcome(doors, outcome, plain), writeFile);
  await terminal.out(formats[args.format].outcome(doors, outcome, outStyle));
  await summarise(args, terminal, () => formats.markdown.outcome(doors, outcome, plain));
}

/** What later steps of a workflow on GitHub Actions can ask for: fixed words, none of which comes from a file or Introw. */
async function setStepOutputs(plan: Plan, env: Terminal['env']): Promise<void> {
  const file = env.GITHUB_OUTPUT;
  if (file === undefined || file === '') return;
  const outputs = {
    changes: plan.summary.create + plan.summary.update > 0,
    blocked: plan.blocked.length > 0,
    drift: plan.kind === 'drift' && rings(plan),
  };
  const lines = Object.entries(outputs).map(([name, is]) => `${name}=${is}\n`);
  await write(file, lines.join(''), appendFile);
}

async function summarise(args: ShowArgs, terminal: Terminal, markdown: () => Passed): Promise<void> {
  if (!args.summary) return;
  await write(summaryFile(terminal.env), markdown(), appendFile);
}

async function write(
  path: string,
  text: string,
  how: (path: string, text: string) => Promise<void>,
): Promise<void> {
  try {
    await how(path, text);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw failure('FILE_NOT_WRITABLE', `${path} could not be written (${why}).`, { cause: error });
  }
}
