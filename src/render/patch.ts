/** What an edit of a file comes to, as a unified diff. */
import { diffArrays, formatPatch, type StructuredPatchHunk } from 'diff';
import type { EditedFile } from '../edit/amendment.ts';
import { harmless } from './sanitise.ts';
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

type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string };

function hunksOf(old: readonly string[], now: readonly string[]): StructuredPatchHunk[] | null {
  const script = scriptOf(old, now);
  if (script === null) return null;
  let [at, oldStart, newStart] = [0, 1, 1];
  return stretches(script).map(({ from, to }) => {
    // Between two hunks, both texts have the same lines.
    oldStart += from - at;
    newStart += from - at;
    const part = script.slice(from, to);
    const oldLines = part.filter(({ sign }) => sign !== '+').length;
    const newLines = part.filter(({ sign }) => sign !== '-').length;
    const made = { oldStart, oldLines, newStart, newLines, lines: part.flatMap(patchLines) };
    [at, oldStart, newStart] = [to, oldStart + oldLines, newStart + newLines];
    return made;
  });
}

/**
 * Both texts as one list of lines. Only what lies between the lines that are surely the same is compared: a file of
 * thousands of partners takes no longer than its changes.
 */
function scriptOf(old: readonly string[], now: readonly string[]): Line[] | null {
  const script: Line[] = [];
  let [from, newFrom] = [0, 0];
  for (const [line, newLine] of [...anchors(old, now), [old.length, now.length] as const]) {
    if (line > from || newLine > newFrom) {
      const [gone, come] = [old.slice(from, line), now.slice(newFrom, newLine)];
      const parts = diffArrays(gone, come, { maxEditLength: mostEdits });
      if (parts === undefined) return null;
      for (const { value, added, removed } of parts)
        for (const text of value) script.push({ sign: added ? '+' : removed ? '-' : ' ', text });
    }
    const same = old[line];
    if (same !== undefined) script.push({ sign: ' ', text: same });
    [from, newFrom] = [line + 1, newLine + 1];
  }
  return script;
}

/** Where the changes are, with their context; those that share some are one. */
function stretches(script: readonly Line[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const [index, { sign }] of script.entries()) {
    if (sign === ' ') continue;
    const [from, to] = [Math.max(0, index - context), Math.min(script.length, index + 1 + context)];
    const last = found.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else found.push({ from, to });
  }
  return found;
}

function patchLines({ sign, text }: Line): string[] {
  if (text.endsWith('\n')) return [`${sign}${text.slice(0, -1)}`];
  return [`${sign}${text}`, '\\ No newline at end of file'];
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
