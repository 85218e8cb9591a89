import { isNone, textOf } from '../json.ts';
import type { FieldChange, Plan } from '../plan/plan.ts';
import { partsOf } from './sections.ts';

/** How many partners a plan moves from one tier to another: what people look for first in a review. */
export type TierMove = { readonly from: string; readonly to: string; readonly partners: number };

/** The moves of what this change does, the most frequent first; creates move nobody. */
export function tierMoves(plan: Plan): TierMove[] {
  const [{ changes }] = partsOf(plan);
  const rows = changes
    .filter(({ action }) => plan.kind === 'plan' && action === 'update')
    .flatMap(({ fields }) => fields.filter(({ field }) => field === 'tier'));
  const moves = new Map<string, TierMove>();
  for (const row of rows) {
    const [from, to] = [named(row, 'before'), named(row, 'after')];
    const key = JSON.stringify([from, to]);
    moves.set(key, { from, to, partners: (moves.get(key)?.partners ?? 0) + 1 });
  }
  return [...moves.values()].sort((one, other) => other.partners - one.partners);
}

/** As many moves as anybody reads, in one sentence; empty where there are none. `show` makes a name fit for the format. */
export function tierMovesLine(plan: Plan, show: (name: string) => string): string {
  const moves = tierMoves(plan);
  if (moves.length === 0) return '';
  const shown = moves
    .slice(0, 10)
    .map(({ from, to, partners }) => `${partners} from ${show(from)} to ${show(to)}`);
  return `Tier moves: ${[...shown, ...(moves.length > 10 ? ['…'] : [])].join(', ')}.`;
}

function named(row: FieldChange, side: 'before' | 'after'): string {
  const value = row[side];
  return row[`${side}Name`] ?? (isNone(value) ? 'none' : textOf(value));
}
