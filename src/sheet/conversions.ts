/** What spreadsheets make of texts that look like numbers, dates or booleans to them, asked for or not. */

/**
 * Numbers that a spreadsheet writes another way (`007`, `1.50`, `1e3`, `50%`, `5 €`), dates, times and fractions (`3-4`,
 * `10:30`, `1 1/2`): digits, and what may be between and around them. A number of up to 15 digits comes back as it was.
 */
const number = /^(?!(?:0|[1-9]\d{0,14})$|\p{L})(?=\D*\d)(?:[\d\s\p{Sc}%.,:/'’+\-etz]|[ap]\.?m\.?)+$/iu;

/** A boolean, in the languages of a few spreadsheets, or one of their errors: `#N/A`, `#REF!`. */
const word = /^(?:true|false|wahr|falsch|vrai|faux|verdadero|falso|vero|#[\p{Lu}\d/]+[!?]?)$/iu;

/** How the months begin in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const month =
  '(?:jan|gen|ene|feb|f[eé]v|mar|mär|mrz|mrt|maa|apr|avr|abr|may|mai|mei|mag|jun|jui|giu|jul|lug|aug|ago|ao[uû]|sep|set|okt|oct|out|ott|nov|de[czs]|déc|dic)\\p{L}{0,7}\\.?';
const monthly = new RegExp(
  `^(?:\\d{1,4}[-./ ]*${month}[-./, ]*\\d{0,4}|${month}[-./ ]*\\d{1,4}(?:, *\\d{2,4})?)$`,
  'iu',
);

/** Whether a spreadsheet that opens a CSV file makes something else of this text; of long ones it never does. */
export function isConverted(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= 60 && [number, word, monthly].some((each) => each.test(trimmed));
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

const numeric = /^[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?$/;

/** Whether a spreadsheet may have read a text as a date, of which nobody can say what it was before. */
export function isDated(before: string, now: string): boolean {
  return before !== now && isDate(before) && isDate(now);
}

/** Two or three numbers, or a number and a month: `3-4`, `2024-01-02`, `04-Mar`, `Mar 24`. */
function isDate(text: string): boolean {
  return /^\d{1,4}[-/. ]\d{1,2}(?:[-/. ]\d{1,4})?$/.test(text.trim()) || monthly.test(text.trim());
}
