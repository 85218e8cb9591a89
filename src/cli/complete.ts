/** What the shell offers where a name of the files belongs; everything else yargs completes itself. */
import { catalogKinds } from '../fields.ts';
import { readSources } from '../files/read.ts';
import { isObject } from '../json.ts';
import { columnNamed } from '../sheet/columns.ts';
import { dataOf } from '../yaml/parse.ts';
import { filesOf, options } from './options.ts';

const handleOptions: ReadonlySet<string> = new Set(['--target', '--exclude', '--publish']);
const handleCommands: ReadonlySet<string> = new Set(['accept', 'history', 'pin', 'rename', 'set']);

/** The names that fit the unfinished word; null where none belongs. `words` begins with the program's name. */
export async function completeNames(words: readonly string[]): Promise<string[] | null> {
  const parts = partsOf(words);
  const command = parts[1] ?? '';
  const current = parts.at(-1) ?? '';
  const previous = parts.at(-2) ?? '';
  const assigned = command === 'set' || command === 'export' ? assignmentIn(words) : null;
  if (assigned !== null) return valuesFor(assigned, await namesIn(filesIn(parts)));
  const isArgument = handleCommands.has(command) && !current.startsWith('-') && !takesValue(previous);
  if (!handleOptions.has(previous) && !isArgument) return null;
  // The second name of rename is new.
  if (command === 'rename' && argumentsBefore(parts) > 0) return null;
  // --target=b is one word to some shells, and completed as one.
  const word = words.at(-1) ?? '';
  const option = word.endsWith(current) && word !== '=' ? word.slice(0, word.length - current.length) : '';
  // a,b: the last one is unfinished.
  const named = current.split(',').slice(0, -1);
  const before = named.map((each) => `${each},`).join('');
  const known = await namesIn(filesIn(parts));
  const inCatalogs = catalogKinds.flatMap((kind) =>
    (known.catalog[kind] ?? []).map((name) => `${kind}.${name}`),
  );
  const offered = command === 'rename' ? [...known.handles, ...inCatalogs] : known.handles;
  return offered
    .filter((name) => !named.includes(name))
    .map((name) => `${before}${name}`)
    .filter((each) => each.startsWith(current))
    .map((each) => `${option}${each}`);
}

/** A value that is being given to a field, as in `tier=go`; `before` is what of it the shell completes as one word. */
type Assignment = { readonly field: string; readonly value: string; readonly before: string };

/** To bash, = is a word of its own; other shells have the assignment in one. */
function assignmentIn(words: readonly string[]): Assignment | null {
  const [name = '', middle = '', last = ''] = words.slice(-3);
  if (middle === '=') return { field: name, value: last, before: '' };
  if (last === '=') return { field: middle, value: '', before: '' };
  const [, before = '', field = '', value = ''] = /^(([\w.]+)!?=)(.*)$/s.exec(last) ?? [];
  return field === '' ? null : { field, value, before };
}

function valuesFor({ field, value, before }: Assignment, { catalog }: Known): string[] {
  const kind = columnNamed(field)?.field?.catalog ?? null;
  const names = kind === null ? [] : (catalog[kind] ?? []);
  return names.filter((name) => name.startsWith(value)).map((name) => `${before}${name}`);
}

/** How many arguments that are no options come before the unfinished word. */
function argumentsBefore(parts: readonly string[]): number {
  return parts
    .slice(2, -1)
    .filter((part, index) => !part.startsWith('-') && !takesValue(parts[index + 1] ?? '')).length;
}

/** The words with --option=value as two, which bash gives as three. */
function partsOf(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word === '=') return index === words.length - 1 ? [''] : [];
    const [, option, value = ''] = /^(--[\w-]+|-f)=(.*)$/s.exec(word) ?? [];
    return option === undefined ? [word] : [option, value];
  });
}

function takesValue(word: string): boolean {
  if (word === '-f') return true;
  const option = (options as Readonly<Record<string, { type?: string }>>)[word.replace(/^--/, '')];
  return word.startsWith('--') && option !== undefined && option.type !== 'boolean';
}

function filesIn(parts: readonly string[]): string[] {
  const files = parts.filter((_, index) => ['-f', '--file'].includes(parts[index - 1] ?? ''));
  return files.length === 0 ? (filesOf(process.env) ?? [...options.file.default]) : files;
}

type Known = {
  readonly handles: readonly string[];
  /** The names of each catalog. */
  readonly catalog: Readonly<Record<string, readonly string[]>>;
};

/** Files that are wrong somewhere still have names; those that can't be read have none. */
async function namesIn(paths: readonly string[]): Promise<Known> {
  const sources = await readSources(paths).catch(() => []);
  const files = sources.map(dataOf).filter(isObject);
  const keysIn = (section: (file: Readonly<Record<string, unknown>>) => unknown) =>
    files.flatMap((file) => {
      const entries = section(file);
      return isObject(entries) ? Object.keys(entries) : [];
    });
  const catalogOf = ({ catalog }: Readonly<Record<string, unknown>>) => (isObject(catalog) ? catalog : {});
  return {
    handles: keysIn(({ partners }) => partners),
    catalog: Object.fromEntries(catalogKinds.map((kind) => [kind, keysIn((file) => catalogOf(file)[kind])])),
  };
}
