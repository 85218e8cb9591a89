import { brackets } from './brackets.ts';
import { conflict } from './conflict.ts';
import { codeFence, foreign } from './foreign.ts';
import { indentation } from './indentation.ts';
import { invisible } from './invisible.ts';
import { missingColon, missingSpace, otherThanColon } from './keys.ts';
import { bullets, otherComment } from './lists.ts';
import { afterQuote, backslash, halfQuotedKey, unclosedQuote } from './quotes.ts';
import type { Recogniser } from './slip.ts';
import { tabs } from './tabs.ts';
import { brokenValue, colonInValue, indicator } from './values.ts';

/** Every kind of slip that is known, the surest first: where two explain a trouble equally well, the first wins. */
export const recognisers: readonly Recogniser[] = [
  conflict,
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
  indicator,
  colonInValue,
  brackets,
  otherComment,
  bullets,
  indentation,
  brokenValue,
  foreign,
];
