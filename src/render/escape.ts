import { harmless } from './harmless.ts';

/** What GitHub and GitLab look for in the finished page, where an entity is long a character again: @people, #1, !2, GH-3. */
const sigils = /[@#!~%$&-]/;

/**
 * Text from files or from Introw as literal Markdown: every character that could begin a tag, a link, a table cell or
 * emphasis is written as an entity, and a mention or a reference is broken by a space of no width.
 */
export function markdownText(text: string): string {
  return harmless(text).replace(/(?<=\bgh)-(?=\d)|[^\p{L}\p{N} .,_-]|_|\.(?=\S)/giu, (character) => {
    const entity = `&#${character.codePointAt(0)};`;
    return sigils.test(character) ? `${entity}&#8203;` : entity;
  });
}

/** Text for a fenced block: one line, and no run of backticks that the fence doesn't outlast. */
export function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
