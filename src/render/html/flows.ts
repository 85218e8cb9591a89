/** A picture of moves: what partners leave on the left, where they go on the right, and bands as wide as their number. */
import type { FieldMoves, Move } from '../../plan/plan.ts';
import { named } from '../value.ts';
import { type Html, html } from './html.ts';

const width = 440;
const labels = 130;
const bar = 8;
const top = 24;
const leastHeight = 20;
const gap = 8;

/** More values than these make no picture that anybody reads. */
const most = 10;

type Side = 'from' | 'to';
type Node = { readonly value: string | null; readonly name: string; readonly partners: number };
type Placed = Node & { readonly y: number; readonly height: number };

/** Null where there are too many values for a picture. `sides` are the headings of left and right. */
export function flowsOf(
  { field, partners, moves, order }: FieldMoves,
  sides: readonly [string, string],
): Html | null {
  const ranks =
    order === undefined ? ranksOf(moves) : new Map(order.map((value, index) => [value, index + 1]));
  const nodes = (['from', 'to'] as const).map((side) => nodesOf(moves, side, ranks));
  if (nodes.some(({ length }) => length > most)) return null;
  const scale = Math.min(160, 45 * Math.max(...nodes.map(({ length }) => length))) / partners;
  const [left = [], right = []] = nodes.map((each) => place(each, scale));
  const end = Math.max(...[...left, ...right].map(({ y, height }) => y + Math.max(height, leastHeight)));
  return html`<svg viewBox="0 0 ${width} ${Math.ceil(end + 4)}" role="img" aria-label="${`Moves of ${field}: the list has the same figures`}">
<text class="side" x="${labels - 8}" y="12" text-anchor="end">${sides[0]}</text><text class="side" x="${width - labels + 8}" y="12">${sides[1]}</text>
${bands(moves, left, right, scale)}
${left.map((node) => nodeOf(node, labels, labels - 8, 'end'))}${right.map((node) => nodeOf(node, width - labels - bar, width - labels + 8, 'start'))}
</svg>`;
}

/** For plans of older versions, which lack the order: the longest way up to each value, along moves whose direction is known. */
function ranksOf(moves: readonly Move[]): ReadonlyMap<string | null, number> {
  const ranks = new Map<string | null, number>();
  const steps = moves.flatMap(({ from, to, direction }) =>
    direction === null ? [] : [direction === 'up' ? ([from, to] as const) : ([to, from] as const)],
  );
  // After as many rounds as there are steps, the longest way has been walked.
  for (const _ of steps)
    for (const [low, high] of steps)
      ranks.set(high, Math.max(ranks.get(high) ?? 0, (ranks.get(low) ?? 0) + 1));
  return ranks;
}

function nodesOf(moves: readonly Move[], side: Side, ranks: ReadonlyMap<string | null, number>): Node[] {
  const nodes = new Map<string | null, Node>();
  for (const move of moves) {
    const value = move[side];
    const partners = (nodes.get(value)?.partners ?? 0) + move.partners;
    nodes.set(value, { value, name: named(move[`${side}Name`], value), partners });
  }
  const rank = ({ value }: Node) => ranks.get(value) ?? 0;
  return [...nodes.values()].sort((one, other) => rank(other) - rank(one) || other.partners - one.partners);
}

function place(nodes: readonly Node[], scale: number): Placed[] {
  let y = top;
  return nodes.map((node) => {
    const height = Math.max(node.partners * scale, 1);
    const placed = { ...node, y, height };
    y += Math.max(height, leastHeight) + gap;
    return placed;
  });
}

/** Bands leave and arrive in the order of the other side, so that they cross as little as they can. */
function bands(
  moves: readonly Move[],
  left: readonly Placed[],
  right: readonly Placed[],
  scale: number,
): Html[] {
  const arrived = new Map<Placed, number>();
  return left.flatMap((from) => {
    let leaving = from.y;
    return right.flatMap((to) => {
      const move = moves.find((each) => each.from === from.value && each.to === to.value);
      if (move === undefined) return [];
      const height = move.partners * scale;
      const start = leaving;
      const arriving = to.y + (arrived.get(to) ?? 0);
      leaving += height;
      arrived.set(to, (arrived.get(to) ?? 0) + height);
      return [html`<path class="${move.direction ?? 'level'}" d="${bandPath(start, arriving, height)}"/>`];
    });
  });
}

function bandPath(start: number, end: number, height: number): string {
  const [x1, x2, middle] = [labels + bar, width - labels - bar, width / 2];
  const at = (y: number) => y.toFixed(1);
  return `M${x1} ${at(start)}C${middle} ${at(start)} ${middle} ${at(end)} ${x2} ${at(end)}V${at(end + height)}C${middle} ${at(end + height)} ${middle} ${at(start + height)} ${x1} ${at(start + height)}Z`;
}

function nodeOf({ name, partners, y, height }: Placed, x: number, text: number, anchor: string): Html {
  const middle = (y + Math.max(height, 4) / 2 + 5).toFixed(1);
  return html`<rect x="${x}" y="${y.toFixed(1)}" width="${bar}" height="${height.toFixed(1)}"/><text x="${text}" y="${middle}" text-anchor="${anchor}">${fitting(name)} ${partners}</text>`;
}

/** What fits next to the picture; the list has the full name. */
function fitting(name: string): string {
  const characters = [...name];
  return characters.length > 14 ? `${characters.slice(0, 13).join('')}…` : name;
}
