/** How a value is written into a cell, so that no spreadsheet runs it, makes another of it, or loses some of it. */
import { isConverted } from './conversions.ts';

/** A cell that says that there is nothing, unlike an empty one, which says nothing. */
const none = '(none)';

/** What a spreadsheet takes for a formula, and what this file gives another meaning; a `'` before it makes it text. */
const risky = /^(?:[\s\u200b\ufeff]*(?:[=+\-@＝＋－＠']|\(none\)[\s\u200b\ufeff]*$)|[\t\r])/i;

/** The text of a cell: `undefined` is empty, null is `(none)`. */
export function writeCell(value: string | null | undefined): string {
  if (value === undefined) return '';
  if (value === null) return none;
  const line = value.replace(/\p{Cc}+/gu, ' ');
  return risky.test(line) || isConverted(line) ? `'${line}` : line;
}

/** A cell without the white space that spreadsheets and people leave around it, or take away. */
export function trimCell(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
}

/** How sheets are printed that would command a CI system; see `sheet` of src/render/doors.ts. */
const spelt =
  /^\\u\{(3a)\}(?=:)|\\u\{(23)\}(?=#(?:\[|vso\[|teamcity\[))|\\u\{([57]3)\}(?=ection_(?:start|end):)/gi;

function unspelt(text: string): string {
  if (!text.includes('\\u{')) return text;
  return text.replace(spelt, (_, ...hex: (string | undefined)[]) =>
    String.fromCodePoint(Number.parseInt(hex.slice(0, 3).find((each) => each !== undefined) ?? '', 16)),
  );
}

/** The value of a cell. */
export function readCell(text: string): string | null | undefined {
  const trimmed = unspelt(trimCell(text));
  if (trimmed === '') return undefined;
  if (trimmed.toLowerCase() === none) return null;
  return trimmed.startsWith("'") ? trimmed.slice(1) : trimmed;
}
