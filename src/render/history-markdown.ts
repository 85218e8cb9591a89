/** A history as Markdown, for an audit's page or a comment: the answers, then a table of what changed. */

import { count } from '../english.ts';
import type { CommitRef, History, HistoryEntry } from '../history/history.ts';
import {
  answerParts,
  answersOf,
  bridgedText,
  changeLines,
  dayOf,
  peopleText,
  remarks,
  runLines,
  runsTitle,
  valueIsText,
} from './history-words.ts';
import { commentLimit } from './markdown.ts';
import { markdownText, roomFor } from './markdown-text.ts';

export function historyMarkdown(history: History, limit = commentLimit): string {
  const head = [
    ...answersOf(history).map((answer) => {
      const value = valueIsText(answer, (text) => text);
      const parts = answerParts(answer, history).map(markdownText).join('; ');
      return `- **${markdownText(answer.partner)}**: ${markdownText(value)} ${parts}`;
    }),
  ].join('\n');
  const tail = remarks(history)
    .map((line) => markdownText(line.trim()))
    .join('  \n');
  const room = roomFor(limit - head.length - tail.length - 500);
  const rows = history.entries.map(rowOf);
  const shown = room.take(rows, (row) => row.length + 1);
  const left = rows.length - shown.length;
  const table = ['| When | Who | What changed | Commit |', '|---|---|---|---|', ...shown].join('\n');
  const runs =
    history.runs === undefined ? [] : runLines(history.runs).map((line) => `- ${markdownText(line)}`);
  const fitting = room.take(runs, (line) => line.length + 1);
  const blocks = [
    head,
    rows.length === 0 ? '' : table,
    left === 0 ? '' : `${count(left, 'more commit')} did not fit here; --format csv lists them all.`,
    fitting.length === 0 ? '' : `**${runsTitle}**\n\n${fitting.join('\n')}`,
    tail,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function rowOf(entry: HistoryEntry): string {
  const lines = [
    ...(entry.bridged.length === 0 ? [] : [bridgedText(entry.bridged)]),
    ...changeLines(entry.changes),
  ];
  const changes = lines.map(markdownText).join('<br>');
  return `| ${dayOf(entry.date)} | ${markdownText(peopleText(entry))} | ${changes} | ${commitCell(entry)} |`;
}

function commitCell({ commit, subject, url, review }: CommitRef): string {
  const link = review?.url ?? url;
  const short = commit.slice(0, 8);
  return `${link === null ? short : `[${short}](${link})`} ${markdownText(subject)}`;
}
