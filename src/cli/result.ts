/** Where a plan or an outcome goes: stdout, --out, and the job summary of GitHub Actions. */
import { appendFile, writeFile } from 'node:fs/promises';
import type { Outcome } from '../plan/outcome.ts';
import type { Plan } from '../plan/plan.ts';
import { fail } from '../problem.ts';
import { formats } from '../render/formats.ts';
import type { Args } from './options.ts';
import { summaryFile } from './places.ts';
import type { Terminal } from './terminal.ts';

type ShowArgs = Pick<Args, 'format' | 'verbose' | 'summary' | 'out'>;

export async function showPlan(plan: Plan, args: ShowArgs, terminal: Terminal): Promise<void> {
  const options = { verbose: args.verbose };
  if (args.out !== undefined)
    await write(args.out, formats.json.plan(plan, terminal.outStyle, options), writeFile);
  await terminal.out(formats[args.format].plan(plan, terminal.outStyle, options));
  await summarise(args, terminal, () => formats.markdown.plan(plan, terminal.outStyle, options));
}

export async function showOutcome(outcome: Outcome, args: ShowArgs, terminal: Terminal): Promise<void> {
  if (args.out !== undefined)
    await write(args.out, formats.json.outcome(outcome, terminal.outStyle), writeFile);
  await terminal.out(formats[args.format].outcome(outcome, terminal.outStyle));
  await summarise(args, terminal, () => formats.markdown.outcome(outcome, terminal.outStyle));
}

async function summarise(args: ShowArgs, terminal: Terminal, markdown: () => string): Promise<void> {
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
    throw fail('FILE_NOT_WRITABLE', `${path} could not be written (${why}).`, { cause: error });
  }
}
