/** A history for people: first the answers, then what changed, the newest first. */
import type { History, HistoryEntry } from '../history/history.ts';
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
import { look, type Style } from './style.ts';
import { wrap } from './wrap.ts';

export function historyText(history: History, style: Style): string {
  const blocks = [
    answersText(history, style),
    ...history.entries.map((entry) => entryText(entry, style)),
    runsText(history, style),
    remarks(history).join('\n'),
  ];
  return wrap(`${blocks.filter((block) => block !== '').join('\n\n')}\n`, style);
}

/** The answer to one question on three lines, so that each part is seen; to several on a line each. */
function answersText(history: History, style: Style): string {
  const answers = answersOf(history);
  return answers
    .map((answer) => {
      const bold = (text: string) => look(style, 'bold', text);
      const what = `${bold(answer.partner)}: ${valueIsText(answer, bold)}`;
      const [since, ...more] = answerParts(answer, history);
      if (answers.length > 1) return [`${what} ${since}`, ...more].join('; ');
      return [`${what} ${since}`, ...more.map((part) => `  ${capitalised(part)}`)].join('\n');
    })
    .join('\n');
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function entryText(entry: HistoryEntry, style: Style): string {
  const { date, commit, subject, bridged, review, url, changes } = entry;
  const link = review?.url ?? url;
  const head = `${look(style, 'bold', dayOf(date))}  ${look(style, 'yellow', commit.slice(0, 8))}`;
  return [
    `${head}  ${peopleText(entry)}: ${subject}`,
    ...(link === null ? [] : [`  ${look(style, 'dim', link)}`]),
    ...(bridged.length === 0 ? [] : [`  ${bridgedText(bridged)}`]),
    ...changeLines(changes).map((line) => `  ${line}`),
  ].join('\n');
}

function runsText({ runs }: History, style: Style): string {
  if (runs === undefined) return '';
  return [look(style, 'bold', runsTitle), ...runLines(runs).map((line) => `  ${line}`)].join('\n');
}
