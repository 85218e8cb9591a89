/** What the shell offers where a handle, a field or a catalog name belongs; everything else yargs completes itself. */
import { type CatalogKind, catalogKinds, forEachCatalog } from '../fields.ts';
import { readSources } from '../files/read.ts';
import { isObject } from '../json.ts';
import { type Column, columnNamed, columns } from '../sheet/columns.ts';
import { dataOf } from '../yaml/parse-file.ts';
import { filesOf, options } from './options.ts';

/** What the files name. */
type Known = {
  readonly handles: readonly string[];
  readonly catalog: Readonly<Record<CatalogKind, readonly string[]>>;
};

/** What a word may be in its place; those that don't begin like `word` are left out later. */
type Offer = (word: string, known: Known) => readonly string[];

const optionOffers: ReadonlyMap<string, Offer> = new Map([
  ['--target', handleList],
  ['--exclude', handleList],
  ['--publish', handleList],
  ['--where', condition],
]);

const optionNamed: Readonly<Record<string, object>> = options;

/** For each command, what its arguments may be; the last one repeats. */
const argumentOffers: ReadonlyMap<string, readonly Offer[]> = new Map<string, readonly Offer[]>([
  ['accept', [handleList]],
  ['history', [handleList]],
  ['pin', [(_, { handles }) => handles.map((handle) => `${handle}=`)]],
  ['rename', [handleOrName, () => []]],
  [
    'set',
    [(word, known) => [...assignment(word, known), ...(word.includes('=') ? [] : handleList(word, known))]],
  ],
]);

/**
 * What fits the unfinished word, the last one; null where yargs knows better. `words` begins with the program's name. What
 * is returned takes the place of the last word, as the shell split it.
 */
export async function completeWord(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string[] | null> {
  const line = joined(words);
  const parts = line.flatMap(optionAndValue);
  const current = parts.at(-1) ?? '';
  const offer = offerFor(parts);
  if (offer === null) return null;
  const offers = offer(current, await knownIn(filesIn(parts, env)));
  const whole = line.at(-1) ?? '';
  const option = whole.slice(0, whole.length - current.length);
  const unsplit = words.at(-1) ?? '';
  const typed = whole.length - (unsplit === '=' ? 0 : unsplit.length);
  const fitting = offers.filter((each) => each.startsWith(current));
  return fitting.map((each) => asLine(`${option}${each}`.slice(typed), env));
}

/** The words with those put together that bash splits at =. */
function joined(words: readonly string[]): string[] {
  const line: string[] = [];
  for (const [index, word] of words.entries()) {
    const belongs = word === '=' || words[index - 1] === '=';
    line.push(belongs ? `${line.pop() ?? ''}${word}` : word);
  }
  return line;
}

function optionAndValue(word: string): string[] {
  const [, option, value = ''] = /^(--[\w-]+|-f)=(.*)$/s.exec(word) ?? [];
  return option === undefined ? [word] : [option, value];
}

function offerFor(parts: readonly string[]): Offer | null {
  const [, command = '', ...rest] = parts;
  const current = rest.pop() ?? '';
  const previous = rest.at(-1) ?? '';
  if (takesValue(previous)) return optionOffers.get(previous) ?? null;
  const offers = argumentOffers.get(command);
  if (offers === undefined || current.startsWith('-')) return null;
  const before = rest.filter((word, index) => !word.startsWith('-') && !takesValue(rest[index - 1] ?? ''));
  return offers[before.length] ?? offers.at(-1) ?? null;
}

function takesValue(word: string): boolean {
  if (word === '-f') return true;
  const option = optionNamed[word.replace(/^--/, '')];
  return word.startsWith('--') && option !== undefined && !isFlag(option);
}

function isFlag(option: object): boolean {
  return 'type' in option && option.type === 'boolean';
}

/** `a,b`: the last one is unfinished. */
function handleList(word: string, { handles }: Known): string[] {
  const named = word.split(',').slice(0, -1);
  const before = named.map((each) => `${each},`).join('');
  return handles.filter((handle) => !named.includes(handle)).map((handle) => `${before}${handle}`);
}

function handleOrName(_: string, { handles, catalog }: Known): string[] {
  return [...handles, ...catalogKinds.flatMap((kind) => catalog[kind].map((name) => `${kind}.${name}`))];
}

function assignment(word: string, known: Known): string[] {
  return withValue(
    word,
    known,
    columns.filter(({ field }) => field !== null),
  );
}

function condition(word: string, known: Known): string[] {
  return withValue(word, known, columns);
}

/** `tier=`, and after it what the tier can be. */
function withValue(word: string, known: Known, named: readonly Column[]): string[] {
  const [before] = /^[^=~]*=/.exec(word) ?? [];
  if (before === undefined) return named.map(({ header }) => `${header}=`);
  const column = columnNamed(before.replace(/!?=$/, ''));
  return column === undefined ? [] : valuesOf(column, known).map((value) => `${before}${value}`);
}

function valuesOf({ key, field }: Column, { handles, catalog }: Known): readonly string[] {
  if (field === null) return key === 'handle' ? handles : [];
  if (field.catalog !== null) return catalog[field.catalog];
  const choices = field.shape.schema.enum;
  return Array.isArray(choices) ? choices.map(String) : [];
}

/** For zsh, and for fish which asks in its name, a description follows the first colon. */
function asLine(word: string, { SHELL = '' }: NodeJS.ProcessEnv): string {
  return SHELL.includes('zsh') ? word.replaceAll(':', '\\:') : word;
}

function filesIn(parts: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const files = parts.filter((_, index) => ['-f', '--file'].includes(parts[index - 1] ?? ''));
  return files.length === 0 ? (filesOf(env) ?? [...options.file.default]) : files;
}

/** Files that are wrong somewhere still have names; those that can't be read have none. */
async function knownIn(paths: readonly string[]): Promise<Known> {
  const sources = await readSources(paths).catch(() => []);
  const files = sources.map(dataOf);
  const keysAt = (...path: readonly string[]) => [...new Set(files.flatMap((data) => keysOf(data, path)))];
  return { handles: keysAt('partners'), catalog: forEachCatalog((kind) => keysAt('catalog', kind)) };
}

function keysOf(data: unknown, [first, ...rest]: readonly string[]): string[] {
  if (!isObject(data)) return [];
  return first === undefined ? Object.keys(data) : keysOf(data[first], rest);
}
