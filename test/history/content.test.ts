import fc from 'fast-check';
import { expect, test } from 'vitest';
import { look } from '../../src/desired/load.ts';
import { newContents } from '../../src/history/content.ts';
import { isObject } from '../../src/json.ts';
import { cutSection } from '../../src/yaml/entries.ts';
import { enough, runs } from '../runs.ts';

/** What the complete text says; null where it isn't valid. */
function complete(text: string): { rest: unknown; partners: unknown } | null {
  const looked = look({ path: 'a.yaml', text });
  if (looked.stage !== 'sound' || !isObject(looked.tree.data)) return null;
  const { partners = {}, ...rest } = looked.tree.data;
  return { rest, partners };
}

function inPieces(text: string): { rest: unknown; partners: unknown } | null {
  const content = newContents().of({ path: 'a.yaml', text });
  return content.stage === 'invalid'
    ? null
    : { rest: content.rest, partners: Object.fromEntries(content.partners) };
}

const json = (data: unknown) => JSON.parse(JSON.stringify(data));

/** Lines that break, quote, nest, anchor or end something, as whole files are made of them. */
const lines = [
  'version: 1',
  'partners:',
  'partners: # all',
  'partners: {}',
  '"partners":',
  'catalog: { tiers: { gold: t1 } }',
  'x-note: |',
  'x-note: "two',
  'x-list:',
  '  - a',
  '  acme:',
  '  acme: # ours',
  '  "globex":',
  '  acme: { name: A }',
  '  initech: {',
  '  name: B',
  '  ? hooli',
  '  : { name: H }',
  '  &a b:',
  '  <<: { tierId: t }',
  '    <<: { tierId: t }',
  '    name: A',
  '    name: "A',
  "    name: 'it''s",
  '    name: >-',
  '      folded',
  '    domain: a.example',
  '    domain: null',
  '    tier: gold',
  '    tierId: t2',
  '    ignore:',
  '    - tier',
  '      - tier',
  '    portal:',
  '      access: RESTRICTED_USERS',
  '      experienceId: e',
  '    name: &n A',
  '    name: *n',
  '# a comment',
  '  # a comment',
  '      # a comment',
  '',
  '  }',
  '  more"',
  '"',
  '---',
  '...',
  '%YAML 1.2',
  '\tname: A',
  ' name: A',
  '   name: A',
];

test('a file that is read in pieces says what the complete file says', () => {
  let sound = 0;
  let cut = 0;
  const text = fc
    .tuple(fc.array(fc.constantFrom(...lines), { maxLength: 14 }), fc.constantFrom('\n', '\r\n'))
    .map(([rows, end]) => ['version: 1', 'partners:', '  first: { name: F }', ...rows, ''].join(end));
  fc.assert(
    fc.property(text, (each) => {
      const expected = complete(each);
      const unix = each.replaceAll('\r\n', '\n');
      if (expected !== null) sound++;
      if (expected !== null && cutSection(unix, 'partners') !== null) cut++;
      expect(json(inPieces(each))).toEqual(json(expected));
    }),
    runs(1000),
  );
  expect(Math.min(sound, cut)).toBeGreaterThan(enough(50));
});

test.each([
  ['an anchor in one partner, an alias in another', '  a: &a { name: A }\n  b: *a\n'],
  ['a value over lines that look like handles', '  a:\n    name: "x\n  b: y"\n'],
  ['a block of text that looks like a section', '  a:\n    name: |\n      partners:\n        b: x\n'],
  ['a handle twice', '  a: { name: A }\n  a: { name: B }\n'],
  ['a second document', '  a: { name: A }\n---\nversion: 1\n'],
  ['a section twice', '  a: { name: A }\npartners:\n  b: { name: B }\n'],
  ['merged forms of one field', '  a: { <<: { tierId: t }, name: A, tierId: u }\n'],
])('%s', (_, partners) => {
  const text = `version: 1\npartners:\n${partners}`;
  expect(json(inPieces(text))).toEqual(json(complete(text)));
});
