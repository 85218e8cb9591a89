/** What an edit of a file comes to, as a unified diff. */
import { createTwoFilesPatch, formatPatch, structuredPatch } from 'diff';
import type { EditedFile } from '../desired/edit/amend.ts';
import { inOrder, type Splice } from '../desired/edit/splice.ts';
import { harmless } from './harmless.ts';
import { look, type Style } from './style.ts';

const context = 3;

/** A comparison of two whole texts may take this long, in milliseconds; a longer one tells nobody anything. */
const patience = 1000;

/** One file's diff, with paths as git has them. */
export function patchText(file: EditedFile, style: Style): string {
  const patch = file.before === null || file.splices === null ? ofWhole(file) : ofSplices(file.before, file);
  return patch
    .split('\n')
    .map((line) => colored(harmless(line), style))
    .join('\n');
}

function ofWhole({ path, before, after }: EditedFile): string {
  const from = before === null ? '/dev/null' : `a/${path}`;
  const options = { context, timeout: patience, headerOptions };
  const patch = createTwoFilesPatch(
    from,
    `b/${path}`,
    lf(before ?? ''),
    lf(after),
    undefined,
    undefined,
    options,
  );
  return patch ?? `--- ${from}\n+++ b/${path}\n(too much has changed to be shown)\n`;
}

const headerOptions = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };

/**
 * Where the changes are is known, so only their surroundings are compared: a file of thousands of partners takes no
 * longer than its changes.
 */
function ofSplices(before: string, { path, after, splices }: EditedFile): string {
  const old = lf(before).split('\n');
  const now = lf(after).split('\n');
  let shift = 0;
  const hunks = regions(before, splices ?? []).flatMap(({ from, to, grown }) => {
    const first = Math.max(0, from - context);
    const last = Math.min(old.length, to + 1 + context);
    const part = (lines: readonly string[], start: number, end: number) =>
      lines.slice(start, end).join('\n') + (end < lines.length ? '\n' : '');
    const { hunks: found } = structuredPatch(
      '',
      '',
      part(old, first, last),
      part(now, first + shift, last + shift + grown),
      undefined,
      undefined,
      { context },
    );
    const placed = found.map((hunk) => ({
      ...hunk,
      oldStart: hunk.oldStart + first,
      newStart: hunk.newStart + first + shift,
    }));
    shift += grown;
    return placed;
  });
  const names = {
    oldFileName: `a/${path}`,
    newFileName: `b/${path}`,
    oldHeader: undefined,
    newHeader: undefined,
  };
  return formatPatch({ ...names, hunks }, headerOptions);
}

type Region = { from: number; to: number; grown: number };

/** Runs of changed lines that are near enough to share their context; lines count from 0. */
function regions(before: string, splices: readonly Splice[]): Region[] {
  const found: Region[] = [];
  let line = 0;
  let at = 0;
  const lineOf = (offset: number) => {
    line += breaks(before.slice(at, offset));
    at = offset;
    return line;
  };
  for (const { start, end, text } of inOrder(splices)) {
    const from = lineOf(start);
    const to = lineOf(end);
    const grown = breaks(text) - (to - from);
    const last = found.at(-1);
    if (last !== undefined && from - last.to <= 2 * context) {
      last.to = to;
      last.grown += grown;
    } else found.push({ from, to, grown });
  }
  return found;
}

function breaks(text: string): number {
  return text.split('\n').length - 1;
}

function lf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function colored(line: string, style: Style): string {
  if (/^(---|\+\+\+) /.test(line)) return look(style, 'bold', line);
  if (line.startsWith('@@')) return look(style, 'cyan', line);
  return line.startsWith('+')
    ? look(style, 'green', line)
    : line.startsWith('-')
      ? look(style, 'red', line)
      : line;
}
