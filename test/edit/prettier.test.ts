/** Teams run Prettier on all files of a repository: fmt and Prettier must leave each other's files alone. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { formatFile } from '../../src/edit/format/format.ts';
import { runs } from '../runs.ts';
import { anyMap } from './any-yaml.ts';
import { writtenFile } from './written-files.ts';

const prettier = (text: string) => format(text, { parser: 'yaml', endOfLine: 'auto' });
const fmt = (text: string) => formatFile({ path: 'partners.yaml', text });

const styles = new URL('./styles/', import.meta.url);

describe('files in the styles of real repositories', () => {
  test.each(readdirSync(styles))('%s', async (name) => {
    const written = readFileSync(new URL(name, styles), 'utf8');
    const formatted = fmt(written);
    await expect(formatted).toMatchFileSnapshot(`./expected/${name}`);
    expect(await prettier(formatted)).toBe(formatted);
    const both = await prettier(fmt(await prettier(written)));
    expect(fmt(both)).toBe(both);
  });
});

/** A file of partners, and one that has anything else too. */
const anyFile = fc.oneof(
  writtenFile,
  fc
    .tuple(fc.constantFrom('', '---\n', '# head\n---\n', '--- # x\n'), anyMap('  '), writtenFile)
    .map(([start, map, file]) => `${start}x-more:\n${map}${file.replaceAll('\r\n', '\n')}`),
);

function indentTwice(_: string, indent: string, dashes: string): string {
  return indent + indent + dashes.replaceAll('- ', '-   ');
}

/** A quarter of the files is laid out by Prettier too: it takes most of the time of this test. */
const laidOutToo = fc.nat(3).map((number) => number === 0);

test('what fmt writes passes prettier --check, and what Prettier makes of it in another layout passes fmt --check', async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, laidOutToo, async (text, both) => {
      const formatted = fmt(text);
      expect(await prettier(formatted)).toBe(formatted);
      if (!both) return;
      const wider = await prettier(formatted.replace(/^( *)((?:- )*)/gm, indentTwice));
      expect(fmt(wider)).toBe(wider);
    }),
    runs(150),
  );
}, 180_000);

test('braces that are written out keep what Prettier does with the blank lines above them', async () => {
  const long = 'w'.repeat(45);
  const text = `x-more:\n  b:\n    - { a: [] }\n    # note\n\n    - { a: { b: ${long}, c: ${long} } }\n      # further in\nversion: 1\n`;
  const formatted = fmt(text);
  expect(formatted).toContain('# note\n    - a:\n');
  expect(await prettier(formatted)).toBe(formatted);
});
