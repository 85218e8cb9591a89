import type { Outcome, Result } from '../plan/outcome.ts';
import { listed } from './english.ts';
import { harmless } from './sanitise.ts';
import { look, type Style } from './style.ts';
import { costLine } from './summary-lines.ts';
import { wrap } from './wrap.ts';

/** What became of each change, and of all together. */
export function outcomeText(outcome: Outcome, style: Style): string {
  const width = Math.max(0, ...outcome.results.map((result) => [...harmless(result.address)].length));
  const { applied, failed, skipped } = outcome.summary;
  const blocks = [
    outcome.results.map((result) => resultText(result, width, style)).join('\n'),
    outcome.stopped === null
      ? ''
      : `${look(style, ['bold', 'red'], 'Stopped:')} ${harmless(outcome.stopped.message)}\n  ${harmless(outcome.stopped.hint)}`,
    `${look(style, 'bold', `Applied ${applied}, failed ${failed}, not tried ${skipped}.`)}\n${costLine({ kind: 'outcome', cost: outcome.cost })}`,
  ];
  return wrap(`${blocks.filter((block) => block !== '').join('\n\n')}\n`, style);
}

const signs = { applied: ['green', '✔'], failed: ['red', '✖'], skipped: ['dim', '–'] } as const;

function resultText(result: Result, width: number, style: Style): string {
  const [colour, sign] = signs[result.status];
  const lines = [
    `  ${look(style, colour, sign)} ${look(style, 'bold', harmless(result.address).padEnd(width))}  ${resultWords(result)}`,
    ...remarks(result).map((remark) => `    ${' '.repeat(width)}  ${remark}`),
  ];
  return lines.join('\n');
}

export function resultWords(result: Result): string {
  const id = result.partnerId === null ? '' : `  (${harmless(result.partnerId)})`;
  if (result.status === 'failed') return `could not be ${result.action}d${id}`;
  return result.status === 'skipped'
    ? `not tried${id}`
    : `${result.adopted ? 'adopted' : `${result.action}d`}${id}`;
}

/** What else there is to say of a result, in sentences. */
export function remarks(result: Result): string[] {
  return [
    result.adopted
      ? ['Introw had a partner of that name or domain, and changed it instead of creating one.']
      : [],
    result.keptByServer.length === 0 ? [] : [`Introw kept another value of ${listed(result.keptByServer)}.`],
    result.error === null ? [] : [harmless(result.error.message), harmless(result.error.hint)],
  ].flat();
}
