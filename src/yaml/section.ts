/** New entries at the end of a section of a file: partners that are imported, pins. */

import { isMap, type Node } from 'yaml';
import type { Item } from './item.ts';
import { contentEnd, type Entry, entriesOf, entryNamed, entryText, intoEmpty, lineAfter } from './map.ts';
import { scalarText } from './scalar.ts';
import { lineStart, nextLine, type Splice } from './splice.ts';
import { commentsIn } from './trivia.ts';

const step = '  ';

/** Adds items to the section of that name, which is made where the file has none. `root` is the file's map. */
export function appendToSection(
  source: string,
  root: Node | null,
  name: string,
  items: readonly Item[],
): Splice[] {
  if (items.length === 0) return [];
  const section = entryNamed(root, name);
  if (section === undefined) {
    if (isMap(root) && root.flow === true) {
      const last = entriesOf(root).at(-1);
      const at = last === undefined ? (root.range?.[0] ?? 0) + 1 : contentEnd(last);
      return [{ start: at, end: at, text: `, ${name}: { ${items.map(flow).join(', ')} }` }];
    }
    const at = endOfDocument(source, root);
    const gap = at === 0 || source[at - 1] === '\n' ? '\n' : '\n\n';
    return [{ start: at, end: at, text: [`${gap}${name}:`, ...lines(items, step), ''].join('\n') }];
  }
  const { value } = section;
  const last = entriesOf(value).at(-1);
  if (last === undefined) {
    if (isMap(root) && root.flow === true && value !== null)
      return [intoEmpty(source, value, ` ${items.map(flow).join(', ')} `)];
    const [start = 0, end = 0] = value?.range ?? [];
    const comments = commentsIn(source.slice(start, end)).map((comment) => `${step}${comment}`);
    const from = source[start - 1] === ' ' ? start - 1 : start;
    // A comment after the braces stays on the line of the key.
    const below = [...comments, ...lines(items, step)].join('\n');
    return [{ start: from, end, text: '' }, lineAfter(source, end, below)];
  }
  if (isMap(value) && value.flow === true) {
    const at = contentEnd(last);
    return [{ start: at, end: at, text: `, ${items.map(flow).join(', ')}` }];
  }
  const keyAt = last.key.range?.[0] ?? 0;
  const indent = source.slice(lineStart(source, keyAt), keyAt);
  const at = endOfSection(source, last, indent.length);
  const ended = source[at - 1] === '\n';
  const apart = areApart(source, entriesOf(value));
  const text = items.flatMap((item) => [...(apart ? [''] : []), ...lines([item], indent)]).join('\n');
  return [{ start: at, end: at, text: ended ? `${text}\n` : `\n${text}` }];
}

/** The end of the text, or the line of dots that ends the document before it. */
function endOfDocument(source: string, root: Node | null): number {
  const content = root?.range?.[1] ?? 0;
  const dots = source.slice(content).search(/^\.\.\.(?:\s|$)/m);
  return dots === -1 ? source.length : content + dots;
}

/** A file that holds nothing but these sections, below the lines of its head. */
export function fileWith(sections: ReadonlyMap<string, readonly Item[]>, head: readonly string[]): string {
  const below = [...sections].flatMap(([name, items]) => ['', `${name}:`, ...lines(items, step)]);
  return [...head, 'version: 1', ...below, ''].join('\n');
}

/** Whether a blank line is above the last of several entries: what is added looks like its neighbours. */
function areApart(source: string, entries: readonly Entry[]): boolean {
  const [previous, last] = entries.slice(-2);
  if (previous === undefined || last === undefined) return false;
  return /\n[ \t]*\r?\n/.test(source.slice(contentEnd(previous), last.key.range?.[0] ?? 0));
}

/** Below the last entry and the comments that are indented as its own. */
function endOfSection(source: string, last: Entry, column: number): number {
  let at = nextLine(source, contentEnd(last));
  for (let next = at; next < source.length; ) {
    const line = source.slice(next, nextLine(source, next));
    const comment = /^( *)#/.exec(line);
    if (comment === null && line.trim() !== '') break;
    next = nextLine(source, next);
    if (comment !== null && (comment[1] ?? '').length > column) at = next;
  }
  return at;
}

function lines(items: readonly Item[], indent: string): string[] {
  return items.flatMap(({ key, value }) =>
    typeof value === 'string'
      ? [`${indent}${scalarText(key)}: ${value}`]
      : [
          `${indent}${scalarText(key)}:`,
          ...value.map(
            (line) => `${indent}${step}${'comment' in line ? `# ${line.comment}` : entryText(line)}`,
          ),
        ],
  );
}

function flow({ key, value }: Item): string {
  if (typeof value === 'string') return `${scalarText(key)}: ${value}`;
  const entries = value.flatMap((line) => ('comment' in line ? [] : [entryText(line)]));
  return `${scalarText(key)}: { ${entries.join(', ')} }`;
}
