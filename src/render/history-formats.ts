/** The formats of a history: a new format is a new row. */
import type { History } from '../history/history.ts';
import type { FormatName, Rendering } from './formats.ts';
import { historyText } from './history-text.ts';

const text: Rendering<History> = (doors, history, style) =>
  doors.text(history, (clean) => historyText(clean, style));

export const historyFormats: Readonly<Record<FormatName, Rendering<History>>> = {
  text,
  json: (doors, history) => doors.data(history),
  markdown: text,
  csv: text,
  gitlab: text,
  slack: text,
  teams: text,
};
