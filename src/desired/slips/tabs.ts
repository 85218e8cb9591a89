import type { Line, Page } from './page.ts';
import { linesNear } from './page.ts';
import type { Recogniser, Slip } from './slip.ts';

/** Tabs in front of a line: one problem, however many lines have them. */
export const tabs: Recogniser = function* (page, trouble) {
  const tabbed = page.lines.filter(({ indent, body }) => indent.includes('\t') && body !== '');
  const [first] = tabbed;
  if (first === undefined) return;
  const more =
    tabbed.length === 1
      ? ''
      : `, and so ${tabbed.length === 2 ? 'is 1 more line' : `are ${tabbed.length - 1} more lines`}`;
  const slip = (repair: Slip['repair']): Slip => ({
    code: 'YAML_TABS',
    message: `This line is indented with a tab${more}; YAML takes spaces only.`,
    hint: hintFor(first, repair),
    line: first.number,
    column: first.indent.indexOf('\t') + 1,
    repair,
  });
  for (const width of [likeNeighbours(page), eachTab(2), eachTab(4), eachTab(8)]) {
    yield slip(new Map(tabbed.map((line) => [line.number, ' '.repeat(width(line)) + line.body])));
  }
  if (linesNear(page, trouble.line).some((line) => tabbed.includes(line))) yield slip(null);
};

function hintFor({ number, body }: Line, repair: Slip['repair']): string {
  const meant = repair?.get(number);
  if (meant === undefined) return 'Begin the line with spaces, as many as the lines around it have.';
  const spaces = meant.length - body.length;
  return `Begin the line with ${spaces === 1 ? '1 space' : `${spaces} spaces`}: ${body}`;
}

function eachTab(width: number): (line: Line) => number {
  return ({ indent }) => indent.replaceAll('\t', ' '.repeat(width)).length;
}

/** As the last line without a tab: a step deeper than one that opens a map. */
function likeNeighbours({ content }: Page): (line: Line) => number {
  return ({ number }) => {
    const before = content.findLast((line) => line.number < number && !line.indent.includes('\t'));
    if (before === undefined) return 0;
    return before.indent.length + (before.key !== null && before.value === '' ? 2 : 0);
  };
}
