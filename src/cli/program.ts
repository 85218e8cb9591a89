import yargs, { type Argv, type Options } from 'yargs';
import { isObject } from '../json.ts';
import { Failure, failure, problem } from '../problem.ts';
import { codes } from '../problem-codes.ts';
import { openDoors } from '../render/doors.ts';
import { completionRequest, strictWords } from './argv.ts';
import { type Command, formatsOf } from './command.ts';
import { commands } from './commands/table.ts';
import { filesOf, type Given, type MaybeGiven, type OptionName, options } from './options.ts';
import { terminalOf } from './standard-streams.ts';
import { listenForInterrupts, openTerminal } from './terminal.ts';
import { aboutUnknown, missingCommand } from './unknown-words.ts';
import { version } from './version.ts';

/** Runs the command that `argv` asks for; returns its exit code. Never throws. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const doors = openDoors();
  doors.hide(process.env.INTROW_API_KEY ?? '');
  const terminalFor = (color: boolean | undefined) => openTerminal(color, interrupts, doors);
  const interrupts = listenForInterrupts();
  let format = formatIn(argv);
  let terminal = terminalFor(argv.includes('--no-color') ? false : undefined);
  let args: ParsedArgs | null = null;
  try {
    if (argv[0] === completionRequest) {
      const { completeWord } = await import('./complete.ts');
      const offers = await completeWord(argv.slice(1), process.env);
      if (offers !== null) {
        const lines = doors.text(offers, (clean) => clean.map((offer) => `${offer}\n`).join(''));
        await terminal.out(lines);
        return 0;
      }
    }
    const chosen = await choose(argv.length === 0 ? ['--help'] : argv);
    // A pipeline that names no command by mistake is not to pass for one that did its work.
    if (argv.length === 0 && typeof chosen === 'string') {
      terminal.err(doors.text(null, () => `${chosen}\n`));
      return 1;
    }
    if (typeof chosen === 'string') {
      await terminal.out(doors.text(null, () => `${chosen}\n`));
      return 0;
    }
    args = chosen.args;
    format = args.format ?? 'text';
    terminal = terminalFor(args.color);
    const { run } = await chosen.command.load();
    // The words have been checked against the options of this command, and its arguments have the type of these.
    return await run(args as never, terminal);
  } catch (error) {
    // Most runs and every help succeed without it and all its formats.
    const [{ reportFailure }, { repeatFilesOf }] = await Promise.all([
      import('./report.ts'),
      import('./repeat-files.ts'),
    ]);
    const failed = asFailure(error);
    const trace = process.env.INTROWCTL_DEBUG === '1' ? error : null;
    const inFull = withHelpOf(argv[0], args === null ? failed : repeatFilesOf(failed, args));
    return reportFailure(inFull, format, terminal, trace);
  }
}

/**
 * What the words ask for. It is thrown out of yargs, which renders the complete help once a command returns, wanted or not:
 * that takes as long as reading a small file.
 */
class Chosen {
  readonly command: Command;
  readonly args: ParsedArgs;

  constructor(command: Command, args: ParsedArgs) {
    this.command = command;
    this.args = args;
  }
}

/** What yargs made of the words, by the options of the command. */
type ParsedArgs = MaybeGiven<'format' | 'color' | 'file'> & {
  readonly positionals: readonly string[];
  readonly defaulted: ReadonlySet<string>;
};

/** The command that `argv` names, or the text that yargs answers itself with: help, the version, completion. */
export async function choose(argv: readonly string[]): Promise<Chosen | string> {
  // Completion passes an unfinished command line, which can't be checked like a complete one.
  const isUnfinished = argv[0] === completionRequest;
  const words = isUnfinished ? [...argv] : strictWords(argv);
  let answer = '';
  try {
    await programOf(argv).parseAsync(words, {}, (_error, _parsed, text) => {
      answer = text;
    });
    return answer;
  } catch (thrown) {
    if (thrown instanceof Chosen) return thrown;
    // Nothing fits what makes no sense, such as an option called __proto__, which yargs stumbles over.
    if (isUnfinished) return '';
    throw thrown;
  }
}

