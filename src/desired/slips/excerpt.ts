import { contentOf, type Line, type Page } from './page.ts';

/** How many lines before and after a place are enough to see what somebody meant there. */
const reach = 40;

/**
 * The part of a long file around a line, with the beginning of each section above it: what was meant there is tried on
 * some hundred lines, and not on all of them each time. Lines keep their numbers.
 */
export function excerpt(page: Page, number: number): Page {
  const { lines, content } = page;
  if (content.length <= 5 * reach) return page;
  const found = content.findIndex((line) => line.number >= number);
  const at = found === -1 ? content.length - 1 : found;
  const head = content.slice(0, at).findLastIndex(isSection);
  const start = entryBefore(content, Math.max(head + 1, at - reach), head);
  const end = entryAfter(content, at + reach, head);
  // From the section's key on where the entries begin right there: comments between them may be what is wrong.
  const kept = [
    ...openings(content.slice(0, head + 1)),
    [content[start === head + 1 ? Math.max(head, 0) : start], content[end - 1]] as const,
  ];
  const isKept = (line: Line) =>
    kept.some(([first, last]) => line.number >= (first?.number ?? 0) && line.number <= (last?.number ?? 0));
  const near = lines.filter(isKept);
  return {
    lines: near,
    content: contentOf(near),
    hasLoneReturns: page.hasLoneReturns,
  };
}

function isSection({ indent, key }: Line): boolean {
  return indent === '' && key !== null;
}

/** Whether a line begins an entry of the section whose key is at `head`: it is indented as little as any near it. */
function isEntry(content: readonly Line[], index: number, head: number): boolean {
  const line = content[index];
  const near = content.slice(Math.max(head + 1, index - reach), index + reach);
  const widths = near.map(({ indent }) => indent.length).filter((width) => width > 0);
  return line === undefined || line.indent.length <= Math.min(...widths);
}

function entryBefore(content: readonly Line[], from: number, head: number): number {
  let index = from;
  while (index > head + 1 && !isEntry(content, index, head)) index--;
  return index;
}

function entryAfter(content: readonly Line[], from: number, head: number): number {
  let index = Math.min(from, content.length);
  while (index < content.length && !isEntry(content, index, head)) index++;
  return index;
}

/** The first entries of each section, as the first and the last of their lines. */
function openings(content: readonly Line[]): (readonly [Line | undefined, Line | undefined])[] {
  const heads = content.flatMap((line, index) => (index === 0 || isSection(line) ? [index] : []));
  return heads.map((head, which) => {
    const next = heads[which + 1] ?? content.length;
    return [content[head], content[Math.min(next, entryAfter(content, head + reach, head)) - 1]] as const;
  });
}
