/** What an edit of a file changes, as a unified diff. */
import { formatPatch, type StructuredPatchHunk } from 'diff';
import type { EditedFile } from '../edit/amendment.ts';
import { type DiffLine, patienceDiff } from './patience-diff.ts';
import { look, type Style } from './style.ts';

/** How many unchanged lines are shown around a change. */
const context = 3;

/** One file's diff as git writes it, line by line; the lines are as they are in the file. */
export function patchLines({ path, before, after }: EditedFile): string[] {
  const from = before === null ? '/dev/null' : `a/${path}`;
  const [old, now] = comparable(before ?? '', after).map(linesOf);
  const hunks = hunksOf(old ?? [], now ?? []);
  const patch = formatPatch(
    {
      oldFileName: from,
      newFileName: `b/${path}`,
      oldHeader: undefined,
      newHeader: undefined,
      hunks: hunks ?? [],
    },
    { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  );
  const lines = patch.split('\n').slice(0, -1);
  return hunks === null ? [...lines, '(too much has changed to be shown)'] : lines;
}

/** The lines of a diff as they look on a terminal. */
export function patchText(lines: readonly string[], style: Style): string {
  return lines.map((line, index) => `${colored(line, index < 2, style)}\n`).join('');
}

/** Windows line endings are shown only where they are what has changed: on every line they would hide the change. */
function comparable(before: string, after: string): [string, string] {
  const [old, now] = [unixText(before), unixText(after)];
  return old === now || hasMixedEndings(before) ? [before, after] : [old, now];
}

function unixText(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function hasMixedEndings(text: string): boolean {
  return text.includes('\r\n') && /(^|[^\r])\n/.test(text);
}

/** Every line with its line feed, so that a missing last one is seen. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksOf(old: readonly string[], now: readonly string[]): StructuredPatchHunk[] | null {
  const script = patienceDiff(old, now);
  if (script === null) return null;
  let [at, oldStart, newStart] = [0, 1, 1];
  return stretches(script).map(({ from, to }) => {
    // Between two hunks, both texts have the same lines.
    oldStart += from - at;
    newStart += from - at;
    const part = script.slice(from, to);
    const oldLines = part.filter(({ sign }) => sign !== '+').length;
    const newLines = part.filter(({ sign }) => sign !== '-').length;
    const hunk = { oldStart, oldLines, newStart, newLines, lines: part.flatMap(lineOf) };
    [at, oldStart, newStart] = [to, oldStart + oldLines, newStart + newLines];
    return hunk;
  });
}

/** Where the changes are, with their context; those whose contexts meet are one. */
function stretches(script: readonly DiffLine[]): { from: number; to: number }[] {
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

function lineOf({ sign, text }: DiffLine): string[] {
  if (text.endsWith('\n')) return [`${sign}${text.slice(0, -1)}`];
  return [`${sign}${text}`, '\\ No newline at end of file'];
}

function colored(line: string, isHead: boolean, style: Style): string {
  if (isHead) return look(style, 'bold', line);
  if (line.startsWith('@@')) return look(style, 'cyan', line);
  if (line.startsWith('+')) return look(style, 'green', line);
  return line.startsWith('-') ? look(style, 'red', line) : line;
}
