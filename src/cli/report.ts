import { relative } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { type Failure, type Problem, problem } from '../problem.ts';
import { codes } from '../problem-codes.ts';
import { annotations } from '../render/annotations.ts';
import { formats } from '../render/formats.ts';
import type { Given } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Shows what failed, in the format that was asked for; returns the exit code. `trace` is shown for bugs only. */
export async function reportFailure(
  failure: Failure,
  format: Given<'format'>['format'],
  terminal: Terminal,
  trace: unknown,
): Promise<number> {
  terminal.endProgress();
  // One document a run: a failure after the result was written isn't part of it.
  const isOver = format === 'text' || format === 'csv' || terminal.hasResult();
  // A report for GitLab is of no use to people who read the log.
  if (isOver || format === 'gitlab') noteProblems(failure, terminal);
  if (!isOver)
    await terminal
      .out(formats[format].problems(terminal.doors, failure, terminal.outStyle))
      .catch(() => noteProblems(failure, terminal));
  annotate(failure.problems, terminal);
  if (trace !== null) for (const line of traceOf(trace).split('\n')) terminal.note(line);
  return codes[failure.problems[0].code].exitCode;
}

/** Says on stderr, and in annotations, why apply would refuse the plan; false where it wouldn't. */
export function reportBlocked({ blocked }: Plan, terminal: Terminal): boolean {
  const problems = blocked.map((each) => problem(each.code, `Apply would refuse: ${each.message}`, each));
  const [first, ...rest] = problems;
  if (first === undefined) return false;
  noteProblems({ problems: [first, ...rest], sources: new Map() }, terminal);
  annotate(problems, terminal);
  return true;
}

/** Shows what failed as text on stderr. */
export function noteProblems(failed: Pick<Failure, 'problems' | 'sources'>, terminal: Terminal): void {
  const { doors, noteStyle } = terminal;
  terminal.err(formats.text.problems(doors, failed, noteStyle));
}

function annotate(problems: readonly Problem[], { env, err, doors }: Terminal): void {
  if (env.GITHUB_ACTIONS !== 'true') return;
  err(doors.commands(problems, (clean) => annotations(clean, workspacePath(env))));
}

function traceOf(trace: unknown): string {
  return trace instanceof Error ? (trace.stack ?? trace.message) : String(trace);
}

/** GitHub wants paths from the root of the checkout, wherever the command runs. */
function workspacePath(env: Terminal['env']): (file: string) => string {
  const root = env.GITHUB_WORKSPACE;
  return root === undefined ? (file) => file : (file) => relative(root, file);
}
