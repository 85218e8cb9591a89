import { bracesOverLines, brackets, otherBraces } from './brackets.ts';
import { conflict } from './conflict.ts';
import { codeFence, foreign, keyless, tableRows } from './foreign.ts';
import { documentMarks, loneKey } from './half-typed.ts';
import { indentation } from './indentation.ts';
import { invisible } from './invisible.ts';
import { indicatorKey, missingColon, missingSpace, otherThanColon } from './keys.ts';
import { lineEndings } from './line-endings.ts';
import { bullets, otherComment, strayLine } from './lists.ts';
import { commentedOut, missingHandle, missingPartners } from './lost-lines.ts';
import { markup } from './markup.ts';
import { oddIndents } from './odd-indents.ts';
import { pasted, patchMarks } from './pasted.ts';
import { afterQuote, backslash, curlyQuotes, halfQuotedKey, quotedLine, unclosedQuote } from './quotes.ts';
import { placeholder, tag, unknownAlias } from './references.ts';
import type { Recogniser } from './slip.ts';
import { keyOnSameLine, valueAndBelow } from './value-and-below.ts';
import { brokenValue, colonInValue, indicator, signForNothing } from './values.ts';

/** Every kind of slip that is known, the surest first: where two explain a trouble equally well, the first wins. */
export const recognisers: readonly Recogniser[] = [
  foreign,
  conflict,
  lineEndings,
  codeFence,
  pasted,
  patchMarks,
  documentMarks,
  oddIndents,
  invisible,
  quotedLine,
  halfQuotedKey,
  unclosedQuote,
  afterQuote,
  backslash,
  curlyQuotes,
  tableRows,
  commentedOut,
  missingHandle,
  missingPartners,
  missingSpace,
  otherThanColon,
  missingColon,
  markup,
  placeholder,
  signForNothing,
  unknownAlias,
  tag,
  indicatorKey,
  indicator,
  otherBraces,
  valueAndBelow,
  keyOnSameLine,
  colonInValue,
  brackets,
  bracesOverLines,
  otherComment,
  bullets,
  indentation,
  loneKey,
  brokenValue,
  strayLine,
  keyless,
];

/** Those that judge by all lines of a file, and repair all that are alike; the others look near the trouble. */
export const farReaching: readonly Recogniser[] = [
  foreign,
  conflict,
  lineEndings,
  codeFence,
  pasted,
  patchMarks,
  documentMarks,
  oddIndents,
  unclosedQuote,
];