/** The command line: the command that is asked for, or else all of them, with their options and none of their code. */
function programOf(argv: readonly string[]): Argv {
  const program = yargs()
    .scriptName('introwctl')
    .locale('en')
    .usage(
      '$0 <command>\n\nPartners as code for Introw: the files say what should be, introwctl makes it so.',
    )
    .version(version)
    .help()
    .exitProcess(false)
    .parserConfiguration({
      'greedy-arrays': false,
      'duplicate-arguments-array': true,
      'strip-aliased': true,
      'parse-numbers': true,
      'dot-notation': false,
    })
    .wrap(Math.min(110, terminalOf('stdout')?.columns || 100))
    .demandCommand(1, missingCommand)
    .strict()
    .fail((message, error) => {
      if (error !== undefined && error !== null && error.name !== 'YError') throw error;
      const said = message ?? error.message;
      throw failure('USAGE', aboutUnknown(said, argv) ?? sentence(said));
    });
  const asked = commands.filter(({ name }) => name === argv[0]);
  for (const command of asked.length === 0 ? commands : asked) {
    program.command(
      command.positionals === undefined ? command.name : `${command.name} ${command.positionals}`,
      command.describe,
      (builder) => {
        for (const name of command.options) builder.option(name, optionNamed(name, command));
        // A handle called 1e3 is not the number 1000.
        for (const word of positionalsOf(command)) builder.positional(word, { type: 'string' }).hide(word);
        return builder.example(...command.example).epilogue(command.epilogue?.() ?? '');
      },
      (parsed) => {
        throw new Chosen(command, argsOf(command, parsed, defaultedIn(program)));
      },
    );
  }
  return program;
}

/** The option, with what the environment says in place of its default. */
function optionNamed(name: OptionName, command: Command): Options {
  if (name === 'format') {
    const choices = formatsOf(command);
    return { ...options.format, choices, default: choices[0] };
  }
  if (name === 'field' && command.fields !== undefined) return { ...options.field, choices: command.fields };
  if (name !== 'file') return options[name];
  return { ...options.file, default: filesOf(process.env) ?? options.file.default };
}

/** What yargs made of the words, without the arguments' own names and what it adds itself. */
function argsOf(
  command: Command,
  parsed: Readonly<Record<string, unknown>>,
  defaulted: ReadonlySet<string>,
): ParsedArgs {
  const positionals = positionalsOf(command);
  const given = positionals.flatMap((name) => parsed[name]);
  const words = given.filter((each) => each !== undefined).map(String);
  for (const [name, value] of Object.entries(parsed)) refuseRepeated(name, value);
  const taken = command.options.map((name) => [name, parsed[name]]);
  if (!positionals.includes(filesPositional) || words.length === 0)
    return { ...Object.fromEntries(taken), positionals: words, defaulted };
  // Hooks append the names of changed files: they mean the same as after -f.
  const files = defaulted.has('file') ? words : [...[parsed.file].flat(), ...words];
  return {
    ...Object.fromEntries([...taken, ['file', files]]),
    positionals: [],
    defaulted: new Set([...defaulted].filter((name) => name !== 'file')),
  };
}

/** The positional of commands that take files and folders as words, too. */
const filesPositional = 'files';

/** yargs notes which options it gave their default; its types don't say so. */
function defaultedIn({ parsed }: Argv): ReadonlySet<string> {
  const noted = parsed !== false && 'defaulted' in parsed ? parsed.defaulted : {};
  return new Set(isObject(noted) ? Object.keys(noted) : []);
}

/** The names of the command's arguments that aren't options. */
function positionalsOf({ positionals = '' }: Command): string[] {
  return [...positionals.matchAll(/[[<]([\w.]*\w)/g)].map(([, name = '']) => name);
}

function refuseRepeated(name: string, value: unknown): void {
  const option = (options as Readonly<Record<string, { array?: boolean }>>)[name];
  if (option !== undefined && option.array !== true && Array.isArray(value))
    throw failure('USAGE', `--${name} was given more than once.`);
}

/** Before the options are parsed there may already be something to report. */
function formatIn(argv: readonly string[]): Given<'format'>['format'] {
  const at = argv.indexOf('--format');
  return argv[at + 1] === 'json' || argv.includes('--format=json') ? 'json' : 'text';
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd')
    return failure('FILE_NOT_FOUND', "The current folder doesn't exist any more.", {
      hint: 'Go to a folder that exists (cd), then run this again.',
    });
  const message = error instanceof Error ? error.message : String(error);
  return new Failure([problem('INTERNAL', `Something went wrong that should not: ${message}`)], {
    cause: error,
  });
}

/** Names the help of the command where the hint is to read the help. */
function withHelpOf(word: string | undefined, failed: Failure): Failure {
  const [first, ...others] = failed.problems;
  if (first.hint !== codes.USAGE.hint || !commands.some(({ name }) => name === word)) return failed;
  return new Failure([{ ...first, hint: `See introwctl ${word} --help.` }, ...others], failed);
}

function sentence(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
