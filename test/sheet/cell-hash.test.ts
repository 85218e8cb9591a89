import { expect, test } from 'vitest';
import { cellHash, hashCell, hashesIn } from '../../src/sheet/cell-hash.ts';

test('a hash is FNV-1a over the JSON of its parts', () => {
  expect(cellHash()).toBe(fnv('[]'));
  expect(cellHash('acme', 'tier', 'gold')).toBe(fnv('["acme","tier","gold"]'));
  expect(cellHash('acme', 'tier', 'gold')).not.toBe(cellHash('globex', 'tier', 'gold'));
});

/** The same by arithmetic without limits. */
function fnv(text: string): string {
  let hash = 2166136261n;
  for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * 16777619n) % 2n ** 32n;
  return hash.toString(36);
}

test('the hashes of a row are read back, whatever a spreadsheet has put around them', () => {
  const hashes = new Map([
    ['handle', '1b2c'],
    ['tier', '0'],
  ]);
  expect(hashesIn(` ${hashCell(hashes)} `)).toEqual(hashes);
  expect(hashesIn('#REF!')).toEqual(new Map());
});
