/** Words that the command line doesn't know: what was probably meant, with the habits of Terraform, git and npm. */

import { didYouMean, nearest } from '../desired/nearest.ts';
import { listed } from '../english.ts';
import type { Command } from './command.ts';
import { commands } from './commands/table.ts';
import { options } from './options.ts';

/** What is said where no command is named. */
export const missingCommand = 'Say which command to run.';

/** What yargs says of words that it doesn't know, with what was probably meant; null where it says something else. */
export function aboutUnknown(message: string, argv: readonly string[]): string | null {
  const [first] = argv;
  if (message === missingCommand && first !== undefined) return aboutOption(first, undefined);
  const needed = neededBy(message);
  if (needed !== null) {
    const row = commandNamed(first);
    return row === undefined ? null : `${row.name} needs ${needed(row)}, as in ${row.example[0]}.`;
  }
  const word = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1];
  if (word === undefined) return null;
  if (first === word) return noCommand(word);
  const dashed = argv.find((each) => /^--?/.test(each) && nameIn(each) === word);
  if (dashed !== undefined) return aboutOption(dashed, first);
  return /\.ya?ml$|\/$/.test(word)
    ? `${JSON.stringify(word)} is not an option: pass files and folders with -f, as in introwctl ${first} -f ${word}.`
    : `${JSON.stringify(word)} means nothing here.`;
}

/** What is said of an option that `first`, the first word, doesn't take; `flag` is as it was typed, with any value. */
export function aboutOption(flag: string, first: string | undefined): string {
  const command = commandNamed(first);
  // An option of some command isn't what is wrong where the command itself doesn't exist.
  if (command === undefined && first !== undefined && !first.startsWith('-')) return noCommand(first);
  const [name, typed] = [nameIn(flag), flag.split('=')[0]];
  const instead = otherOptions[`${command?.name} ${name}`] ?? otherOptions[name];
  const takers = takersOf(name);
  if (command !== undefined && !takers.includes(command.name) && takers.length > 0)
    return otherOptions[`${command.name} ${name}`] === undefined
      ? `${command.name} takes no ${typed}; ${listed(takers)} ${takers.length === 1 ? 'does' : 'do'}.`
      : `${command.name} takes no ${typed}; ${instead}`;
  if (instead !== undefined) return `There is no option ${typed} here; ${instead}`;
  const meant = nearest(name, [...(command?.options ?? Object.keys(options)), ...everywhere]);
  return `There is no option ${typed} here.${didYouMean(meant === null ? null : `--${meant}`)}`;
}

/** Whether a word with one dash is the name of an option, which takes two, here or in another tool. */
export function isOptionName(name: string): boolean {
  return takersOf(name).length > 0 || everywhere.includes(name) || otherOptions[name] !== undefined;
}

const everywhere: readonly string[] = ['help', 'version', 'no-color'];

/** What is missing, by what yargs says. */
function neededBy(message: string): ((row: Command) => string) | null {
  if (message.startsWith('Not enough non-option arguments'))
    return ({ positionals }) => positionals ?? 'more';
  const option = /^Missing required argument: ([\w-]+)/.exec(message)?.[1];
  return option === undefined ? null : () => `--${option}`;
}

function nameIn(flag: string): string {
  return flag.replace(/^-+/, '').replace(/=.*$/s, '');
}

function takersOf(option: string): string[] {
  return commands.filter((each) => each.options.some((name) => name === option)).map(({ name }) => name);
}

function commandNamed(word: string | undefined): Command | undefined {
  return commands.find(({ name }) => name === word);
}

function noCommand(word: string): string {
  const instead = otherCommands[word];
  const said = `There is no command ${JSON.stringify(word)}`;
  const names = commands.map(({ name }) => name);
  return instead === undefined ? `${said}.${didYouMean(nearest(word, names))}` : `${said}; ${instead}`;
}

const keyPlaces = 'no option takes the key itself: set INTROW_API_KEY, or pass --api-key-file.';
const withoutAsking = '--auto-approve applies without asking.';
const neverDeletes = 'introwctl never deletes a partner.';

/** Options that other tools have, and where introwctl takes the same; after a command's name, those of that command. */
const otherOptions: Readonly<Record<string, string>> = {
  'api-key': keyPlaces,
  key: keyPlaces,
  token: keyPlaces,
  y: withoutAsking,
  yes: withoutAsking,
  force: withoutAsking,
  json: 'use --format json.',
  destroy: neverDeletes,
  'refresh-only': 'introwctl drift shows what was changed in Introw.',
  input: 'introwctl asks only on a terminal, and --auto-approve never.',
  'export out': 'the sheet goes to stdout: introwctl export > review.csv.',
};

/** Commands that other tools have, and what does the same here. */
const otherCommands: Readonly<Record<string, string>> = {
  version: 'use introwctl --version.',
  diff: 'introwctl plan shows what the files would change, and introwctl drift what was changed in Introw.',
  refresh: 'introwctl drift shows what was changed in Introw.',
  destroy: neverDeletes,
  delete: neverDeletes,
  lint: 'use introwctl validate.',
  check: 'use introwctl validate.',
  pull: 'use introwctl import.',
  sync: 'use introwctl apply.',
};
