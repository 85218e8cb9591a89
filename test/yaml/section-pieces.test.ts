/** What is changed in a piece of a file is what is changed in all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node } from 'yaml';
import type { PartnerEdit } from '../../src/edit/partner-edit.ts';
import { partnerSplices } from '../../src/edit/partner-edits.ts';
import { fieldNamed } from '../../src/fields.ts';
import { entriesOf, keyName } from '../../src/yaml/map.ts';
import { dataOf } from '../../src/yaml/parse-file.ts';
import { sectionPieces, wholeSection } from '../../src/yaml/section-pieces.ts';
import { writtenFile } from '../edit/written-files.ts';
import { enough, runs } from '../runs.ts';

const edits: readonly PartnerEdit[] = [
  { kind: 'pin', id: 'ptn_1' },
  { kind: 'set', field: fieldNamed('name'), value: 'Another', name: null },
  { kind: 'set', field: fieldNamed('domain'), value: null, name: null },
  { kind: 'unset', field: fieldNamed('owner') },
  { kind: 'ignore', field: fieldNamed('tier') },
];

function changesIn(text: string, maps: Iterable<Node | null>, isWanted: (handle: string) => boolean) {
  return [...maps].flatMap((map) =>
    entriesOf(map)
      .filter((entry) => isWanted(keyName(entry) ?? ''))
      .flatMap((entry) => partnerSplices(text, entry, edits, ['tier'])),
  );
}

/** The lines that entries of partners in block style begin on. */
function entryLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let isInside = false;
  for (const [at, line] of text.split('\n').entries()) {
    if (/^\S/.test(line) && !line.startsWith('#')) isInside = line.startsWith('partners:');
    const handle = isInside ? /^(?: {1,4}|\t)([\w-]+):/.exec(line)?.[1] : undefined;
    if (handle !== undefined && !lines.has(handle)) lines.set(handle, at + 1);
  }
  return lines;
}

test('of random entries of random files', () => {
  let cut = 0;
  fc.assert(
    fc.property(writtenFile, fc.infiniteStream(fc.boolean()), (text, choices) => {
      const data = dataOf({ path: 'partners.yaml', text }) as { partners?: object } | undefined;
      const handles = Object.keys(data?.partners ?? {}).filter(() => choices.next().value);
      const places = entryLines(text);
      const lines = new Set(handles.flatMap((handle) => places.get(handle) ?? []));
      const pieces = [...sectionPieces(text, 'partners', lines)];
      if (pieces.length === 0) return;
      const isWanted = (handle: string) => handles.includes(handle);
      expect(changesIn(text, pieces, isWanted)).toEqual(
        changesIn(text, [wholeSection(text, 'partners')], isWanted),
      );
      cut++;
    }),
    runs(300),
  );
  expect(cut).toBeGreaterThan(enough(100));
});

describe('of files in many styles', () => {
  const styles = new URL('../edit/styles/', import.meta.url);
  test.each(readdirSync(styles))('%s', (name) => {
    const text = readFileSync(new URL(name, styles), 'utf8');
    for (const [handle, line] of entryLines(text)) {
      const pieces = [...sectionPieces(text, 'partners', new Set([line]))];
      const isIt = (each: string) => each === handle;
      if (pieces.length > 0)
        expect(changesIn(text, pieces, isIt)).toEqual(
          changesIn(text, [wholeSection(text, 'partners')], isIt),
        );
    }
  });
});
