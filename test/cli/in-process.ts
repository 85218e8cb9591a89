/** Runs a command's code in this process, for tests that need hundreds of runs. */
import { commands } from '../../src/cli/commands/table.ts';
import { type Args, options } from '../../src/cli/options.ts';
import { reportFailure } from '../../src/cli/report.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { Failure } from '../../src/problem.ts';
import { openDoors } from '../../src/render/doors.ts';
import { plain } from '../../src/render/style.ts';
import type { Run } from './command.ts';

export async function runCommand(
  name: string,
  given: Partial<Args>,
  env: Record<string, string>,
): Promise<Run> {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const defaults = Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, 'default' in option ? option.default : undefined]),
  );
  const args = {
    ...defaults,
    positionals: [],
    defaulted: new Set(Object.keys(options).filter((option) => !(option in given))),
    ...given,
  } as Args;
  let out = '';
  let err = '';
  const never = new AbortController().signal;
  const doors = openDoors();
  doors.hide(env.INTROW_API_KEY ?? '');
  const line = (text: string) => {
    err += `${doors.line(text)}\n`;
  };
  const terminal: Terminal = {
    env,
    doors,
    out: async (text) => {
      out += text;
    },
    hasResult: () => out !== '',
    err: (text) => {
      err += text.endsWith('\n') ? text : `${text}\n`;
    },
    note: line,
    outStyle: plain,
    noteStyle: plain,
    canAsk: false,
    live: false,
    ask: async () => '',
    progress: line,
    endProgress: () => undefined,
    stop: never,
    abort: never,
  };
  try {
    const { run } = await command.load();
    return { exit: await run(args, terminal), out, err };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { exit: await reportFailure(error, args.format, terminal, null), out, err };
  }
}
