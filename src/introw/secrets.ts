/** The keys of this run, and every spelling in which they could reach an output. */

/** What is shown in place of a key. */
export const masked = '[key]';

export type Secrets = {
  /** Keeps a key out of everything from now on. */
  readonly add: (key: string) => void;
  /** The text with each of the keys, and whatever looks like a key of Introw, masked. Comes before any cutting or wrapping. */
  readonly mask: (text: string) => string;
  /** Whether one of the keys is in the text. */
  readonly isIn: (text: string) => boolean;
};

/** A key from this length on is found anywhere, in upper and lower case. */
const long = 8;

/** A word that is shorter than this looks like any word of a sentence: it is no secret. */
const shortest = 4;

/** Any key of Introw, also one that was typed in the wrong place and is not the key of this run. */
const anyKey = /\bintro_[a-z]+_[A-Za-z0-9_-]{6,}/g;

export function newSecrets(): Secrets {
  const patterns = new Map<string, Patterns>();
  const found = (text: string) => {
    const mayBeSpelled = /[%\\&]/.test(text);
    return [...patterns.values()].flatMap(({ asItIs, spelled }) =>
      (mayBeSpelled ? [asItIs, spelled] : [asItIs]).filter((pattern) => text.search(pattern) !== -1),
    );
  };
  return {
    add: (key) => {
      const text = key.trim();
      if (text.length >= shortest && !patterns.has(text)) patterns.set(text, patternsOf(text));
    },
    mask: (text) => {
      let result = text;
      for (const pattern of found(text)) result = result.replace(pattern, masked);
      return result.includes('intro_') ? result.replace(anyKey, masked) : result;
    },
    isIn: (text) => found(text).length > 0,
  };
}

/** Every text of a run is looked through, so the many spellings are looked for only where there are signs of them. */
type Patterns = {
  readonly asItIs: RegExp;
  /** With characters that are percent-encoded, escaped, or written as entities. */
  readonly spelled: RegExp;
};

/**
 * Finds a key as it is; with any of its characters percent-encoded, escaped as in JSON, or written as an entity; and in
 * base64, wherever in a longer text it was when that was encoded. A short one counts only as a word by itself.
 */
function patternsOf(key: string): Patterns {
  const asItIs = [...key].map(quoted).join('');
  const spelled = [...key].map(spellings).join('');
  if (key.length < long) {
    const word = (text: string) => new RegExp(`(?<![\\p{L}\\p{N}_-])${text}(?![\\p{L}\\p{N}_-])`, 'gu');
    return { asItIs: word(asItIs), spelled: word(spelled) };
  }
  const encoded = base64Of(key);
  return {
    asItIs: new RegExp([asItIs, ...encoded.map(base64ForUrls), hexOf(key)].join('|'), 'gi'),
    spelled: new RegExp([spelled, ...encoded.map(base64Spellings)].join('|'), 'giu'),
  };
}

function spellings(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const bytes = [...Buffer.from(character)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, '0')}`);
  const named =
    { '&': '|&amp;', '<': '|&lt;', '>': '|&gt;', '"': '|&quot;', "'": '|&apos;' }[character] ?? '';
  const escaped = `\\\\+(?:u0*${hex}|u\\{0*${hex}\\}|x0*${hex}${/[^a-z0-9]/i.test(character) ? `|${quoted(character)}` : ''})`;
  return `(?:${quoted(character)}|${bytes.join('')}|${escaped}|&#(?:0*${code}|x0*${hex});${named})`;
}

/** The base64 of a text differs with the number of bytes before it; what every such text has in common is left. */
function base64Of(key: string): string[] {
  const bytes = Buffer.from(key);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const shared = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1;
    return text.slice(Math.ceil((before * 8) / 6), shared);
  });
}

function base64ForUrls(text: string): string {
  return text.replaceAll(/[+/]/g, (sign) => (sign === '+' ? '[+-]' : '[/_]'));
}

function base64Spellings(text: string): string {
  return text.replaceAll(/[+/]/g, (sign) => (sign === '+' ? '(?:[+-]|%2b)' : '(?:[/_]|%2f)'));
}

function hexOf(key: string): string {
  return Buffer.from(key).toString('hex');
}

function quoted(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
}
