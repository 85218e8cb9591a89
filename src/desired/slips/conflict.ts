import type { Recogniser } from './slip.ts';

/** What git leaves in a file that two people changed: reported once, and read as if our side had been kept. */
export const conflict: Recogniser = function* ({ lines }) {
  const begins = lines.filter(({ text }) => /^<{7}(?: |$)/.test(text));
  const marker = begins[0] ?? lines.find(({ text }) => /^(?:>{7} |={7}$|\|{7} )/.test(text));
  if (marker === undefined) return;
  const repair = new Map<number, string>();
  let isTheirs = false;
  for (const { text, number } of lines) {
    const isMarker = /^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/.test(text);
    if (isMarker) isTheirs = /^[=|]/.test(text);
    if (isMarker || isTheirs) repair.set(number, '');
  }
  const others = begins.length < 2 ? '' : ` (${begins.length} in this file)`;
  const slip = {
    code: 'YAML_SYNTAX',
    message: `An unresolved git conflict begins here${others}.`,
    hint: 'Keep the lines that are right, and delete the others and the lines of <<<<<<<, ======= and >>>>>>>.',
    line: marker.number,
    column: 1,
  } as const;
  yield { ...slip, repair };
  yield { ...slip, repair: null };
};

/** The marks that a patch puts in front of lines come along when it is copied. */
export const patchMarks: Recogniser = function* ({ lines }) {
  const marked = lines.filter(({ text }) => /^(?:[+-](?=\s|$)|@@ )/u.test(text));
  const [first] = marked;
  if (first === undefined) return;
  yield {
    code: 'YAML_SYNTAX',
    message: `This line begins with ${first.text.startsWith('@') ? '@@' : first.text.charAt(0)}, as in a patch${marked.length === 1 ? '' : `, and so ${marked.length === 2 ? 'does 1 more' : `do ${marked.length - 1} more`}`}.`,
    hint: 'Delete what the patch marks with - and @@, and the + in front of the others.',
    line: first.number,
    column: 1,
    repair: new Map(marked.map(({ number, text }) => [number, text.startsWith('+') ? text.slice(1) : ''])),
  };
};
