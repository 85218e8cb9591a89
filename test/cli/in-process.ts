/** Runs a command's code in this process, for tests that need hundreds of runs. */
import { commands } from '../../src/cli/commands/table.ts';
import { type MaybeGiven, type OptionName, options } from '../../src/cli/options.ts';
import { reportFailure } from '../../src/cli/report.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { Failure } from '../../src/problem.ts';
import { openDoors } from '../../src/render/doors.ts';
import { plain } from '../../src/render/style.ts';
import type { Run } from './command.ts';

/** The options of a test, of whatever command. */
export type GivenArgs = MaybeGiven<OptionName> & { readonly positionals?: readonly string[] };

export async function runCommand(name: string, given: GivenArgs, env: Record<string, string>): Promise<Run> {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const defaultOf = (option: object) => ('default' in option ? option.default : undefined);
  const defaults = Object.fromEntries(command.options.map((key) => [key, defaultOf(options[key])]));
  const args = {
    ...defaults,
    positionals: [],
    defaulted: new Set(Object.keys(options).filter((option) => !(option in given))),
    ...given,
  };
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
    return { exit: await run(args as never, terminal), out, err };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { exit: await reportFailure(error, given.format ?? 'text', terminal, null), out, err };
  }
}
