/** What the shell offers where a handle belongs; everything else yargs completes itself. */
import { readSources } from '../desired/files.ts';
import { parseFile } from '../desired/parse.ts';
import { isObject } from '../partner.ts';
import { options } from './options.ts';

const handleOptions: ReadonlySet<string> = new Set(['--target', '--exclude', '--publish']);
const handleCommands: ReadonlySet<string> = new Set(['accept']);

/** The handles that fit the unfinished word; null where no handle belongs. `words` begins with the program's name. */
export async function completeHandles(words: readonly string[]): Promise<string[] | null> {
  const current = words.at(-1) ?? '';
  const previous = words.at(-2) ?? '';
  const isArgument = handleCommands.has(words[1] ?? '') && !current.startsWith('-') && !takesValue(previous);
  if (!handleOptions.has(previous) && !isArgument) return null;
  // a,b: the last one is unfinished.
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  const handles = await handlesOf(filesIn(words));
  return handles.map((handle) => `${before}${handle}`).filter((each) => each.startsWith(current));
}

function takesValue(word: string): boolean {
  if (word === '-f') return true;
  const option = (options as Readonly<Record<string, { type?: string }>>)[word.replace(/^--/, '')];
  return word.startsWith('--') && option !== undefined && option.type !== 'boolean';
}

function filesIn(words: readonly string[]): string[] {
  const files = words.filter((_, index) => ['-f', '--file'].includes(words[index - 1] ?? ''));
  return files.length === 0 ? [...options.file.default] : files;
}

/** Files that are wrong somewhere still have handles; those that can't be read have none. */
async function handlesOf(paths: readonly string[]): Promise<string[]> {
  const sources = await readSources(paths).catch(() => []);
  return sources.flatMap((source) => {
    const data = parseFile(source, () => undefined)?.data;
    return isObject(data) && isObject(data.partners) ? Object.keys(data.partners) : [];
  });
}
