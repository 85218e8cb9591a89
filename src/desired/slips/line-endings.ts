import type { Recogniser } from './slip.ts';

/** Lines that end in a carriage return alone. The page has them apart already, so that there is nothing to rewrite. */
export const lineEndings: Recogniser = function* ({ hasLoneReturns }) {
  if (!hasLoneReturns) return;
  yield {
    code: 'YAML_SYNTAX',
    message:
      'Lines of this file end in a carriage return alone, which YAML does not read as the end of a line.',
    hint: 'Save it with the line endings of Unix (LF) or Windows (CRLF).',
    line: 1,
    column: 1,
    repair: new Map(),
  };
};
