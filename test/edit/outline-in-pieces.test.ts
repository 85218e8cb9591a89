/** A layout that is read in pieces is the one that is read at once. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInPieces, readOutline } from '../../src/edit/format/read-outline.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { dataOf } from '../../src/yaml/parse-file.ts';
import { enough, runs } from '../runs.ts';
import { anyMap } from './any-yaml.ts';
import { writtenFile } from './written-files.ts';

/** Whether it can be read in pieces. */
function isReadAlike(text: string): boolean {
  const source = text.replaceAll('\r\n', '\n');
  const inPieces = readInPieces('partners.yaml', source, 0, source.length, 1);
  if (inPieces === null) return false;
  const { contents } = parseYaml(source).document;
  expect({ source, root: inPieces.root }).toEqual({
    source,
    root: readOutline(source, contents, 0, source.length),
  });
  expect(inPieces.tree.data).toEqual(dataOf({ path: 'partners.yaml', text: source }));
  return true;
}

const around = fc.constantFrom(
  '',
  'version: 1\n',
  '# head\n\nversion: 1 # one\n',
  '\n',
  'x: [a, b]\n# end\n',
  '  # in\n',
);
const partners = fc
  .tuple(around, fc.constantFrom('', ' # all', '\n  # first', '\n\n'), anyMap('  ', 2), around)
  .map(([above, beside, entries, below]) => `${above}partners:${beside}\n${entries}${below}`);

test.each([
  ['files as people write them', writtenFile, 150, 45],
  ['partners in any layout', partners, 250, 45],
] as const)('%s', (_, texts: fc.Arbitrary<string>, times, least) => {
  let read = 0;
  fc.assert(
    fc.property(texts, (text) => {
      if (isReadAlike(text)) read++;
    }),
    runs(times),
  );
  expect(read).toBeGreaterThan(enough(least));
});

test('files in many styles', () => {
  const styles = new URL('./styles/', import.meta.url);
  const read = readdirSync(styles).filter((name) => isReadAlike(readFileSync(new URL(name, styles), 'utf8')));
  expect(read.length).toBeGreaterThan(1);
});
