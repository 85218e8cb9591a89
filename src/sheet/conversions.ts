/** What spreadsheets make of texts that look like numbers, dates or booleans to them, asked for or not. */

/**
 * Numbers that a spreadsheet writes another way (`007`, `1.50`, `1e3`, `50%`, `5 €`), dates, times and fractions (`3-4`,
 * `10:30`, `1 1/2`): digits, and what may be between and around them. A number of up to 15 digits comes back as it was.
 */
const number = /^(?!(?:0|[1-9]\d{0,14})$|\p{L})(?=\D*\d)(?:[\d\s\p{Sc}%.,:/'’+\-etz]|[ap]\.?m\.?)+$/iu;

/** A boolean, in the languages of a few spreadsheets, or one of their errors: `#N/A`, `#REF!`. */
const word = /^(?:true|false|wahr|falsch|vrai|faux|verdadero|falso|vero|#[\p{Lu}\d/]+[!?]?)$/iu;

/** An error in place of a result, in the languages of spreadsheets, a column that is too narrow, or a formula itself. */
const failed = /^(?:#\p{Lu}[\p{Lu}\d/]+[!?]|#N\/A|#NV|#{3,}|Err:\d{3})$/u;
const formula = /^=\s*(?:[-+\d].*|'?[^'()]*'?!.*|\$?[A-Z]{1,3}\$?\d+\b.*|[\p{L}.]+\(.*\)|\(.*\)|".*)$/u;

/** What a cell holds that nobody meant as a value, in words; null for anything else. A `'` before it makes it text. */
export function notAValue(cell: string): string | null {
  const text = cell.trim();
  if (failed.test(text)) return 'an error of the spreadsheet';
  return formula.test(text) ? 'a formula' : null;
}

/** The months in English, German, French, Spanish, Italian, Portuguese and Dutch, without accents. */
const months = [
  'january february march april may june july august september october november december',
  'januar februar marz mrz april mai juni juli august september oktober november dezember',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari maart mrt april mei juni juli augustus september oktober november december',
].flatMap((names) => names.split(' '));

/** A day or a year next to a month, or to the three letters and more that it begins with: `Mar 24`, `5. Mai`. */
function isMonthly(text: string): boolean {
  const [, before, after] =
    /^\d{1,4}[-./ ]*(\p{L}{3,10})\.?[-./, ]*\d{0,4}$|^(\p{L}{3,10})\.?[-./ ]*\d{1,4}(?:, *\d{2,4})?$/u.exec(
      text,
    ) ?? [];
  const word = (before ?? after ?? '-').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return months.some((month) => month.startsWith(word));
}

/** Whether a spreadsheet that opens a CSV file makes something else of this text; of long ones it never does. */
export function isConverted(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= 60 && (number.test(trimmed) || word.test(trimmed) || isMonthly(trimmed));
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
  return /^\d{1,4}[-/. ]\d{1,2}(?:[-/. ]\d{1,4})?$/.test(text.trim()) || isMonthly(text.trim());
}
