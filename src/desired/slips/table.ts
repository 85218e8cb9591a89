import { bracesOverLines, brackets, otherBraces } from './brackets.ts';
import { conflict } from './conflict.ts';
import { codeFence, foreign, keyless } from './foreign.ts';
import { documentMarks, loneKey } from './half-typed.ts';
import { indentation } from './indentation.ts';
import { invisible } from './invisible.ts';
import { indicatorKey, missingColon, missingSpace, otherThanColon } from './keys.ts';
import { lineEndings } from './line-endings.ts';
import { bullets, otherComment, strayLine } from './lists.ts';
import { oddIndents } from './odd-indents.ts';
import { pasted, patchMarks } from './pasted.ts';
import { afterQuote, backslash, halfQuotedKey, unclosedQuote } from './quotes.ts';
import type { Recogniser } from './slip.ts';
import { keyOnSameLine, valueAndBelow } from './value-and-below.ts';
import { brokenValue, colonInValue, indicator } from './values.ts';

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
  halfQuotedKey,
  unclosedQuote,
  afterQuote,
  backslash,
  missingSpace,
  otherThanColon,
  missingColon,
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
