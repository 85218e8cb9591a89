/** Why something changed, as comments where it changed. */
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { type Reason, withReasons } from '../../src/edit/reasons.ts';
import { Failure } from '../../src/problem.ts';

const head = 'version: 1\ndefaults: { phaseId: p1 }\npartners:\n';
const reason = (handle: string, text: string, ...fields: readonly string[]): Reason => ({
  handle,
  fields,
  text,
});

/** The file `p.yaml` that was edited, with reasons; or the problem. */
function reasoned(lines: string, reasons: readonly Reason[], before = 'version: 1\n'): string {
  const state = loadDesired([{ path: 'p.yaml', text: before }]);
  try {
    const [file] = withReasons(state, [{ path: 'p.yaml', before, after: head + lines }], reasons);
    return file?.after.slice(head.length) ?? '';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [{ code, message, hint }] = error.problems;
    return `${code}: ${message} ${hint}`;
  }
}

test.each<[string, string, readonly Reason[], string]>([
  [
    'at the line of the value',
    '  a:\n    name: A\n    tierId: t1\n',
    [reason('a', 'by contract', 'tier')],
    '  a:\n    name: A\n    tierId: t1 # by contract\n',
  ],
  [
    'after the comment that is there, and before a line ending of Windows',
    '  a:\r\n    name: A # ours  \r\n',
    [reason('a', 'why', 'name')],
    '  a:\r\n    name: A # ours # why  \r\n',
  ],
  [
    'at every value that changed',
    '  a:\n    name: A\n    tierId: t1\n  b: { name: B }\n',
    [reason('a', 'why', 'tier', 'name'), reason('b', 'so', 'name')],
    '  a:\n    name: A # why\n    tierId: t1 # why\n  b: { name: B } # so\n',
  ],
  [
    'two for one line, and the same one once',
    '  a: { name: A, tierId: t1 }\n',
    [reason('a', 'why', 'tier', 'name'), reason('a', 'so', 'tier')],
    '  a: { name: A, tierId: t1 } # why; so\n',
  ],
  [
    'at the handle of a new partner',
    '  a:\n    name: A\n',
    [reason('a', 'new')],
    '  a: # new\n    name: A\n',
  ],
  [
    'at the handle where the line went, or where it never was',
    '  a:\n    name: A\n',
    [reason('a', 'gone', 'tier'), reason('a', 'by default', 'phase')],
    '  a: # gone; by default\n    name: A\n',
  ],
  [
    'nowhere for a partner that is in no file',
    '  a: { name: A }\n',
    [reason('b', 'x', 'name')],
    '  a: { name: A }\n',
  ],
  [
    'not inside a text that goes on in the next line',
    '  a:\n    name: "A\n      B"\n',
    [reason('a', 'why', 'name')],
    "EDIT_UNSAFE: A reason can't be written as a comment, since a value goes on in the next line. Leave --reasons out; nothing was written.",
  ],
])('a reason is written %s', (_, lines, reasons, after) => {
  expect(reasoned(lines, reasons)).toBe(after);
});

test('a reason inside a text is refused, whatever the other partners say', () => {
  const lines = '  a:\n    name: A\n  b:\n    name: "B\n      C"\n';
  expect(reasoned(lines, [reason('a', 'so', 'name'), reason('b', 'why', 'name')])).toContain('EDIT_UNSAFE');
});

test('a reason that a file can no longer be read with is refused', () => {
  const lines = '  a:\n    name: |-\n      A\n    tierId: "t\n      1"\n';
  expect(reasoned(lines, [reason('a', '"', 'tier')])).toContain('EDIT_UNSAFE');
});

test('files that are new get their reasons, and those that no reason is about stay as they are', () => {
  const other = { path: 'q.yaml', before: null, after: 'version: 1\npartners:\n  b: { name: B }\n' };
  const file = { path: 'p.yaml', before: 'version: 1\n', after: `${head}  a: { name: A }\n` };
  const state = loadDesired([
    { path: 'p.yaml', text: 'version: 1\n' },
    { path: 'r.yaml', text: 'version: 1\npartners: { c: { name: C } }\n' },
  ]);
  const reasons = [reason('b', 'new'), reason('c', 'same', 'name')];
  expect(withReasons(state, [file, other], reasons)).toEqual([
    file,
    { ...other, after: 'version: 1\npartners:\n  b: { name: B } # new\n' },
  ]);
});

test('a reason for a change of JSON is refused, since JSON has no comments', () => {
  const text = '{"version":1,"partners":{"a":{"name":"A"}}}\n';
  const file = { path: 'p.json', before: text, after: text.replace('"A"', '"B"') };
  const commented = () =>
    withReasons(loadDesired([{ path: 'p.json', text }]), [file], [reason('a', 'so', 'name')]);
  expect(commented).toThrow("A reason can't be written into p.json, which is JSON and can't hold comments.");
});
