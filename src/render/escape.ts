import { harmless } from './harmless.ts';

/**
 * Text from files or from Introw as literal Markdown: every character that could begin a tag, a link, a mention, a
 * reference, a table cell or emphasis is written as an entity, which GitHub and GitLab show and never act on.
 */
export function markdownText(text: string): string {
  return harmless(text).replace(
    /[^\p{L}\p{N} .,_-]|_|\.(?=\S)/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** Text for a fenced block: one line, and no run of backticks that the fence doesn't outlast. */
export function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
