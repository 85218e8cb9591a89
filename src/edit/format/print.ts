/** An outline as text, laid out as Prettier does: two spaces a level, blank lines kept but not repeated, 80 columns for braces. */
import { brokenFlow, oneLine } from './flow.ts';
import { commentLines, leadLines } from './lead.ts';
import type { BlockText, Collection, Leaf, Outline, OutlineEntry } from './outline.ts';
import { fits, writtenOut } from './write-out.ts';

const step = '  ';

export function printOutline(outline: Outline): string {
  const { start, root, end } = writtenOut(outline);
  return `${[...start, ...rootLines(root), ...end].join('\n')}\n`;
}

function rootLines(root: Collection): string[] {
  const { properties, below, style, tail } = root;
  // A literal text would take a comment right below it for one of its lines.
  const apart = endsInText(root) && tail.length > 0 && tail[0] !== '' ? [''] : [];
  // Prettier keeps a blank line at the end of a file below a comment.
  const isBare = tail.every((line) => line === '');
  const end = isBare ? [] : [...apart, ...leadLines(tail, '', root.entries.length === 0)];
  if (style !== 'block') return [...rootFlow(root), ...end];
  const above = properties === '' ? [] : [properties.trimEnd(), ...commentLines(below, '')];
  return [...above, ...blockLines({ ...root, tail: [] }, '', true), ...end];
}

function rootFlow(root: Collection): string[] {
  const [first, ...rest] = root.entries;
  const bare = first === undefined ? root : { ...root, entries: [{ ...first, lead: [] }, ...rest] };
  const line = oneLine({ ...bare, tail: [] });
  const lines =
    line !== null && fits(line)
      ? [`${root.properties}${line}`]
      : brokenFlow({ ...bare, tail: [] }, root.properties, '', fits);
  return [...leadLines(first?.lead ?? [], '', true), ...lines];
}

/** The lines of a map or list without braces. `isLast` says that nothing of the document follows but comments. */
function blockLines(collection: Collection, indent: string, isLast: boolean): string[] {
  const { kind, entries, tail } = collection;
  const lines = entries.flatMap((entry, index) => {
    const isEnd = isLast && index === entries.length - 1;
    return [
      ...leadLines(leadOf(entry, kind), indent, index === 0),
      ...(kind === 'list' ? itemLines(entry, indent, isEnd) : entryLines(entry, indent, isEnd)),
    ];
  });
  const apart = isLast && tail[0] === '' && endsInComment(collection) ? [''] : [];
  return [...lines, ...apart, ...leadLines(tail, indent, false)];
}

/** Prettier drops blank lines after the comments of a list's entry that has comments below it, too. */
function leadOf({ lead, under, value }: OutlineEntry, kind: Collection['kind']): readonly string[] {
  const tail = value.kind === 'leaf' || value.kind === 'text' || value.style !== 'block' ? [] : value.tail;
  const hasCommentsBelow = [...under, ...tail].some((line) => line !== '');
  if (kind === 'map' || !hasCommentsBelow) return lead;
  return lead.filter((line, at) => line !== '' || at === 0);
}

function entryLines(entry: OutlineEntry, indent: string, isLast: boolean): string[] {
  const { value, aside, over, under, sameLine } = entry;
  const key = `${indent}${entry.key}:`;
  const inner = indent + step;
  if (value.kind === 'text') return [joined(key, value.header), ...textLines(value, indent)];
  if (value.kind !== 'leaf' && value.style === 'block') {
    const [properties, ...comments] = propertyLines(value, inner);
    return [joined(key, aside, properties), ...comments, ...blockLines(value, inner, isLast)];
  }
  if (value.kind === 'leaf' && value.lines.length === 0)
    return [
      emptyLine(key, value, sameLine || aside),
      ...commentLines(over, inner),
      ...underLines(entry, inner),
    ];
  if (isEmptyFlow(value) && aside === '' && over.length === 0)
    return [...flowLines(key, { ...entry, under: [] }, value, inner), ...underLines(entry, inner)];
  if (aside !== '' || over.length > 0 || under.length > 0)
    return [joined(key, aside), ...leadLines(over, inner, true), ...valueLines(entry, value, inner)];
  if (value.kind !== 'leaf') return flowLines(key, entry, value, inner);
  const [first = '', ...rest] = valueLines(entry, value, inner);
  return [`${key} ${first.trimStart()}`, ...rest];
}

function itemLines(entry: OutlineEntry, indent: string, isLast: boolean): string[] {
  const { value, aside, over, sameLine } = entry;
  const inner = indent + step;
  const above = [aside, ...over].filter((line, at) => at > 0 || line !== '');
  if (value.kind === 'leaf' && value.lines.length === 0 && value.properties === '')
    return [
      emptyLine(`${indent}-`, { ...value, properties: ' ' }, sameLine || aside),
      ...underLines(entry, inner),
    ];
  const [first = '', ...rest] = [...commentLines(above, inner), ...contentLines(entry, inner, isLast)];
  return [`${indent}- ${first.slice(inner.length)}`, ...rest];
}

