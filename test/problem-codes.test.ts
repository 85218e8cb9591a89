/** The table of problems: every row says what to do, and says nothing twice. */
import { expect, test } from 'vitest';
import { options } from '../src/cli/options.ts';
import { problem, warning } from '../src/problem.ts';
import { codes, findCode, meaningOfStatus, type ProblemCode } from '../src/problem-codes.ts';
import { repeated } from './repeated.ts';

const rows = Object.keys(codes).map((code) => [code as ProblemCode, codes[code as ProblemCode]] as const);

test.each(rows)('%s', (code, { hint, severity, statuses, liftedBy, leads }) => {
  if (severity !== 'warning') expect(hint).toMatch(/^[A-Z].*\.$/);
  expect(hint).not.toMatch(/\bsay --|anew|whole|\btold\b|beside/);
  for (const says of Object.values(statuses)) expect(repeated(says, hint)).toEqual([]);
  if (liftedBy !== null) {
    expect(Object.keys(options)).toContain(liftedBy);
    expect(hint).toContain(`--${liftedBy}`);
  }
  if (leads) expect(severity).toBe('warning');
  expect(problem(code, 'It happened.').hint).toBe(hint);
});

test('a status means one code; servers that fail mean one, whatever their status', () => {
  const statuses = rows.flatMap(([, row]) => Object.keys(row.statuses));
  expect(new Set(statuses).size).toBe(statuses.length);
  const meant = [400, 401, 402, 403, 404, 422, 429, 500, 503, 599].map((each) => meaningOfStatus(each)?.code);
  expect(meant).toEqual([
    'VALIDATION_ERROR',
    'UNAUTHORIZED',
    'API_CREDITS_EXHAUSTED',
    'FORBIDDEN',
    'PARTNER_NOT_FOUND',
    'VALIDATION_ERROR',
    'RATE_LIMIT_EXCEEDED',
    'SERVER_ERROR',
    'SERVER_ERROR',
    'SERVER_ERROR',
  ]);
  expect([200, 302, 418].map(meaningOfStatus)).toEqual([null, null, null]);
});

test('a warning ends with what to do, where there is something', () => {
  expect(warning('SHALLOW_CLONE', 'It is shallow.').message).toBe(
    'It is shallow. Fetch more history: git fetch --unshallow.',
  );
  expect(warning('NOT_READABLE', 'It was not compared.').message).toBe('It was not compared.');
});

test('a code that only a newer version has is no row', () => {
  expect(findCode('NEVER_HEARD_OF')).toBeUndefined();
  expect(findCode('toString')).toBeUndefined();
});
