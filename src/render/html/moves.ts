/** The review at a glance: a picture of each field's moves, and the same as a list. */
import { deservesSummary } from '../../plan/moves.ts';
import type { FieldMoves, Move, Plan } from '../../plan/plan.ts';
import { named } from '../value.ts';
import { flowsOf } from './flows.ts';
import { type Html, html } from './html.ts';

const sides = { plan: ['now', 'after'], drift: ['in the files', 'in Introw'] } as const;

/** A section where there are enough moves for a summary. */
export function movesOf({ kind, moves = [] }: Plan): Html | null {
  if (!deservesSummary(moves)) return null;
  const heading = kind === 'plan' ? 'Moves' : 'Moved in Introw';
  return html`<section aria-labelledby="moves"><h2 id="moves">${heading}</h2>
${moves.map((each) => html`<div class="moves"><div>${flowsOf(each, sides[kind])}</div><div>${listOf(each)}</div></div>`)}</section>`;
}

function listOf({ field, partners, moves, balance }: FieldMoves): Html {
  const [up, down] = (['up', 'down'] as const).map((wanted) =>
    moves.filter(({ direction }) => direction === wanted).reduce((sum, move) => sum + move.partners, 0),
  );
  const directions = (up ?? 0) + (down ?? 0) === 0 ? '' : `: ${up} up, ${down} down`;
  const gains =
    field === 'owner'
      ? html`<p>${balance.map(({ value, name, gained, lost }) => html`<bdi>${named(name, value)}</bdi> ${gained === 0 ? '' : `+${gained}`} ${lost === 0 ? '' : `−${lost}`}<br>`)}</p>`
      : null;
  return html`<h3>${field} <span class="count">${partners}${directions}</span></h3><ul>${moves.map(pairOf)}</ul>${gains}`;
}

function pairOf({ from, fromName, to, toName, partners, direction }: Move): Html {
  const way = direction === null ? '' : ` ${direction}`;
  return html`<li><bdi>${named(fromName, from)}</bdi> → <bdi>${named(toName, to)}</bdi> <b>${partners}</b>${way}</li>`;
}
