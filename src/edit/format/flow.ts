/** Maps in braces and lists in brackets. */
import { leadLines } from './lead.ts';
import type { Collection, OutlineEntry } from './outline.ts';

const step = '  ';

/** `{ a: b }` without its properties; null where a comment is in it. */
export function oneLine({ kind, entries, tail }: Collection): string | null {
  if (entries.length === 0 && tail.length === 0) return kind === 'map' ? '{}' : '[]';
  if (tail.some((line) => line !== '')) return null;
  const parts: string[] = [];
  for (const entry of entries) {
    const text = hasComment(entry) ? null : entryText(entry);
    if (text === null) return null;
    parts.push(text);
  }
  const inner = parts.join(', ');
  return kind === 'map' ? `{ ${inner} }` : `[${inner}]`;
}

/**
 * An entry a line, each with a comma. `start` is the line that the opening brace ends; the closing one is indented by
 * `indent`.
 */
export function brokenFlow(
  { kind, entries, tail }: Collection,
  start: string,
  indent: string,
  fits: (line: string) => boolean,
): string[] {
  const inner = indent + step;
  const lines = entries.flatMap((entry, at) => [
    ...leadLines(entry.lead, inner, at === 0),
    ...itemLines(entry, inner, fits),
  ]);
  const [open, close] = kind === 'map' ? '{}' : '[]';
  return [`${start}${open}`, ...lines, ...leadLines(tail, inner, entries.length === 0), `${indent}${close}`];
}

function itemLines(entry: OutlineEntry, indent: string, fits: (line: string) => boolean): string[] {
  const { value, key } = entry;
  const sameLine = entry.sameLine === '' ? '' : ` ${entry.sameLine}`;
  const text = entryText(entry);
  const line = `${indent}${text},`;
  if (value.kind === 'leaf' || value.kind === 'text') return [`${line}${sameLine}`];
  if (text !== null && fits(line)) return [`${line}${sameLine}`];
  const closed = (lines: readonly string[]) => [...lines.slice(0, -1), `${lines.at(-1)},${sameLine}`];
  if (key === null) return closed(brokenFlow(value, `${indent}${value.properties}`, indent, fits));
  const below = indent + step;
  const opening = `${indent}${key}: ${value.properties}`;
  const whole = oneLine(value);
  if (whole === null && fits(`${opening}{`)) return closed(brokenFlow(value, opening, below, fits));
  const start = `${below}${value.properties}`;
  const short = `${start}${whole},`;
  const lines =
    whole !== null && fits(short) ? [`${short}${sameLine}`] : closed(brokenFlow(value, start, below, fits));
  return [`${indent}${key}:`, ...lines];
}

function entryText({ key, value }: OutlineEntry): string | null {
  if (value.kind === 'text') return null;
  const text = value.kind === 'leaf' ? value.lines.join(' ') : oneLine(value);
  if (text === null) return null;
  const whole = `${value.properties}${text}`.trimEnd();
  if (key === null) return whole;
  return whole === '' ? key : `${key}: ${whole}`;
}

function hasComment({ lead, sameLine }: OutlineEntry): boolean {
  return sameLine !== '' || lead.some((line) => line !== '');
}

/**
 * Whether Prettier keeps its comments where they are. It moves those in and sameLine the inner braces of a map, unless
 * another comment in the map keeps it on several lines.
 */
export function isSimpleFlow({ kind, entries, tail }: Collection): boolean {
  const isKeptOpen =
    kind === 'list' ||
    tail.some((line) => line !== '') ||
    entries.some(
      (entry) => entry.lead.some((line) => line !== '') || (isLeaf(entry) && entry.sameLine !== ''),
    );
  return entries.every(({ value, sameLine }) => {
    if (value.kind === 'leaf') return true;
    if (value.kind === 'text') return false;
    return isKeptOpen ? isSimpleFlow(value) : sameLine === '' && oneLine(value) !== null;
  });
}

function isLeaf({ value }: OutlineEntry): boolean {
  return value.kind === 'leaf';
}
