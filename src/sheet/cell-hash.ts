/**
 * FNV-1a, 32 bits: a short fingerprint of a cell, by which an edit knows what a cell was when it was exported. Written
 * here because sheets need one that is short, the same everywhere and computed without I/O; it guards against mistakes,
 * not against forgery. http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function cellHash(...parts: readonly string[]): string {
  const text = JSON.stringify(parts);
  let hash = 0x811c9dc5;
  // A large sheet has a hundred thousand cells: the bytes of ASCII are its characters.
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return hashOf(encoder.encode(text));
    hash = Math.imul(hash ^ code, prime);
  }
  return (hash >>> 0).toString(36);
}

const prime = 0x01000193;
const encoder = new TextEncoder();

function hashOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, prime);
  return (hash >>> 0).toString(36);
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
