/** Comments and blank lines, no two blank ones in a row, and none where something begins. */
export function leadLines(comments: readonly string[], indent: string, isFirst: boolean): string[] {
  const kept = comments.filter(
    (comment, at) => comment !== '' || (at === 0 ? !isFirst : comments[at - 1] !== ''),
  );
  return commentLines(kept, indent);
}

/** Lines with their indentation, which blank ones don't get. */
export function commentLines(comments: readonly string[], indent: string): string[] {
  return comments.map((comment) => (comment === '' ? '' : `${indent}${comment}`));
}
