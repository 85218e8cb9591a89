/** Lines that are indented too far or too little: believed where moving them makes the file make sense. */
import { type Line, linesNear, neighbour, type Page } from './page.ts';
import type { Recogniser, Slip } from './slip.ts';

export const indentation: Recogniser = function* (page, trouble) {
  const near = linesNear(page, trouble.line);
  const suspects = [...new Set([...near, ...near.slice(0, 2).flatMap((line) => enclosing(page, line))])]
    .filter(({ indent }) => !/[^ ]/.test(indent))
    .sort((one, other) => oddness(page, other) - oddness(page, one));
  const isOdd = (line: Line) => oddness(page, line) >= 0;
  yield* movesOf(page, suspects.filter(isOdd));
  yield* movesOf(
    page,
    suspects.filter((line) => !isOdd(line)),
  );
  for (const line of near) yield* levelled(page, line);
};

/** One line that is wrong is likelier than several, so those are tried first. */
function* movesOf(page: Page, suspects: readonly Line[]): Iterable<Slip> {
  for (const together of [alone, withFields, withAllBelow, withAlike])
    for (const line of suspects) {
      const moved = together(page.content, line);
      if (moved.length > 0)
        for (const width of widthsAround(page, line)) yield slipOf(page, line, width, moved);
    }
}

/** The fields around a line, each indented as most of them are. */
function* levelled({ content }: Page, line: Line): Iterable<Slip> {
  const at = content.indexOf(line);
  const before = content.slice(0, at).findLastIndex(({ value }) => value === '');
  const after = content.findIndex(({ value }, index) => index > at && value === '');
  const fields = content.slice(before + 1, after === -1 ? content.length : after);
  const widths = fields.map(({ indent }) => indent.length);
  const count = (width: number) => widths.filter((each) => each === width).length;
  const [usual = 0] = [...widths].sort((one, other) => count(other) - count(one));
  const odd = fields.filter(({ indent }) => indent.length !== usual);
  const [first] = odd;
  if (first === undefined || odd.length < 2 || line.value === '') return;
  const width = first.indent.length;
  yield {
    code: 'YAML_INDENT',
    message: `${first.key ?? 'This line'}: is indented too ${width > usual ? 'far' : 'little'}: ${spaces(width)}, its neighbours have ${usual}; ${odd.length - 1} more near it ${odd.length === 2 ? 'differs' : 'differ'} too.`,
    hint: `Begin the lines with ${spaces(usual)}: ${first.body}`,
    line: first.number,
    column: width + 1,
    repair: new Map(odd.map((each) => [each.number, ' '.repeat(usual) + each.body])),
  };
}

/** A line is odder that is indented otherwise than others with its key, and than by twos. */
function oddness({ content }: Page, line: Line): number {
  const alike = content.filter((each) => each.key === line.key && each !== line);
  const isUsual = alike.some(({ indent }) => indent.length === line.indent.length);
  const unlike = alike.length > 0 && !isUsual ? 2 : 0;
  return unlike - (isUsual ? 2 : 0) + (line.indent.length % 2);
}

/** The lines that a line belongs to: each the next above that is indented less. */
function enclosing({ content }: Page, line: Line): readonly Line[] {
  let least = line.indent.length;
  return content
    .slice(Math.max(0, content.indexOf(line) - 60), content.indexOf(line))
    .reverse()
    .filter(({ indent }) => {
      const isOpen = indent.length < least;
      least = Math.min(least, indent.length);
      return isOpen;
    });
}

/** How far the lines around are indented, the nearest to what the line has first. */
function widthsAround(page: Page, line: Line): readonly number[] {
  const [previous, next] = [neighbour(page, line, -1), neighbour(page, line, 1)];
  const lines = [previous, next, ...(previous === undefined ? [] : enclosing(page, previous))];
  const widths = new Set(lines.filter((each) => each !== undefined).map(({ indent }) => indent.length));
  if (previous?.value === '') widths.add(previous.indent.length + 2);
  widths.delete(line.indent.length);
  const distance = (width: number) => Math.abs(width - line.indent.length);
  return [...widths].sort((one, other) => distance(one) - distance(other) || other - one);
}

type Together = (content: readonly Line[], line: Line) => readonly Line[];

const alone: Together = (_, line) => [line];

/** With the values right below it. */
const withFields: Together = (content, line) =>
  run(content, line, (each) => each.indent.length > line.indent.length && each.value !== '');

const withAllBelow: Together = (content, line) =>
  run(content, line, ({ indent }) => indent.length > line.indent.length);

/** With the lines after it that are indented as it is, and hold a value if it does. */
const withAlike: Together = (content, line) =>
  run(
    content,
    line,
    (each) => each.indent.length === line.indent.length && (each.value === '') === (line.value === ''),
  );

/** A line with those after it that belong to it; empty where none does. */
function run(content: readonly Line[], line: Line, belongs: (each: Line) => boolean): readonly Line[] {
  const at = content.indexOf(line);
  const end = content.findIndex((each, index) => index > at && !belongs(each));
  const lines = content.slice(at, end === -1 ? content.length : end);
  return lines.length > 1 ? lines : [];
}

function slipOf(page: Page, line: Line, width: number, moved: readonly Line[]): Slip {
  const now = line.indent.length;
  const shift = (each: Line) => ' '.repeat(Math.max(0, each.indent.length + width - now)) + each.body;
  const what = line.key === null ? 'This line' : `${line.key}:`;
  const others = moved.filter(({ indent }) => indent.length === now).length - 1;
  const and =
    others === 0 ? '' : `, and so ${others === 1 ? 'is the line' : `are the ${others} lines`} after it`;
  return {
    code: 'YAML_INDENT',
    message: `${what} is indented too ${now > width ? 'far' : 'little'}: ${spaces(now)}, ${whose(page, width)} ${width === 0 ? 'none' : width}${and}.`,
    hint: `Begin the line ${width === 0 ? 'without spaces' : `with ${spaces(width)}`}: ${line.body}`,
    line: line.number,
    column: now + 1,
    repair: new Map(moved.map((each) => [each.number, shift(each)])),
  };
}

function whose({ content }: Page, width: number): string {
  return content.some(({ indent }) => indent.length === width) ? 'its neighbours have' : 'it should have';
}

function spaces(count: number): string {
  if (count === 0) return 'no space';
  return `${count} space${count === 1 ? '' : 's'}`;
}
