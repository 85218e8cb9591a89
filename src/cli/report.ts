import { relative } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { type Failure, type Problem, type ProblemCode, problem } from '../problem.ts';
import { annotations } from '../render/annotations.ts';
import { formats } from '../render/formats.ts';
import type { Args } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Shows what failed, in the format that was asked for; returns the exit code. `trace` is shown for our own mistakes only. */
export async function reportFailure(
  failure: Failure,
  format: Args['format'],
  terminal: Terminal,
  trace: unknown,
): Promise<number> {
  terminal.endProgress();
  // A report for GitLab says nothing to who reads the log.
  if (format === 'text' || format === 'gitlab')
    terminal.note(formats.text.problems(failure.problems, failure.sources, terminal.noteStyle));
  if (format !== 'text') {
    await terminal.out(formats[format].problems(failure.problems, failure.sources, terminal.outStyle));
  }
  annotate(failure.problems, terminal);
  if (trace !== null) terminal.note(String(trace instanceof Error ? trace.stack : trace));
  return exitCodeOf(failure.problems[0].code);
}

/** Says on stderr, and in annotations, why apply would refuse the plan; false where it wouldn't. */
export function reportBlocked({ blocked }: Plan, terminal: Terminal): boolean {
  if (blocked.length === 0) return false;
  const problems = blocked.map((each) => problem(each.code, `Apply would refuse: ${each.message}`, each));
  terminal.note(formats.text.problems(problems, new Map(), terminal.noteStyle));
  annotate(problems, terminal);
  return true;
}

/** 130 is what a shell says of a program that Ctrl-C ended. */
export function exitCodeOf(code: ProblemCode): number {
  return code === 'INTERRUPTED' ? 130 : 1;
}

function annotate(problems: readonly Problem[], { env, note }: Terminal): void {
  if (env.GITHUB_ACTIONS === 'true') note(annotations(problems, workspacePath(env)));
}

/** GitHub wants paths from the root of the checkout, wherever the command runs. */
function workspacePath(env: Terminal['env']): (file: string) => string {
  const root = env.GITHUB_WORKSPACE;
  return root === undefined ? (file) => file : (file) => relative(root, file);
}
