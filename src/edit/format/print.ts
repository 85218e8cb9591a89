/** An outline as text: two spaces a level, one blank line at most, short collections on one line if they were. */
import type { Collection, Outline, OutlineEntry } from './outline.ts';

const step = '  ';

/** A collection in braces or brackets that makes its line longer than this is written out. */
const widest = 100;

export function render(root: Outline): string {
  const blocks = root.entries.map((entry) => ({ entry, lines: entryLines(entry, '', true) }));
  const lines = blocks.flatMap(({ entry, lines: own }, index) => {
    const previous = blocks[index - 1];
    const apart = previous !== undefined && (own.length > 1 || previous.lines.length > 1);
    return [...lead(apart ? ['', ...entry.lead] : entry.lead, '', index === 0), ...own];
  });
  return `${[...lines, ...lead(root.tail, '', false)].join('\n')}\n`;
}

/** Comments and blank lines, no two blank ones in a row, and none at the very beginning. */
function lead(comments: readonly string[], indent: string, first: boolean): string[] {
  return comments
    .filter((comment, index) => comment !== '' || (index === 0 ? !first : comments[index - 1] !== ''))
    .map((comment) => (comment === '' ? '' : `${indent}${comment}`));
}

function block({ kind, entries, tail }: Collection, indent: string): string[] {
  const lines = entries.flatMap((entry, index) => [
    ...lead(entry.lead, indent, index === 0),
    ...(kind === 'list' ? itemLines(entry, indent) : entryLines(entry, indent, false)),
  ]);
  return [...lines, ...lead(tail, indent, false)];
}

function entryLines(entry: OutlineEntry, indent: string, top: boolean): string[] {
  const { key, value } = entry;
  const start = `${indent}${key}:`;
  if (typeof value === 'string')
    return [beside(value.startsWith('\n') ? `${start}${value}` : `${start} ${value}`, entry)];
  const open = top && key === 'partners' && value.entries.length > 0;
  const line = open ? null : oneLine(value, start.length + 1);
  if (line !== null) return [beside(`${start} ${line}`, entry)];
  return [beside(`${start} ${value.anchor}`.trimEnd(), entry), ...block(value, `${indent}${step}`)];
}

function itemLines(entry: OutlineEntry, indent: string): string[] {
  const { value } = entry;
  const line = typeof value === 'string' ? value : oneLine(value, indent.length + 2);
  if (line !== null) return [beside(`${indent}- ${line}`, entry)];
  const [first = '', ...rest] = block(value as Collection, `${indent}${step}`);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

/** `{ a: b }`, where the collection was in such a form, has no comments and fits; null elsewhere. */
function oneLine(collection: Collection, column: number): string | null {
  const { anchor, flow, kind, entries, tail } = collection;
  if (entries.length === 0 && tail.length === 0) return `${anchor}${kind === 'map' ? '{}' : '[]'}`;
  if (!flow || tail.length > 0) return null;
  const parts: string[] = [];
  for (const { key, value, lead: above, beside: comment } of entries) {
    const text = typeof value === 'string' ? value : oneLine(value, 0);
    if (text === null || comment !== '' || above.some((line) => line !== '') || text.includes('\n'))
      return null;
    parts.push(key === null ? text : `${key}: ${text}`);
  }
  const inner = parts.join(', ');
  const text = `${anchor}${kind === 'map' ? `{ ${inner} }` : `[${inner}]`}`;
  return column + text.length > widest ? null : text;
}

function beside(line: string, { beside: comment }: OutlineEntry): string {
  return comment === '' ? line : `${line} ${comment}`;
}
