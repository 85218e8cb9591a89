/**
 * Suggestions by the Damerau–Levenshtein distance (optimal string alignment), which counts swapped neighbours as one slip:
 * "teir" is as near to "tier" as a typist thinks it is. Written here since it is a loop, and the packages for it count a
 * swap as two.
 */

/** The candidate that somebody who typed `text` most likely meant, or null where none is near enough to say. */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= least) continue;
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** A sentence to follow the problem: ` Did you mean silver?`, or nothing where no candidate is near. */
export function didYouMean(meant: string | null): string {
  return meant === null ? '' : ` Did you mean ${meant}?`;
}

/** Damerau–Levenshtein: how many letters must be changed, added, dropped or swapped with their neighbour. */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (last[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(
        Math.min(
          change,
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[other.length] ?? 0;
}
