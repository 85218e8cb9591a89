/** Files that somebody is still typing, or pasted a piece too much into. */
import { knownKeys } from '../known-keys.ts';
import { nearest } from '../nearest.ts';
import { isDeeper, type Line, linesNear, neighbour, type Page } from './page.ts';
import type { Recogniser } from './slip.ts';

/** A key, or the beginning of one, alone on its line: `tier`, `ti`. */
export const loneKey: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const below = neighbour(page, line, 1);
    const { number, indent, body } = line;
    if (!/^[\p{L}\d._-]+$/u.test(body) || (below !== undefined && isDeeper(below, line))) continue;
    const isHandle = isIndentedLikeHandles(page, line);
    const meant = isHandle ? body : keyFor(body);
    if (meant === null) continue;
    const slip = {
      code: 'YAML_SYNTAX',
      message: `${body} has neither a colon nor ${isHandle ? 'a partner under it' : 'a value'}.`,
      hint: isHandle
        ? `Write ${body}: and its name: on the next line, or delete the line.`
        : `Write ${meant}: and its value, or delete the line.`,
      line: number,
      column: indent.length + 1,
    } as const;
    yield { ...slip, repair: new Map([[number, isHandle ? '' : `${indent}${meant}: x`]]) };
    yield { ...slip, repair: new Map([[number, '']]) };
  }
};

/** Where a key stands alone that has fields below it. */
function isIndentedLikeHandles({ content }: Page, line: Line): boolean {
  const at = content.indexOf(line);
  const opening = content.slice(0, at).findLast(({ value, key }) => key !== null && value === '');
  return opening !== undefined && opening.indent !== '' && opening.indent === line.indent;
}

function keyFor(text: string): string | null {
  if (knownKeys.includes(text)) return text;
  const begun = text.length < 2 ? [] : knownKeys.filter((key) => key.startsWith(text));
  return begun[0] ?? nearest(text, knownKeys);
}

/** `---` and `...`, which separate documents and end them. */
export const documentMarks: Recogniser = function* ({ content }) {
  const sections = content.map(({ indent, key }) => (indent === '' ? key : null));
  const lastAt = new Map(sections.map((key, at) => [key, at]));
  // How far down the keys above a line come again: what goes on below with the same ones is a document of its own.
  let reach = -1;
  for (const [at, line] of content.entries()) {
    const key = sections[at] ?? null;
    const mark = /^(?:---|\.\.\.)$/u.exec(line.text.trimEnd())?.[0];
    const repeats = reach >= at;
    if (key !== null) reach = Math.max(reach, lastAt.get(key) ?? at);
    if (mark === undefined || at === 0 || repeats) continue;
    yield {
      code: 'MANY_DOCUMENTS',
      message:
        mark === '---'
          ? 'A second document begins here (---); a file holds one.'
          : 'The document ends here (...), and more follows.',
      hint: `Delete the ${mark === '---' ? 'three dashes' : 'three dots'}.`,
      line: line.number,
      column: 1,
      repair: new Map([[line.number, '']]),
    };
  }
};
