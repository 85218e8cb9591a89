/** What a file may cost: as much as it has text, however it is written, and nothing that crashes. */
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { Failure } from '../../src/problem.ts';

/** The first problem as `line:column CODE message`, or how many partners there are. */
function verdict(text: string): string {
  try {
    return `${loadDesired([{ path: 'a.yaml', text }]).partners.size} partners`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [{ position, code, message }] = error.problems;
    return `${position?.line}:${position?.column} ${code} ${message}`;
  }
}

const deep = 'This nests deeper than any file of partners.';

test.each([
  ['brackets', '['.repeat(5_000_000), deep],
  ['braces', '{'.repeat(5_000_000), deep],
  ['keys in braces', '{a: '.repeat(200_000), deep],
  ['question marks', '? '.repeat(200_000), deep],
  ['lists in one line', `\n${'- '.repeat(200_000)}a`, deep],
  ['indented keys', Array.from({ length: 1000 }, (_, i) => `\n${' '.repeat(i + 1)}a:`).join(''), deep],
  ['lists in lists', '[[],'.repeat(200_000), deep],
  ['pairs of brackets', '[]'.repeat(1_000_000), "doesn't belong here"],
  ['closing braces', '}'.repeat(2_000_000), "doesn't belong here"],
  ['anchors', '&a '.repeat(250_000), 'not YAML'],
  ['quotes', '"'.repeat(1_000_000), 'not YAML'],
  ['dashes', '\n-'.repeat(250_000), 'not YAML'],
])('endless %s are one problem, soon', (_, text, message) => {
  const secondsSince = stopwatch();
  expect(verdict(`version: 1\nx-a: ${text}`)).toContain(message);
  expect(secondsSince()).toBeLessThan(20);
});

function partners(head: string, fields: string): string {
  const each = (_: unknown, at: number) => `  p${at}:\n${fields}    name: Partner ${at}\n`;
  return `version: 1\n${head}partners:\n${Array.from({ length: 8000 }, each).join('')}`;
}

function secondsFor(text: string): number {
  const secondsSince = stopwatch();
  expect(verdict(text)).toBe('8000 partners');
  return secondsSince();
}

/** Seconds of this process on a core, which don't pass while other processes have it. */
function stopwatch(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
}

// Where aliases were looked up in the complete document, these took two hundred times as long.
test.each([
  ['merged', 'x-base: &base\n  tierId: t1\n  phaseId: p1\n', '    <<: *base\n'],
  ['repeated', 'x-base: &base { experienceId: e1 }\n', '    portal: *base\n    phaseId: p1\n'],
])('8,000 partners with what is %s cost about what they cost written out', (_, head, fields) => {
  const written = secondsFor(partners('', '    tierId: t1\n    phaseId: p1\n'));
  expect(secondsFor(partners(head, fields))).toBeLessThan(written * 8);
});

test('an anchor that is defined again means, from there on, what it was defined as last', () => {
  const text = `version: 1
x-a: &base { tierId: t1 }
partners:
  one: { <<: *base, name: One }
  two: { <<: *base, name: Two, portal: &base { experienceId: e1 } }
  three: { portal: *base, name: Three }
`;
  const { partners } = loadDesired([{ path: 'a.yaml', text }]);
  expect(
    [...partners.values()].map(({ values }) => [...values].map(([field, { value }]) => [field, value])),
  ).toEqual([
    [
      ['name', 'One'],
      ['tier', 't1'],
    ],
    [
      ['name', 'Two'],
      ['tier', 't1'],
      ['portal.experience', 'e1'],
    ],
    [
      ['name', 'Three'],
      ['portal.experience', 'e1'],
    ],
  ]);
});
