/** What a command is, to the command line and to the file that holds its code. */
import type { Args, OptionName } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Does a command's work and says how it ended: 0, or 2 for differences. Failures are thrown. */
export type Run = (args: Args, terminal: Terminal) => Promise<number>;

export type Command = {
  readonly name: string;
  /** What may stand beside the options, in yargs' notation. */
  readonly positionals?: string;
  readonly describe: string;
  readonly options: readonly OptionName[];
  readonly example: readonly [command: string, explanation: string];
  /** What stands at the end of its help. */
  readonly epilogue?: () => string;
  readonly load: () => Promise<{ readonly run: Run }>;
};
