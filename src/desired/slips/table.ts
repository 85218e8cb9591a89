import { bracesOverLines, brackets, otherBraces } from './brackets.ts';
import { conflict, patchMarks } from './conflict.ts';
import { codeFence, foreign, keyless } from './foreign.ts';
import { indentation } from './indentation.ts';
import { invisible } from './invisible.ts';
import { indicatorKey, missingColon, missingSpace, otherThanColon } from './keys.ts';
import { lineEndings } from './line-endings.ts';
import { bullets, otherComment, strayLine } from './lists.ts';
import { afterQuote, backslash, halfQuotedKey, unclosedQuote } from './quotes.ts';
import type { Recogniser } from './slip.ts';
import { tabs } from './tabs.ts';
import { brokenValue, colonInValue, indicator } from './values.ts';

/** Every kind of slip that is known, the surest first: where two explain a trouble equally well, the first wins. */
export const recognisers: readonly Recogniser[] = [
  foreign,
  conflict,
  lineEndings,
  codeFence,
  tabs,
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
  colonInValue,
  brackets,
  bracesOverLines,
  otherComment,
  bullets,
  indentation,
  brokenValue,
  patchMarks,
  strayLine,
  keyless,
];
