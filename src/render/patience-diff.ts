/**
 * Patience diff: the longest common run of lines that occur once in each text splits both into pieces, and Myers'
 * algorithm (jsdiff) compares only the pieces. It is written here because jsdiff alone took 6.7 s for scattered changes
 * of a file of thousands of partners; this takes as long as its changes.
 */
import { diffArrays } from 'diff';

export type DiffLine = { readonly sign: ' ' | '-' | '+'; readonly text: string };

/** One piece may differ in so many lines: nobody reads a longer diff, and computing it takes quadratic time. */
const mostEdits = 5000;

type Compare = (old: readonly string[], now: readonly string[]) => DiffLine[] | null;

/** Both texts as one list of lines, or null where too much has changed. */
export function patienceDiff(old: readonly string[], now: readonly string[]): DiffLine[] | null {
  return betweenEnds(old, now, byAnchors);
}

/** What both begin with and end with is no difference: what is left is compared. */
function betweenEnds(old: readonly string[], now: readonly string[], compare: Compare): DiffLine[] | null {
  const shorter = Math.min(old.length, now.length);
  let [above, below] = [0, 0];
  while (above < shorter && old[above] === now[above]) above++;
  while (below < shorter - above && old.at(-1 - below) === now.at(-1 - below)) below++;
  const script = compare(old.slice(above, old.length - below), now.slice(above, now.length - below));
  if (script === null) return null;
  return [...signed(' ', old.slice(0, above)), ...script, ...signed(' ', old.slice(old.length - below))];
}

function byAnchors(old: readonly string[], now: readonly string[]): DiffLine[] | null {
  const script: DiffLine[] = [];
  let [from, newFrom] = [0, 0];
  for (const [line, newLine] of [...anchors(old, now), [old.length, now.length] as const]) {
    if (line > from || newLine > newFrom) {
      const piece = betweenEnds(old.slice(from, line), now.slice(newFrom, newLine), compareLines);
      if (piece === null) return null;
      for (const each of piece) script.push(each);
    }
    const same = old[line];
    if (same !== undefined) script.push({ sign: ' ', text: same });
    [from, newFrom] = [line + 1, newLine + 1];
  }
  return script;
}

function compareLines(old: readonly string[], now: readonly string[]): DiffLine[] | null {
  if (!haveNothingInCommon(old, now)) return myers(old, now);
  if (old.length + now.length > mostEdits) return null;
  return [...signed('-', old), ...signed('+', now)];
}

/** Known of few lines only: of more, finding out takes as long as comparing them. */
function haveNothingInCommon(old: readonly string[], now: readonly string[]): boolean {
  return old.length * now.length < 10 && !old.some((line) => now.includes(line));
}

function myers(old: readonly string[], now: readonly string[]): DiffLine[] | null {
  const parts = diffArrays([...old], [...now], { maxEditLength: mostEdits });
  return parts?.flatMap((part) => signed(signOf(part), part.value)) ?? null;
}

function signed(sign: DiffLine['sign'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ sign, text }));
}

function signOf({
  added,
  removed,
}: {
  readonly added: boolean;
  readonly removed: boolean;
}): DiffLine['sign'] {
  if (added) return '+';
  return removed ? '-' : ' ';
}

/**
 * The longest list of pairs of line numbers, rising in both texts, whose lines occur once in each: the longest
 * increasing subsequence by patience sorting, where each pile remembers what lay on the pile before it.
 */
function anchors(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const places = linesOnce(now);
  type Card = { readonly pair: readonly [number, number]; readonly before: Card | undefined };
  const piles: Card[] = [];
  for (const [text, line] of linesOnce(old)) {
    const newLine = places.get(text);
    if (newLine === undefined) continue;
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[middle]?.pair[1] ?? 0) < newLine) low = middle + 1;
      else high = middle;
    }
    piles[low] = { pair: [line, newLine], before: piles[low - 1] };
  }
  const pairs: (readonly [number, number])[] = [];
  for (let card = piles.at(-1); card !== undefined; card = card.before) pairs.push(card.pair);
  return pairs.reverse();
}

/** The lines that occur once in a text, in order, each with its number. */
function linesOnce(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line);
    else places.set(line, index);
  }
  for (const line of repeated) places.delete(line);
  return places;
}
