/** What GitHub and GitLab look for in the finished page, where an entity is a character again: @people, #1, !2, :emoji:. */
const sigil = /[@#!~%$&:-]/;

/**
 * Text from files or from Introw as literal Markdown: every character that could begin a tag, a link, a table cell or
 * emphasis is written as an entity, a mention or a reference is broken by a space of no width, and of several spaces all are
 * kept.
 */
export function markdownText(text: string): string {
  const special = /(?<=\bgh)-(?=\d)|(?<=\bwww)\.|:(?=\S)|[^\p{L}\p{N} .,:_-]|_/giu;
  const literal = text.replace(special, (character, at: number, whole: string) => {
    const entity = `&#${character.codePointAt(0)};`;
    const begins = sigil.test(character) && /^[\p{L}\p{N}_"+-]/u.test(whole.slice(at + 1));
    return begins ? `${entity}&#8203;` : entity;
  });
  return literal.replace(/ (?= )/g, '&#160;');
}

/** Text for a fenced block: one line, and no run of backticks that the fence doesn't outlast. */
export function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** A text's room, in UTF-16 units: never fewer than the characters that a limit counts. */
export type Room = {
  /** As many of the first items as still fit, whole. */
  readonly take: <T>(items: readonly T[], lengthOf: (item: T) => number) => T[];
};

export function roomFor(characters: number): Room {
  let left = characters;
  return {
    take: (items, lengthOf) => {
      const fitting = items.findIndex((item) => {
        const length = lengthOf(item);
        if (length > left) return true;
        left -= length;
        return false;
      });
      return items.slice(0, fitting === -1 ? items.length : fitting);
    },
  };
}
