/** What a command is, to the command line and to the file that holds its code. */
import type { Rows } from './commands/table.ts';
import { type Given, type OptionName, options } from './options.ts';
import type { Terminal } from './terminal.ts';

/** A row of the table of commands, as the command line sees it: it knows the arguments only by their names. */
export type Command = {
  readonly name: string;
  /** The arguments that aren't options, in yargs' notation. */
  readonly positionals?: string;
  readonly describe: string;
  readonly options: readonly OptionName[];
  /** What --format takes, its default first; without it, the formats of documents. */
  readonly formats?: readonly Given<'format'>['format'][];
  /** The fields that --field takes, where they aren't those that Introw returns. */
  readonly fields?: readonly string[];
  readonly example: readonly [command: string, explanation: string];
  /** The end of its help. */
  readonly epilogue?: () => string;
  readonly load: () => Promise<{ readonly run: (args: never, terminal: Terminal) => Promise<number> }>;
};

export type CommandName = Rows[number]['name'];

type Row<Name extends CommandName> = Extract<Rows[number], { readonly name: Name }>;

/** The options that the row of a command lists, and no others. */
export type Args<Name extends CommandName> = Given<Row<Name>['options'][number]> & {
  /** The arguments that aren't options; none where its row names none. */
  readonly positionals: readonly string[];
  /** The options that nobody gave, so that they have their default. */
  readonly defaulted: ReadonlySet<string>;
};

/** Does a command's work and returns how it ended: 0, or 2 for differences. Failures are thrown. */
export type Run<Name extends CommandName> = (args: Args<Name>, terminal: Terminal) => Promise<number>;

/** What --format takes for a command, its default first. */
export function formatsOf({ formats }: Pick<Command, 'formats'>): NonNullable<Command['formats']> {
  return formats ?? options.format.choices.filter((choice) => choice !== 'csv');
}
