/** Problems that are one mistake made again and again: one of them, with where the others are. */

import { listed } from '../english.ts';
import { grouped } from '../grouped.ts';
import type { Problem } from '../problem.ts';

/** A problem, and what it has in common with others that need the same correction; null where each needs its own. */
export type Found = Problem & { readonly kind: string | null };

/** Two of a kind are shown both. */
const mostShown = 2;
const mostNamed = 5;

/** In the order in which they were found; what needs a correction of its own is kept as it is. */
export function condense(found: readonly Found[]): Problem[] {
  const alike = grouped(found, ({ kind }) => kind);
  return found.flatMap((each) => {
    const { kind, ...problem } = each;
    const all = kind === null ? [] : (alike.get(kind) ?? []);
    if (all.length <= mostShown) return [problem];
    if (all[0] !== each) return [];
    const others = all.slice(1).flatMap(({ position }) => position?.line ?? []);
    return [{ ...problem, message: `${problem.message} ${alsoOn(others)}` }];
  });
}

/** Says on which other lines a problem is. */
export function alsoOn(numbers: readonly number[]): string {
  const lines = [...new Set(numbers)];
  const count = `${lines.length.toLocaleString('en')} more line${lines.length === 1 ? ' has' : 's have'} the same problem`;
  if (lines.length === 0 || lines.length > mostNamed) return `${count}.`;
  return `${count}: ${listed(lines.map(String))}.`;
}
