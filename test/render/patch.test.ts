import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patchLines } from '../../src/render/patch.ts';
import { visible } from '../../src/render/sanitise.ts';
import { folder } from '../cli/command.ts';
import { runs } from '../runs.ts';

const line = fc.constantFrom('a', 'b', 'c', '', '  d', 'unique 1', 'unique 2', 'unique 3', '--- x', '+ y');
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));

test('git apply makes of the old text the new one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after && before !== '' && after !== '');
      const path = folder({
        file: before,
        patch: `${patchLines({ path: 'file', before, after }).join('\n')}\n`,
      });
      execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', 'patch'], { cwd: path });
      expect(readFileSync(join(path, 'file'), 'utf8')).toBe(after);
    }),
    runs(150),
  );
});

const endings: readonly { name: string; before: string; after: string; shows: string[] }[] = [
  {
    name: 'are not shown where all are the same',
    before: 'a\r\nb\r\n',
    after: 'a\r\nc\r\n',
    shows: [' a', '-b', '+c'],
  },
  {
    name: 'are shown where they are the change',
    before: 'a\nb\r\n',
    after: 'a\nb\n',
    shows: [' a', '-b\\u{d}', '+b'],
  },
  {
    name: 'are shown where a file mixes them',
    before: 'a\nb\r\n',
    after: 'a\nb\r\nc\n',
    shows: [' a', ' b\\u{d}', '+c'],
  },
  { name: 'are shown where all of them change', before: 'a\r\n', after: 'a\n', shows: ['-a\\u{d}', '+a'] },
];

test.each(endings)('line endings $name', ({ before, after, shows }) => {
  const lines = patchLines({ path: 'file', before, after }).slice(3).map(visible);
  expect(lines).toEqual(shows);
});
