/** What a chat message says of a plan, of drift, of an outcome or of problems: plain lines, few enough to be read in a channel. */

import { count } from '../english.ts';
import { isPublishing } from '../fields.ts';
import { isNone } from '../json.ts';
import type { Outcome } from '../plan/outcome.ts';
import type { Change, FieldChange, Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { leads } from '../problem-codes.ts';
import { movesLines } from './moves-lines.ts';
import { countsOf, remarks, resultWords } from './outcome-text.ts';
import { partsOf } from './sections.ts';
import { headline, totals } from './summary-lines.ts';
import { conflictText, named, shortened } from './value.ts';

export type ChatMessage = {
  /** The line that says it all; no name of a file or of Introw is in it. */
  readonly title: string;
  /** What must be read first: why apply would refuse, or why it stopped. */
  readonly alerts: readonly string[];
  readonly lines: readonly string[];
  readonly footer: readonly string[];
};

/** More lines than these are for the plan itself. */
const mostLines = 20;
const mostAlerts = 5;

/** The most characters of a line: names go up to 200. */
const longest = 300;

export function planMessage(plan: Plan): ChatMessage {
  const [first, second] = partsOf(plan);
  const left = (plan.leftAlone ?? []).map(
    ({ address, name, fields }) =>
      `${address} · ${name}: left as it is in Introw (${fields.join(', ') || 'absent'})`,
  );
  const lines = [
    ...first.changes.map((change) => changeLine(change, first.moved)),
    ...(plan.kind === 'drift'
      ? plan.missing.map(({ address, name }) => `${address} · ${name}: missing in Introw`)
      : []),
    ...(plan.kind === 'plan' ? second.changes.map((change) => changeLine(change, second.moved)) : []),
    ...left,
  ];
  const own = plan.changes.flatMap(({ warnings }) => warnings);
  const leading = own.filter(({ code }) => leads(code)).map(({ message }) => `Look twice: ${message}`);
  const refused = plan.blocked.map(({ message, hint }) => `Apply would refuse: ${message} ${hint}`);
  return bounded({
    title: headline(plan),
    alerts: [...leading, ...refused, ...plan.warnings.map(({ message }) => message)],
    lines,
    footer: [
      plan.organisation.name ?? '',
      ...movesLines(plan.moves ?? []).map(({ field, text }) => `Moves of ${field}: ${text}`),
      ...totals(plan),
    ],
  });
}

export function outcomeMessage(outcome: Outcome): ChatMessage {
  // What went well is counted; what didn't, or went otherwise than was asked, is named.
  const open = outcome.results.filter(
    ({ status, adopted, keptByServer }) =>
      status === 'failed' || status === 'unknown' || adopted || keptByServer.length > 0,
  );
  return bounded({
    title: `${countsOf(outcome)}.`,
    alerts: outcome.stopped === null ? [] : [`Stopped: ${outcome.stopped.message} ${outcome.stopped.hint}`],
    lines: open.map(
      (result) =>
        `${result.address} · ${result.name}: ${[resultWords(result), ...remarks(result)].join('. ')}`,
    ),
    footer: [],
  });
}

export function problemsMessage(problems: readonly Problem[]): ChatMessage {
  return bounded({
    title: `introwctl failed: ${count(problems.length, 'problem')}.`,
    alerts: [],
    lines: problems.map(({ code, message, hint, position }) => {
      const place = position === null ? '' : `${position.file}:${position.line}: `;
      return `${place}${code}: ${message} ${hint}`;
    }),
    footer: [],
  });
}

function changeLine({ address, name, action, fields }: Change, moved: boolean): string {
  const shown = fields.filter(({ field }) => action !== 'create' || field !== 'name');
  const words = shown.map((row) => (moved ? movedWords(row) : changeWords(row, action === 'create')));
  const verb = moved ? '' : `${action} `;
  return `${verb}${address} · ${name}${words.length === 0 ? '' : `: ${words.join('; ')}`}`;
}

function changeWords(row: FieldChange, isCreate: boolean): string {
  const from = isCreate || row.writeOnly ? '' : `${value(row, 'before')} → `;
  const publishes = isPublishing(row.field) ? ' (publishes the portal)' : '';
  return `${row.field} ${from}${value(row, 'after')}${publishes}${bothChanged(row)}`;
}

function movedWords(row: FieldChange): string {
  return `${row.field} is ${value(row, 'before')}, the files say ${value(row, 'after')}${bothChanged(row)}`;
}

function bothChanged(row: FieldChange): string {
  return row.origin === 'conflict' ? ` (changed here and in Introw${conflictText(row)})` : '';
}

function value(row: FieldChange, side: 'before' | 'after'): string {
  const [name, given] = [row[`${side}Name`], row[side]];
  return name === null && isNone(given) ? 'none' : shortened(named(name, given));
}

function bounded({ title, alerts, lines, footer }: ChatMessage): ChatMessage {
  return {
    title: cut(title),
    alerts: first(alerts, mostAlerts, 'more'),
    lines: first(lines, mostLines, 'more'),
    footer: footer.filter((line) => line !== '').map(cut),
  };
}

function first(lines: readonly string[], most: number, noun: string): string[] {
  const left = lines.length - most;
  return [...lines.slice(0, most).map(cut), ...(left > 0 ? [`… and ${left} ${noun}.`] : [])];
}

/** Whole characters of a line: half of a surrogate pair would be no text at all. */
function cut(line: string): string {
  const characters = [...line];
  return characters.length > longest ? cutShort(characters.slice(0, longest - 1).join('')) : line;
}

/** A text that goes on: the joiner of an emoji that was cut in two joins nothing any more. */
export function cutShort(text: string): string {
  return `${text.replace(/\u200d+$/, '')}…`;
}
