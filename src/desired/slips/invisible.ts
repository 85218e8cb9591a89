import { asSeen, invisibleIn } from '../../invisible.ts';
import { type Line, linesNear } from './page.ts';
import { type Recogniser, slipOn } from './slip.ts';

/** An invisible character in a key or before a value: in all lines that have one there, or in one. */
export const invisible: Recogniser = function* (page, trouble) {
  const near = linesNear(page, trouble.line).filter(
    ({ text, indent }) => (invisibleIn(text)?.at ?? -1) >= indent.length,
  );
  const [first] = near;
  if (first === undefined) return;
  const alike = page.content.filter(
    ({ text }) => invisibleIn(text) !== null && asSeen(text).trim() !== '' && isBeforeValue(text),
  );
  if (alike.length > 1 && alike[0] !== undefined) yield slipFor(alike[0], alike);
  for (const line of near) yield slipFor(line, [line]);
};

function slipFor(line: Line, lines: readonly Line[]) {
  const { name, at } = invisibleIn(line.text) ?? { name: 'an invisible character', at: 0 };
  const others =
    lines.length === 1 ? '' : `, and in ${lines.length - 1} more line${lines.length === 2 ? '' : 's'}`;
  const message = `${name.charAt(0).toUpperCase()}${name.slice(1)} is hidden here${others}.`;
  const slip = slipOn(line, at, message, cleaned(line), { advice: 'Type the line again:' });
  const hint = cleaned(line).trim() === '' ? 'Delete it.' : slip.hint;
  return { ...slip, hint, repair: new Map(lines.map((each) => [each.number, cleaned(each)])) };
}

/** The line as it looks, with one space after the colon of its key. */
export function cleaned({ text }: Pick<Line, 'text'>): string {
  return asSeen(text).replace(/:\s{2,}(?=\S)/u, ': ');
}

function isBeforeValue(text: string): boolean {
  const end = /^\s*[^:]*:\s*/u.exec(text)?.[0].length ?? 0;
  return (invisibleIn(text)?.at ?? end) < end;
}
