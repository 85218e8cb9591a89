/** Decides which braces become lines of their own: what is on one line and doesn't fit, or has comments too deep in it. */
import { columnsOf } from '../../columns.ts';
import { isSimpleFlow, oneLine } from './flow.ts';
import type { Collection, Outline, OutlineEntry } from './outline.ts';

/** Prettier's default, and yamllint's. */
export const widest = 80;

export function fits(line: string): boolean {
  return columnsOf(line) <= widest;
}

/**
 * An outline in which every collection that is to be written without braces says so. One that is in braces over
 * several lines stays in them, since Prettier leaves it there.
 */
export function writtenOut(outline: Outline): Outline {
  const { root } = outline;
  const style = root.style !== 'block' && isToBeWrittenOut(root, root.properties) ? 'block' : root.style;
  return { ...outline, root: inside({ ...root, style }, '') };
}

function inside(collection: Collection, indent: string): Collection {
  if (collection.style !== 'block') return collection;
  return { ...collection, entries: collection.entries.map((entry) => settled(entry, indent)) };
}

function settled(entry: OutlineEntry, indent: string): OutlineEntry {
  const { value, key } = entry;
  if (value.kind === 'leaf' || value.kind === 'text') return entry;
  const inner = `${indent}  `;
  if (value.style === 'block') return { ...entry, value: inside(value, inner) };
  const isApart = entry.aside !== '' || entry.over.length > 0 || entry.under.length > 0;
  const start = key === null || isApart ? inner : `${indent}${key}: `;
  if (!isToBeWrittenOut(value, `${start}${value.properties}`)) return entry;
  return withoutBraces(entry, inside({ ...value, style: 'block' }, inner));
}

function isToBeWrittenOut(value: Collection, start: string): boolean {
  const line = oneLine(value);
  if (line === null) return !isSimpleFlow(value);
  return value.style === 'line' && !fits(`${start}${line}`);
}

/** The comments around the braces go after the key, above the first entry and below the last. */
function withoutBraces(entry: OutlineEntry, value: Collection): OutlineEntry {
  const [aside = '', ...above] = [entry.aside, entry.sameLine, ...entry.over].filter((line) => line !== '');
  const bare = { ...entry, sameLine: '', over: [], under: [] };
  const tail = [...value.tail, ...entry.under];
  if (value.properties !== '') {
    const below = [aside, ...above, ...value.below].filter((line, at) => at > 0 || line !== '');
    return { ...bare, aside: '', value: { ...value, below, tail } };
  }
  const entries = value.entries.map((each, at) =>
    at === 0 ? { ...each, lead: [...above, ...each.lead] } : each,
  );
  return { ...bare, aside, value: { ...value, entries, tail } };
}
