/** What an edit of a file comes to, as a unified diff. */
import { formatPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import type { EditedFile } from '../desired/edit/amendment.ts';
import { harmless } from './harmless.ts';
import { look, type Style } from './style.ts';

const context = 3;

/** A stretch of a file may differ in so many lines: a longer diff tells nobody anything. */
const mostEdits = 5000;

/** One file's diff, with paths as git has them. */
export function patchText({ path, before, after }: EditedFile, style: Style): string {
  const from = before === null ? '/dev/null' : `a/${path}`;
  const hunks = hunksOf(linesOf(before ?? ''), linesOf(after));
  const patch =
    hunks === null
      ? `--- ${from}\n+++ b/${path}\n(too much has changed to be shown)\n`
      : formatPatch(
          { oldFileName: from, newFileName: `b/${path}`, oldHeader: undefined, newHeader: undefined, hunks },
          { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
        );
  return patch
    .split('\n')
    .map((line) => colored(harmless(line), style))
    .join('\n');
}

/** Every line with its line feed, so that a missing last one is seen. */
function linesOf(text: string): string[] {
  return text.replaceAll('\r\n', '\n').match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * Only the stretches that differ are compared, line by line: a file of thousands of partners takes no longer than its
 * changes.
 */
function hunksOf(old: readonly string[], now: readonly string[]): StructuredPatchHunk[] | null {
  const hunks: StructuredPatchHunk[] = [];
  for (const { from, to, newFrom, newTo } of stretches(old, now)) {
    const lead = Math.min(context, from);
    const trail = Math.min(context, old.length - to);
    const patch = structuredPatch(
      '',
      '',
      old.slice(from - lead, to + trail).join(''),
      now.slice(newFrom - lead, newTo + trail).join(''),
      undefined,
      undefined,
      { context, maxEditLength: mostEdits },
    );
    if (patch === undefined) return null;
    for (const hunk of patch.hunks) {
      const oldStart = hunk.oldStart + from - lead;
      hunks.push({ ...hunk, oldStart, newStart: hunk.newStart + newFrom - lead });
    }
  }
  return hunks;
}

/** Lines `from` up to `to` of the old text have become `newFrom` up to `newTo`; all count from 0. */
type Stretch = { from: number; to: number; newFrom: number; newTo: number };

/** What lies between the lines that are surely the same; stretches that share their context are one. */
function stretches(old: readonly string[], now: readonly string[]): Stretch[] {
  const found: Stretch[] = [];
  let [from, newFrom] = [0, 0];
  for (const [line, newLine] of [...anchors(old, now), [old.length, now.length] as const]) {
    const last = found.at(-1);
    if (line > from || newLine > newFrom) {
      if (last !== undefined && from - last.to <= 2 * context)
        Object.assign(last, { to: line, newTo: newLine });
      else found.push({ from, to: line, newFrom, newTo: newLine });
    }
    [from, newFrom] = [line + 1, newLine + 1];
  }
  return found;
}

/** The longest run of lines, as pairs of line numbers, that stand once in each text and in the same order in both. */
function anchors(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const places = onceIn(now);
  type Link = { readonly pair: readonly [number, number]; readonly before: Link | undefined };
  const ends: Link[] = [];
  for (const [text, line] of onceIn(old)) {
    const newLine = places.get(text);
    if (newLine === undefined) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.pair[1] ?? 0) < newLine) low = middle + 1;
      else high = middle;
    }
    ends[low] = { pair: [line, newLine], before: ends[low - 1] };
  }
  const run: (readonly [number, number])[] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.before) run.push(link.pair);
  return run.reverse();
}

/** The lines that stand in a text once, in order, with where they stand. */
function onceIn(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line);
    else places.set(line, index);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

function colored(line: string, style: Style): string {
  if (/^(---|\+\+\+) /.test(line)) return look(style, 'bold', line);
  if (line.startsWith('@@')) return look(style, 'cyan', line);
  if (line.startsWith('+')) return look(style, 'green', line);
  return line.startsWith('-') ? look(style, 'red', line) : line;
}
