import { relative } from 'node:path';
import type { Failure, ProblemCode } from '../problem.ts';
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
  if (format === 'text' || format === 'gitlab') {
    terminal.note(formats.text.problems(failure.problems, failure.sources, terminal.noteStyle));
  } else {
    await terminal.out(formats[format].problems(failure.problems, failure.sources, terminal.outStyle));
  }
  if (terminal.env.GITHUB_ACTIONS === 'true')
    terminal.note(annotations(failure.problems, workspacePath(terminal.env)));
  if (trace !== null) terminal.note(String(trace instanceof Error ? trace.stack : trace));
  return exitCodeOf(failure.problems[0].code);
}

/** 130 is what a shell says of a program that Ctrl-C ended. */
export function exitCodeOf(code: ProblemCode): number {
  return code === 'INTERRUPTED' ? 130 : 1;
}

/** GitHub wants paths from the root of the checkout, wherever the command runs. */
function workspacePath(env: Terminal['env']): (file: string) => string {
  const root = env.GITHUB_WORKSPACE;
  return root === undefined ? (file) => file : (file) => relative(root, file);
}
