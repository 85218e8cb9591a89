import { expect, test } from 'vitest';
import { figure, retryAfter } from '../../src/introw/headers.ts';

const date = 'Wed, 25 Nov 2026 12:00:00 GMT';

test.each<[name: string, headers: Record<string, string | string[]>, milliseconds: number | null]>([
  ['seconds', { 'retry-after': '30' }, 30_000],
  ['zero', { 'retry-after': '0' }, 0],
  ['a negative number', { 'retry-after': '-5' }, 0],
  ['a fraction', { 'retry-after': '0.5' }, 500],
  ['nothing', {}, null],
  ['garbage', { 'retry-after': 'soon' }, null],
  [
    'a date, against the date of the answer',
    { date, 'retry-after': 'Wed, 25 Nov 2026 12:00:20 GMT' },
    20_000,
  ],
  ['a date before the date of the answer', { date, 'retry-after': 'Wed, 25 Nov 2026 11:59:00 GMT' }, 0],
  ['sent twice: the longer one', { 'retry-after': ['0', '40'] }, 40_000],
  ['twice in one line: the longer one', { 'retry-after': '0, 40' }, 40_000],
  ['garbage and a number', { 'retry-after': ['soon', '2'] }, 2_000],
])('Retry-After as %s', (_, headers, milliseconds) => {
  expect(retryAfter({ headers })).toBe(milliseconds);
});

test.each<[name: string, value: string | string[] | undefined, read: number | null]>([
  ['a number', '12', 12],
  ['nothing', undefined, null],
  ['garbage', 'many', null],
  ['a negative number', '-1', null],
  ['sent twice: the lower one', ['80', '12'], 12],
  ['twice in one line: the lower one', '80, 12', 12],
  ['garbage and a number', ['many', '12'], 12],
])('a figure as %s', (_, value, read) => {
  expect(figure({ headers: { 'x-ratelimit-remaining-minute': value } }, 'x-ratelimit-remaining-minute')).toBe(
    read,
  );
});
