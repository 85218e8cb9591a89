/** Each case shows an entry that holds a list, what it is to hold, and the source after it: nothing else may change. */
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import type { Json } from '../../src/json.ts';
import { type Entry, entryNamed, replaceEntry } from '../../src/yaml/map.ts';
import { applySplices } from '../../src/yaml/splice.ts';

function withList(source: string, value: Json): string {
  const root = parseDocument(source).contents as Entry['value'];
  const entry = entryNamed(root, 'kinds');
  if (entry === undefined) throw new Error('the case has no kinds');
  return applySplices(source, replaceEntry(source, entry, 'kinds', value));
}

const cases: readonly { name: string; before: string; value: readonly string[]; after: string }[] = [
  {
    name: 'in flow style',
    before: 'kinds: [a, b] # two\nname: A\n',
    value: ['a', 'c'],
    after: 'kinds: [a, c] # two\nname: A\n',
  },
  {
    name: 'in flow style, with comments inside',
    before: 'kinds: [a, # first\n  b]\nname: A\n',
    value: ['a'],
    after: 'kinds: [a] # first\n\nname: A\n',
  },
  {
    name: 'inside a map in flow style',
    before: '{ kinds: [a, b], name: A }\n',
    value: ['b', 'c, d'],
    after: '{ kinds: [b, "c, d"], name: A }\n',
  },
  {
    name: 'in block style: what stays keeps its place and comment',
    before: 'kinds: # ours\n  - a # since 2019\n  - b\n  - c\nname: A\n',
    value: ['c', 'd', 'a'],
    after: 'kinds: # ours\n  - a # since 2019\n  - c\n  - d\nname: A\n',
  },
  {
    name: 'in block style as far left as its key',
    before: 'kinds:\n- a\n- b\nname: A\n',
    value: ['b', 'c'],
    after: 'kinds:\n- b\n- c\nname: A\n',
  },
  {
    name: 'in block style: the comment of what goes stays',
    before: 'kinds:\n  # checked\n  - a\n  - b # odd\nname: A\n',
    value: ['a'],
    after: 'kinds:\n  # checked\n  - a\n  # odd\nname: A\n',
  },
  {
    name: 'in block style, all of it new',
    before: 'kinds:\n  - a\n  - b\nname: A\n',
    value: ['c', 'd'],
    after: 'kinds:\n  - c\n  - d\nname: A\n',
  },
  {
    name: 'in block style, emptied',
    before: 'kinds: # ours\n  - a\n  - b\nname: A\n',
    value: [],
    after: 'kinds: [] # ours\nname: A\n',
  },
  {
    name: 'in block style with quoted items, at the end of a file without a line break',
    before: 'name: A\nkinds:\n  - "a"\n  - \'b\'',
    value: ['a', 'b', 'true'],
    after: 'name: A\nkinds:\n  - "a"\n  - \'b\'\n  - "true"',
  },
  {
    name: 'with other line endings',
    before: 'kinds:\r\n  - a\r\n  - b\r\nname: A\r\n',
    value: ['b', 'c'],
    after: 'kinds:\r\n  - b\r\n  - c\r\nname: A\r\n',
  },
  { name: 'empty before', before: 'kinds: []\nname: A\n', value: ['a'], after: 'kinds: [a]\nname: A\n' },
  { name: 'nothing before', before: 'kinds:\nname: A\n', value: ['a'], after: 'kinds: [a]\nname: A\n' },
  {
    name: 'that is an alias',
    before: 'x-kinds: &usual [a]\nkinds: *usual\n',
    value: ['b'],
    after: 'x-kinds: &usual [a]\nkinds: [b]\n',
  },
  {
    name: 'that has an anchor, emptied',
    before: 'kinds: &usual # ours\n  - a\nname: A\n',
    value: [],
    after: 'kinds: &usual [] # ours\nname: A\n',
  },
];

test.each(cases)('a list $name', ({ before, value, after }) => {
  expect(withList(before, value)).toBe(after);
  const said: unknown = parseDocument(after).toJS().kinds;
  expect(new Set(said as string[])).toEqual(new Set(value));
});
