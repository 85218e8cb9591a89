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
