import { fields } from '../fields.ts';
import { deservesSummary } from '../plan/moves.ts';
import type { FieldMoves, Move, Plan } from '../plan/plan.ts';
import { named, shortened } from './value.ts';

/** More pairs than these nobody reads in one line. */
const mostPairs = 10;

/** One line for each field whose moves are summarised. */
export type MovesLine = { readonly field: string; readonly text: string };

/** The moves of a plan that has enough of them for a summary. `show` makes a name fit for the format. */
export function summaryOfMoves({ moves = [] }: Plan, show = (name: string) => name): MovesLine[] {
  return deservesSummary(moves) ? movesLines(moves, show) : [];
}

/** `silver → gold 8, gold → silver 3 (8 up, 3 down)`; of owners also what each gains and loses. */
export function movesLines(moves: readonly FieldMoves[], show = (name: string) => name): MovesLine[] {
  return moves.map((each) => {
    const notes = [...directions(each.moves), ...(isOfPeople(each) ? balances(each, show) : [])];
    const pairs = each.moves.map((move) => pairText(move, show));
    const text = `${bounded(pairs)}${notes.length === 0 ? '' : ` (${bounded(notes)})`}`;
    return { field: each.field, text };
  });
}

/** Fields in which one side's gain is the other side's loss. */
function isOfPeople({ field }: FieldMoves): boolean {
  return fields.find(({ name }) => name === field)?.catalog === 'owners';
}

function pairText({ from, fromName, to, toName, partners }: Move, show: (name: string) => string): string {
  return `${show(shortened(named(fromName, from)))} → ${show(shortened(named(toName, to)))} ${partners}`;
}

function directions(moves: readonly Move[]): string[] {
  const partners = (wanted: Move['direction']) =>
    moves.filter(({ direction }) => direction === wanted).reduce((sum, each) => sum + each.partners, 0);
  const [up, down] = [partners('up'), partners('down')];
  return up + down === 0 ? [] : [`${up} up, ${down} down`];
}

function balances({ balance }: FieldMoves, show: (name: string) => string): string[] {
  return balance.map(({ value, name, gained, lost }) => {
    const figures = [gained === 0 ? '' : `+${gained}`, lost === 0 ? '' : `−${lost}`].filter(
      (each) => each !== '',
    );
    return `${show(shortened(named(name, value)))} ${figures.join(' ')}`;
  });
}

function bounded(parts: readonly string[]): string {
  const more = parts.length - mostPairs;
  return [...parts.slice(0, mostPairs), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
