/** Changes of a text at places that are known by their offsets in it. */

/** Puts `text` in the place of what is there from `start` up to `end`; its lines end in `\n`. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Makes all changes at once; new lines end as most lines of the source do. Two insertions at one place keep their
 * order; no change may reach into another.
 */
export function applySplices(source: string, splices: readonly Splice[]): string {
  const eol = lineEnding(source);
  let result = '';
  let at = 0;
  for (const { start, end, text } of inOrder(splices)) {
    result += source.slice(at, start) + text.replaceAll('\n', eol);
    at = end;
  }
  return result + source.slice(at);
}

function inOrder(splices: readonly Splice[]): Splice[] {
  return splices
    .map((splice, index) => ({ splice, index }))
    .sort(
      ({ splice: one, index }, { splice: other, index: otherIndex }) =>
        one.start - other.start || one.end - other.end || index - otherIndex,
    )
    .map(({ splice }) => splice);
}

/** Where the line that holds `offset` begins. */
export function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the next line begins, or the end of the text. */
export function nextLine(source: string, offset: number): number {
  const at = source.indexOf('\n', offset);
  return at === -1 ? source.length : at + 1;
}

/** The line ending of most lines: one stray line from another editor doesn't decide for all of it. */
export function lineEnding(source: string): '\n' | '\r\n' {
  let [windows, all] = [0, 0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
    all++;
    if (source[at - 1] === '\r') windows++;
  }
  return windows * 2 > all ? '\r\n' : '\n';
}
