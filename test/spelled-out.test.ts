import { expect, test } from 'vitest';
import { quotedOut, spelledOut } from '../src/spelled-out.ts';

test.each([
  ['Acme', 'Acme', '"Acme"'],
  ['Acme "Old"', 'Acme "Old"', `'Acme "Old"'`],
  ['The "A"  team', `'The "A"  team'`, `'The "A"  team'`],
  [`"Old" O'Brien `, `"\\"Old\\" O'Brien "`, `"\\"Old\\" O'Brien "`],
  [' ', '" "', '" "'],
  ['', '""', '""'],
])('%j is shown as %s, and always quoted as %s', (text, shown, quoted) => {
  expect([spelledOut(text), quotedOut(text)]).toEqual([shown, quoted]);
});
