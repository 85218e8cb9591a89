/** Lines that begin with tabs, or with what only looks like spaces: one problem, however many lines have them. */
import { asSeen, invisibleIn } from '../../invisible.ts';
import { cleaned } from './invisible.ts';
import { type Line, linesNear, type Page } from './page.ts';
import type { Recogniser, Slip } from './slip.ts';

type Kind = {
  readonly code: Slip['code'];
  readonly fits: (indent: string) => boolean;
  /** As how many spaces such a character may be meant, the likeliest first. */
  readonly widths: readonly number[];
  readonly firstIn: (indent: string) => number;
  readonly message: (line: Line, more: number) => string;
};

const tab: Kind = {
  code: 'YAML_TABS',
  fits: (indent) => indent.includes('\t'),
  widths: [2, 4, 8, 1],
  firstIn: (indent) => indent.indexOf('\t'),
  message: (_, more) =>
    `This line is indented with a tab${alsoOf(more, 'is', 'are')}; YAML takes spaces only.`,
};

const invisible: Kind = {
  code: 'YAML_SYNTAX',
  fits: (indent) => invisibleIn(indent) !== null,
  widths: [1, 2, 4],
  firstIn: (indent) => invisibleIn(indent)?.at ?? 0,
  message: ({ indent }, more) => {
    const name = invisibleIn(indent)?.name ?? 'an invisible character';
    const others = more === 0 ? '' : ` and ${more} more`;
    return `${name.charAt(0).toUpperCase()}${name.slice(1)} is hidden in front of this line${others}.`;
  },
};

export const oddIndents: Recogniser = function* (page, trouble) {
  for (const kind of [tab, invisible]) yield* ofKind(kind, page, trouble.line);
};

function* ofKind(kind: Kind, page: Page, trouble: number): Iterable<Slip> {
  const odd = page.lines.filter(({ indent, body }) => kind.fits(indent) && body !== '');
  const [first] = odd;
  if (first === undefined) return;
  const slip = (repair: Slip['repair']): Slip => ({
    code: kind.code,
    message: kind.message(first, odd.length - 1),
    hint: hintFor(first, repair),
    line: first.number,
    column: kind.firstIn(first.indent) + 1,
    repair,
  });
  const isEven = odd.every(({ indent }) => indent === first.indent);
  for (const width of [...(isEven ? [likeNeighbours(page)] : []), ...kind.widths.map(each)]) {
    yield slip(
      new Map(odd.map((line) => [line.number, ' '.repeat(width(line)) + cleaned({ text: line.body })])),
    );
  }
  if (kind === tab && linesNear(page, trouble).some((line) => odd.includes(line))) yield slip(null);
}

function alsoOf(more: number, singular: string, plural: string): string {
  if (more === 0) return '';
  return `, and so ${more === 1 ? `${singular} 1 more line` : `${plural} ${more} more lines`}`;
}

function hintFor({ number, body }: Line, repair: Slip['repair']): string {
  const meant = repair?.get(number);
  if (meant === undefined) return 'Begin the line with spaces, as many as the lines around it have.';
  const spaces = meant.length - body.length;
  if (spaces === 0) return `Begin the line without them: ${body}`;
  return `Begin the line with ${spaces === 1 ? '1 space' : `${spaces} spaces`}: ${body}`;
}

/** Every character that isn't a space as so many spaces; those without a width as none. */
function each(width: number): (line: Line) => number {
  return ({ indent }) =>
    [...indent].reduce((sum, character) => {
      if (character === ' ') return sum + 1;
      return sum + (asSeen(character) === '' ? 0 : width);
    }, 0);
}

/** As the last line before it that begins with spaces alone: a step deeper than one that opens a map. */
function likeNeighbours({ content }: Page): (line: Line) => number {
  return ({ number }) => {
    const before = content.findLast((line) => line.number < number && !/[^ ]/u.test(line.indent));
    if (before === undefined) return 0;
    return before.indent.length + (before.key !== null && before.value === '' ? 2 : 0);
  };
}
