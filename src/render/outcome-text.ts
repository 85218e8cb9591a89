import { padColumns } from '../columns.ts';
import { listed } from '../english.ts';
import type { Outcome, Result } from '../plan/outcome.ts';
import { widest } from './column-widths.ts';
import { look, type Style } from './style.ts';
import { costLine } from './summary-lines.ts';
import { named } from './value.ts';
import { wrap } from './wrap.ts';

/** What became of each change, and of all together. */
export function outcomeText(outcome: Outcome, style: Style): string {
  const width = widest(
    outcome.results.map((result) => result.address),
    style,
  );
  const blocks = [
    outcome.results.map((result) => resultText(result, width, style)).join('\n'),
    outcome.stopped === null
      ? ''
      : `${look(style, ['bold', 'red'], 'Stopped:')} ${outcome.stopped.message}\n  ${outcome.stopped.hint}`,
    `${look(style, 'bold', `${countsOf(outcome)}.`)}\n${costLine({ kind: 'outcome', cost: outcome.cost })}`,
  ];
  return wrap(`${blocks.filter((block) => block !== '').join('\n\n')}\n`, style);
}

const signs = {
  applied: ['green', '✔'],
  failed: ['red', '✖'],
  unknown: ['yellow', '?'],
  skipped: ['dim', '–'],
} as const;

/** `Applied 3, failed 1, unknown 1, not tried 2`; what is unknown is counted only where there is any. */
export function countsOf({ summary }: Outcome): string {
  const { applied, failed, unknown, skipped } = summary;
  const open = unknown === 0 ? '' : `, unknown ${unknown}`;
  return `Applied ${applied}, failed ${failed}${open}, not tried ${skipped}`;
}

function resultText(result: Result, width: number, style: Style): string {
  const [colour, sign] = signs[result.status];
  const lines = [
    `  ${look(style, colour, sign)} ${look(style, 'bold', padColumns(result.address, width))}  ${resultWords(result)}`,
    ...remarks(result).map((remark) => `    ${' '.repeat(width)}  ${remark}`),
  ];
  return lines.join('\n');
}

export function resultWords(result: Result): string {
  const id = result.partnerId === null ? '' : `  (${result.partnerId})`;
  switch (result.status) {
    case 'applied':
      return `${result.adopted ? 'adopted' : `${result.action}d`}${id}`;
    case 'failed':
      return `could not be ${result.action}d${id}`;
    case 'unknown':
      return `unknown, may be ${result.action}d${id}`;
    case 'skipped':
      return `not tried${id}`;
  }
}

/** What else there is to say of a result, in sentences. */
export function remarks(result: Result): string[] {
  return [
    result.adopted
      ? [
          `Introw already had a partner of that name or domain, and changed it instead of creating one: ${listed(result.fields)} ${result.fields.length === 1 ? 'was' : 'were'} sent to it.`,
        ]
      : [],
    result.status === 'applied' && result.verified && result.httpStatus === null
      ? ['Its answer was lost; looked up afterwards, it was there.']
      : [],
    result.status === 'applied' && !result.verified
      ? ['Introw accepted it with an answer that shows no partner, so what it holds now was not seen.']
      : [],
    result.keptByServer.length === 0 ? [] : [keptText(result)],
    result.error === null ? [] : [result.error.message, result.error.hint],
  ].flat();
}

function keptText({ keptByServer, kept = [] }: Result): string {
  if (kept.length === 0) return `Introw kept another value of ${listed(keptByServer)}.`;
  const values = kept.map(
    (each) => `${each.field}: ${named(null, each.kept)} instead of ${named(null, each.sent)}`,
  );
  return `Introw kept another value of ${values.join('; ')}.`;
}
