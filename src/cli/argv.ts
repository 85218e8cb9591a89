/**
 * The words of a command line before yargs sees them. yargs takes a boolean that it doesn't know for false, an
 * option without its value for the default, and drops what comes after --; here each of them is refused or spelled out.
 */

import { failure } from '../problem.ts';
import { formatsOf } from './command.ts';
import { commands } from './commands/table.ts';
import { options } from './options.ts';
import { aboutOption, isOptionName } from './unknown-words.ts';

type Shape = {
  readonly type?: string;
  readonly alias?: string;
  readonly array?: boolean;
  readonly choices?: readonly string[];
};

/** An option as it was typed: `flag` without its value, `negated` as --no-name, `value` where it is in the same word. */
type Typed = {
  readonly flag: string;
  readonly name: string;
  readonly shape: Shape;
  readonly negated: boolean;
  readonly value: string | undefined;
};

/** --help and --version are yargs' own. */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...Object.entries(options),
  ['help', { type: 'boolean', alias: 'h' }],
  ['version', { type: 'boolean' }],
]);
const shortNames: ReadonlyMap<string, string> = new Map(
  [...shapes].flatMap(([name, { alias }]) => (alias === undefined ? [] : [[alias, name]])),
);

/** How the scripts of `introwctl completion` ask what fits: the first word, before an unfinished command line. */
export const completionRequest = '--get-yargs-completions';

/** The same words with every known option as --name=value; throws USAGE for what can't be meant. yargs refuses unknown options. */
export function strictWords(argv: readonly string[]): string[] {
  // As git and Terraform have it: help plan is plan --help.
  if (argv[0] === 'help' && argv.length === 2) return [...strictWords(argv.slice(1)), '--help=true'];
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') return [...words, ...argv.slice(at + 1).map(refuseDash)];
    refuseOneDash(word, argv[0]);
    const typed = typedOption(word);
    if (typed === null) {
      // yargs answers it wherever it is, and so would skip the command.
      if (completionWord.test(word)) throw failure('USAGE', `There is no option ${word.split('=')[0]} here.`);
      if (word === '')
        throw failure('USAGE', 'A word of the command is empty.', {
          hint: 'Leave it out; was a variable of the pipeline not set?',
        });
      if (word === '-')
        throw failure('USAGE', '"-" means nothing here: introwctl reads no stdin.', {
          hint: 'Save it in a file, and name that.',
        });
      words.push(word);
      continue;
    }
    const next = typed.value === undefined && !typed.negated ? valueIn(argv[at + 1], typed.shape) : undefined;
    if (next !== undefined) at++;
    words.push(...spelledOut({ ...typed, shape: shapeFor(typed, argv[0]) }, typed.value ?? next));
  }
  return words;
}

const completionWord = /^-+(?:no-)?get-yargs-completions(?:=|$)/;

/** What --format and --field take depends on the command. */
function shapeFor({ name, shape }: Typed, command: string | undefined): Shape {
  const row = commands.find((each) => each.name === command);
  if (name === 'field' && row?.fields !== undefined) return { ...shape, choices: row.fields };
  return name === 'format' ? { ...shape, choices: formatsOf(row ?? {}) } : shape;
}

function typedOption(word: string): Typed | null {
  const [, short = '', rest = ''] = /^-(\w)(.*)$/s.exec(word) ?? [];
  const shortName = shortNames.get(short);
  if (shortName !== undefined) {
    const value = rest === '' ? undefined : rest.replace(/^=/, '');
    return typedAs(`-${short}`, shortName, value);
  }
  const [, long = '', after] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  return typedAs(`--${long}`, shortNames.get(long) ?? hyphened(long), after);
}

function typedAs(flag: string, name: string, value: string | undefined): Typed | null {
  const shape = shapes.get(name);
  if (shape !== undefined) return { flag, name, shape, negated: false, value };
  if (!name.startsWith('no-')) return null;
  const denied = name.slice('no-'.length);
  const positive = shortNames.get(denied) ?? denied;
  const known = shapes.get(positive);
  if (known === undefined) return null;
  return { flag, name: positive, shape: known, negated: true, value };
}

/** yargs knows --dry-run as --dryRun too. */
function hyphened(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What the next word gives to an option, if it is its value and not the next option. */
function valueIn(next: string | undefined, { type }: Shape): string | undefined {
  if (next === undefined) return undefined;
  const isValue = type === 'boolean' ? /^(true|false)$/.test(next) : !/^-(?!\.?\d)/.test(next);
  return isValue ? next : undefined;
}

function spelledOut({ flag, name, shape, negated }: Typed, value: string | undefined): string[] {
  if (shape.type === 'boolean') {
    if (value !== undefined && negated) throw failure('USAGE', `${flag} takes no value.`);
    if (value !== undefined && !/^(true|false)$/.test(value))
      throw failure('USAGE', `${flag} takes true or false, not ${JSON.stringify(value)}.`);
    return [`--${name}=${value ?? !negated}`];
  }
  if (negated)
    throw failure('USAGE', `There is no ${flag}: --${name} takes a value.`, {
      hint: 'Leave it out instead.',
    });
  if (value === undefined)
    throw failure('USAGE', `${flag} needs a value.`, {
      hint:
        shape.choices === undefined
          ? `One that begins with a dash is given as --${name}=-value.`
          : `Give it one of ${shape.choices.join(', ')}.`,
    });
  if (value === '')
    throw failure('USAGE', `${flag} is empty.`, {
      hint: 'Give it a value, or leave it out; was a variable of the pipeline not set?',
    });
  if (shape.type === 'number' && !/^\d{1,9}$/.test(value))
    throw failure('USAGE', `${flag} takes a whole number, not ${JSON.stringify(value)}.`);
  const { choices, array } = shape;
  if (choices === undefined) return [`--${name}=${value}`];
  const values = array === true ? value.split(',').map((each) => each.trim()) : [value];
  const wrong = values.find((each) => !choices.includes(each));
  if (wrong !== undefined)
    throw failure('USAGE', `${flag} takes one of ${choices.join(', ')}; not ${JSON.stringify(wrong)}.`);
  return values.map((each) => `--${name}=${each}`);
}

/** Terraform's options have one dash, as in -auto-approve; yargs would take each letter for an option. */
function refuseOneDash(word: string, command: string | undefined): void {
  const name = /^-([a-z][\w-]+)(?:=|$)/i.exec(word)?.[1];
  if (name === undefined) return;
  if (isOptionName(name) || !shortNames.has(name.charAt(0)))
    throw failure('USAGE', aboutOption(word, command));
}

/** yargs would take it for an option again. */
function refuseDash(word: string): string {
  if (!word.startsWith('-')) return word;
  throw failure('USAGE', `${JSON.stringify(word)} comes after -- and begins with a dash.`, {
    hint: 'No handle begins with one; write a file as ./-name.',
  });
}
