import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patchText } from '../../src/render/patch.ts';
import { plain } from '../../src/render/style.ts';
import { folder } from '../cli/command.ts';

const line = fc.constantFrom('a', 'b', 'c', '', '  d', 'unique 1', 'unique 2', 'unique 3', '--- x', '+ y');
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));

test('git apply makes of the old text the new one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after && before !== '' && after !== '');
      const path = folder({ file: before, patch: patchText({ path: 'file', before, after }, plain) });
      execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', 'patch'], { cwd: path });
      expect(readFileSync(join(path, 'file'), 'utf8')).toBe(after);
    }),
    { numRuns: 150 },
  );
});