function contentLines(entry: OutlineEntry, inner: string, isLast: boolean): string[] {
  const { value } = entry;
  if (value.kind === 'text')
    return [`${inner}${value.header}`, ...textLines(value, inner.slice(step.length))];
  if (value.kind === 'leaf' || value.style !== 'block') return valueLines(entry, value, inner);
  const [properties = '', ...comments] = propertyLines(value, inner);
  const head = properties === '' ? [] : [`${inner}${properties}`];
  return [...head, ...comments, ...blockLines(value, inner, isLast)];
}

/** A key or dash with nothing after it: there, Prettier leaves the space of a value in front of a comment. */
function emptyLine(start: string, { properties }: Leaf, comment: string): string {
  const line = properties.trim() === '' ? start : `${start} ${properties.trimEnd()}`;
  return `${line}${properties === '' || comment === '' ? '' : ' '}${comment === '' ? '' : ` ${comment}`}`;
}

/** Braces after a key: on its line if they fit or have to be broken anyway, else below. */
function flowLines(key: string, entry: OutlineEntry, value: Collection, inner: string): string[] {
  const line = oneLine(value);
  const start = `${key} ${value.properties}`;
  if (value.below.length === 0) {
    if (line !== null && fits(`${start}${line}`)) return [joined(`${start}${line}`, entry.sameLine)];
    const breaksAnyway = line === null || entry.sameLine !== '';
    if (breaksAnyway && fits(`${start}{`)) return withSameLine(brokenFlow(value, start, inner, fits), entry);
    return [key, ...valueLines(entry, value, inner)];
  }
  const [first = '', ...rest] = valueLines(entry, value, inner);
  return [`${key} ${first.trimStart()}`, ...rest];
}

/** A scalar, an alias or braces on lines of their own, with the comments sameLine and below. */
function valueLines(entry: OutlineEntry, value: Leaf | Collection, inner: string): string[] {
  const [properties = '', ...comments] = value.below.length === 0 ? [] : propertyLines(value, inner);
  const above = properties === '' ? [] : [`${inner}${properties}`, ...comments];
  const start = value.below.length === 0 ? `${inner}${value.properties}` : inner;
  return [...above, ...withSameLine(ownLines(value, start, inner), entry), ...underLines(entry, inner)];
}

function ownLines(value: Leaf | Collection, start: string, inner: string): string[] {
  if (value.kind === 'leaf') {
    const [first = '', ...rest] = value.lines;
    return [`${start}${first}`.trimEnd(), ...commentLines(rest, inner)];
  }
  const line = oneLine(value);
  if (line !== null && fits(`${start}${line}`)) return [`${start}${line}`];
  return brokenFlow(value, start, inner, fits);
}

/** Anchor and tag, with one comment sameLine them or several below. */
function propertyLines(value: Leaf | Collection, inner: string): string[] {
  const { properties, below } = value;
  if (properties === '') return commentLines(below, inner);
  const comments = below.filter((line) => line !== '');
  if (comments.length !== 1) return [properties.trimEnd(), ...commentLines(below, inner)];
  return [`${properties}${comments[0]}`, ...(below.at(-1) === '' ? [''] : [])];
}

function textLines({ indent, lines }: BlockText, parent: string): string[] {
  if (indent === null) return [...lines];
  return commentLines(lines, parent + ' '.repeat(indent));
}

/** Comments below a value; Prettier parts them by two blank lines from a comment sameLine it. */
function underLines({ under, sameLine }: OutlineEntry, inner: string): string[] {
  const apart = under[0] === '' && sameLine !== '' ? [''] : [];
  return [...apart, ...leadLines(under, inner, false)];
}

/** Whether the last line has a comment: at the end of a document, Prettier parts it by two blank lines from a tail. */
function endsInComment({ entries }: Collection): boolean {
  const last = entries.at(-1);
  if (last === undefined) return false;
  const { value, sameLine, under } = last;
  if (value.kind === 'text' || under.length > 0) return false;
  const isBlock = value.kind !== 'leaf' && value.style === 'block';
  return isBlock ? value.tail.length === 0 && endsInComment(value) : sameLine !== '';
}

/** Nothing in braces leaves room for comments below it. */
function isEmptyFlow(value: OutlineEntry['value']): value is Collection {
  return value.kind !== 'leaf' && value.kind !== 'text' && value.entries.length === 0;
}

/** Whether the last line is one of a literal or folded text. */
function endsInText({ entries }: Collection): boolean {
  const value = entries.at(-1)?.value;
  if (value === undefined || value.kind === 'leaf') return false;
  return value.kind === 'text' ? value.indent !== null : endsInText(value);
}

function withSameLine(lines: readonly string[], { sameLine }: OutlineEntry): string[] {
  return [...lines.slice(0, -1), joined(lines.at(-1), sameLine)];
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== '' && part !== undefined).join(' ');
}
