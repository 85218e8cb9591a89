/** Parts of documents that are made from the program: those after a mark, `<!-- made: NAME -->`. */

/** The document with the part after the mark of that name, up to the next `<!-- end -->`, replaced. */
export function withPart(document: string, name: string, part: string): string {
  const start = `<!-- made: ${name} -->\n`;
  const from = document.indexOf(start);
  const to = document.indexOf('<!-- end -->', from);
  if (from < 0 || to < 0) throw new Error(`The document has no part marked ${start.trim()} … <!-- end -->`);
  return document.slice(0, from) + start + part + document.slice(to);
}
