/** The formats of a history: a new format is a new row. */
import type { History } from '../history/history.ts';
import type { Rendering } from './formats.ts';
import { historyCsv } from './history-csv.ts';
import { historyMarkdown } from './history-markdown.ts';
import { historyText } from './history-text.ts';
import { historyPage } from './html/history-page.ts';
import { cleanDocument, visible, withoutCommands } from './sanitise.ts';

/** The formats of a history, each with what it makes of one. */
export const historyFormats = {
  text: (doors, history, style) => doors.text(history, (clean) => historyText(clean, style)),
  json: (doors, history) => doors.data(history),
  // A file for a spreadsheet, which people also look at in a terminal: what can't be seen in its cells is spelled out.
  csv: (doors, history, _, options) =>
    doors.sheet('The history', historyCsv(cleanDocument(history, cleanCell), options)),
  html: (doors, history) => doors.text(history, (clean) => historyPage(clean)),
  markdown: (doors, history) => doors.text(history, (clean) => historyMarkdown(clean)),
} as const satisfies Record<string, Rendering<History, [{ readonly bom: boolean }]>>;

function cleanCell(text: string): string {
  return withoutCommands(visible(text));
}
