/** What the shell offers where a handle belongs; everything else yargs completes itself. */
import { readSources } from '../files/read.ts';
import { isObject } from '../json.ts';
import { dataOf } from '../yaml/parse.ts';
import { filesOf, options } from './options.ts';

const handleOptions: ReadonlySet<string> = new Set(['--target', '--exclude', '--publish']);
const handleCommands: ReadonlySet<string> = new Set(['accept', 'history']);

/** The handles that fit the unfinished word; null where no handle belongs. `words` begins with the program's name. */
export async function completeHandles(words: readonly string[]): Promise<string[] | null> {
  const parts = partsOf(words);
  const current = parts.at(-1) ?? '';
  const previous = parts.at(-2) ?? '';
  const isArgument = handleCommands.has(parts[1] ?? '') && !current.startsWith('-') && !takesValue(previous);
  if (!handleOptions.has(previous) && !isArgument) return null;
  // --target=b is one word to some shells, and completed as one.
  const word = words.at(-1) ?? '';
  const option = word.endsWith(current) && word !== '=' ? word.slice(0, word.length - current.length) : '';
  // a,b: the last one is unfinished.
  const named = current.split(',').slice(0, -1);
  const before = named.map((each) => `${each},`).join('');
  const handles = (await handlesOf(filesIn(parts))).filter((handle) => !named.includes(handle));
  return handles
    .map((handle) => `${before}${handle}`)
    .filter((each) => each.startsWith(current))
    .map((each) => `${option}${each}`);
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

/** Files that are wrong somewhere still have handles; those that can't be read have none. */
async function handlesOf(paths: readonly string[]): Promise<string[]> {
  const sources = await readSources(paths).catch(() => []);
  return sources.flatMap((source) => {
    const data = dataOf(source);
    return isObject(data) && isObject(data.partners) ? Object.keys(data.partners) : [];
  });
}
