/**
 * FNV-1a, 32 bits: a short fingerprint of a cell, by which an edit knows what a cell was when it was exported. Written
 * here because sheets need one that is short, the same everywhere and computed without I/O; it guards against mistakes,
 * not against forgery. http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function cellHash(...parts: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(parts)))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

/** The hashes of a row, by header: `handle:1b2c tier:9f3a`. */
export function hashCell(hashes: ReadonlyMap<string, string>): string {
  return [...hashes].map(([header, hash]) => `${header}:${hash}`).join(' ');
}

/** The reverse; empty where the cell holds something else. */
export function hashesIn(text: string): Map<string, string> {
  const found = text.matchAll(/([^\s:]+):([0-9a-z]+)/g);
  return new Map([...found].map(([, header = '', hash = '']) => [header, hash]));
}
