/** Changes of a text at places that are known by their offsets in it. */

/** Puts `text` in the place of what stands from `start` up to `end`. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

/** Makes all changes at once. Two insertions at one place keep their order; no change may reach into another. */
export function applySplices(source: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text } of inOrder(splices)) {
    result += source.slice(at, start) + text;
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

/** The line ending that the text uses. */
export function lineEnding(source: string): '\n' | '\r\n' {
  return source.includes('\r\n') ? '\r\n' : '\n';
}
