import { failure } from '../../problem.ts';
import type { Run } from '../command.ts';
import { completionScripts, shellIn, shells } from '../completion-scripts.ts';

/** Prints the script by which a shell completes introwctl's commands, options and handles. */
export const run: Run<'completion'> = async ({ positionals: [named] }, terminal) => {
  const shell = named === undefined ? shellIn(terminal.env) : shells.find((each) => each === named);
  if (shell === undefined)
    throw failure('USAGE', `There is no completion for ${JSON.stringify(named)}.`, {
      hint: `Name one of ${shells.join(', ')}.`,
    });
  await terminal.out(terminal.doors.file('The script', completionScripts[shell]));
  return 0;
};
