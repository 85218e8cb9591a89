import type { Outcome } from '../plan/outcome.ts';
import { commentLimit } from './markdown.ts';
import { markdownText } from './markdown-text.ts';
import { countsOf, remarks, resultWords } from './outcome-text.ts';
import { costLine } from './summary-lines.ts';

export function outcomeMarkdown(outcome: Outcome, limit = commentLimit): string {
  const head = [
    '<!-- introwctl:outcome -->',
    `### ${countsOf(outcome)}`,
    ...(outcome.stopped === null
      ? []
      : [`> **Stopped:** ${markdownText(outcome.stopped.message)} ${markdownText(outcome.stopped.hint)}`]),
  ].join('\n\n');
  const rows = outcome.results.map(
    (result) =>
      `| ${markdownText(result.address)} | ${markdownText([resultWords(result), ...remarks(result)].join(' '))} |`,
  );
  const tail = costLine({ kind: 'outcome', cost: outcome.cost });
  let room = limit - head.length - tail.length - 200;
  const shown = rows.filter((row) => {
    room -= row.length + 1;
    return room > 0;
  });
  const left = rows.length - shown.length;
  const table =
    shown.length === 0 ? '' : ['| Partner | What became of it |', '|---|---|', ...shown].join('\n');
  return `${[head, table, left === 0 ? '' : `${left} more did not fit here.`, tail].filter((part) => part !== '').join('\n\n')}\n`;
}
