/** The review at a glance: how many partners move from one tier, phase or owner to another. */
import { fields } from '../fields.ts';
import { isNone, type Json, textOf } from '../json.ts';
import type { Change, FieldChange, FieldMoves, Move, Plan } from './plan.ts';

/** What a review is about: choices from a catalog that moving a partner doesn't publish anything for. */
const reviewed = fields.filter(({ catalog, sentTogether }) => catalog !== null && !sentTogether);

/** Up to so many moves, the table of changes is the better summary. */
const fewMoves = 5;

export type MovesInput = {
  readonly kind: Plan['kind'];
  readonly hasBase: boolean;
  readonly changes: readonly Change[];
  /** Introw's ids of tiers, lowest first; empty where the files give no order. */
  readonly tierOrder: readonly string[];
};

/**
 * The moves of each field, the most frequent first. In a plan they lead from what is live to what the files say; in
 * drift the other way round, since there Introw has changed. With a base, only what this change does counts (in drift,
 * only what has drifted). Creates move nobody.
 */
export function fieldMoves({ kind, hasBase, changes, tierOrder }: MovesInput): FieldMoves[] {
  const rows = changes
    .filter(({ action }) => action === 'update')
    .flatMap((change) => change.fields)
    .filter(({ origin }) => !hasBase || (kind === 'plan' ? origin !== 'drift' : origin !== 'proposed'));
  return reviewed.flatMap(({ name, catalog }) => {
    const own = rows.filter(({ field }) => field === name);
    if (own.length === 0) return [];
    const ranks = catalog === 'tiers' ? tierOrder : [];
    const moves = countMoves(own, kind, ranks);
    const balance = balanceOf(moves);
    const moved = new Set(balance.map(({ value }) => value));
    const order = ranks.filter((value) => moved.has(value));
    return [{ field: name, partners: own.length, moves, ...(order.length > 0 ? { order } : {}), balance }];
  });
}

/** Whether a plan moves so many partners that a summary helps to read it. */
export function deservesSummary(moves: readonly FieldMoves[]): boolean {
  return moves.reduce((sum, { partners }) => sum + partners, 0) > fewMoves;
}

function countMoves(rows: readonly FieldChange[], kind: Plan['kind'], order: readonly string[]): Move[] {
  const counts = new Map<string, Move>();
  for (const row of rows) {
    const live = { value: idOf(row.before), name: row.beforeName };
    const desired = { value: idOf(row.after), name: row.afterName };
    const [from, to] = kind === 'plan' ? [live, desired] : [desired, live];
    const key = JSON.stringify([from.value, to.value]);
    const partners = (counts.get(key)?.partners ?? 0) + 1;
    counts.set(key, {
      from: from.value,
      to: to.value,
      fromName: from.name,
      toName: to.name,
      partners,
      direction: directionOf(from.value, to.value, order),
    });
  }
  return [...counts.values()].sort((one, other) => other.partners - one.partners);
}

function idOf(value: Json): string | null {
  return isNone(value) ? null : textOf(value);
}

function directionOf(from: string | null, to: string | null, order: readonly string[]): Move['direction'] {
  if (from === null || to === null) return null;
  const [low, high] = [order.indexOf(from), order.indexOf(to)] as const;
  if (low < 0 || high < 0) return null;
  return high > low ? 'up' : 'down';
}

/** What each tier, phase or owner gains and loses, the greatest gain first. */
function balanceOf(moves: readonly Move[]): FieldMoves['balance'] {
  const sums = new Map<string, { value: string; name: string | null; gained: number; lost: number }>();
  const add = (value: string | null, name: string | null, gained: number, lost: number) => {
    if (value === null) return;
    const sum = sums.get(value) ?? { value, name, gained: 0, lost: 0 };
    sums.set(value, { ...sum, gained: sum.gained + gained, lost: sum.lost + lost });
  };
  for (const { from, fromName, to, toName, partners } of moves) {
    add(from, fromName, 0, partners);
    add(to, toName, partners, 0);
  }
  return [...sums.values()].sort((one, other) => other.gained - other.lost - (one.gained - one.lost));
}
