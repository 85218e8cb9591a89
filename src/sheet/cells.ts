/** How a value is written into a cell, so that no spreadsheet runs it and none of it is lost. */

/** A cell that says that there is nothing, unlike an empty one, which says nothing. */
const none = '(none)';

/** What a spreadsheet takes for a formula, and what this file gives another meaning; a `'` before it makes it text. */
const risky = /^(?:\s*[=+\-@＝＋－＠]|[\t\r]|'|\(none\)$)/i;

/** The text of a cell: `undefined` is empty, null is `(none)`. */
export function writeCell(value: string | null | undefined): string {
  if (value === undefined) return '';
  if (value === null) return none;
  const line = value.replace(/\p{Cc}+/gu, ' ');
  return risky.test(line) ? `'${line}` : line;
}

/** A cell without the white space that spreadsheets and people leave around it, or take away. */
export function trimCell(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
}

/** The value of a cell. */
export function readCell(text: string): string | null | undefined {
  const trimmed = trimCell(text);
  if (trimmed === '') return undefined;
  if (trimmed.toLowerCase() === none) return null;
  return trimmed.startsWith("'") ? trimmed.slice(1) : trimmed;
}

/**
 * Whether a spreadsheet may have made one text of the other by reading it as a number or a boolean: `007` and `7`,
 * `1E5` and `100000`, `true` and `TRUE`. Of long numbers they keep 15 digits, and show 6.
 */
export function isReformatted(before: string, now: string): boolean {
  const [one, other] = [before, now].map((text) => text.trim().toLowerCase());
  if (one === undefined || other === undefined) return false;
  if (/^(?:true|false)$/.test(one)) return one === other;
  if (!numeric.test(one) || !numeric.test(other)) return false;
  const [x, y] = [Number(one.replace(',', '.')), Number(other.replace(',', '.'))];
  const ofLong = one.length > 15 ? 1e-14 : 0;
  const precision = /e/.test(other) ? 1e-5 : ofLong;
  return Math.abs(x - y) <= Math.abs(x) * precision;
}

/** Whether a spreadsheet may have read a text as a date, of which nobody can say what it was before. */
export function isDated(before: string, now: string): boolean {
  return before !== now && date.test(before.trim()) && date.test(now.trim());
}

const numeric = /^[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?$/;

/** Two or three numbers, or a number and a month: `3-4`, `2024-01-02`, `04-Mar`, `Mar 24`. */
const date =
  /^(?:\d{1,4}[-/. ]\d{1,2}(?:[-/. ]\d{1,4})?|\d{1,4}[-. ]?\p{L}{3,9}[-. ]?\d{0,4}|\p{L}{3,9}[-. ]?\d{1,4})$/u;
