import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSecrets } from '../../src/introw/secrets.ts';

const printable = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

const spellings: readonly { name: string; spell: (key: string) => string }[] = [
  { name: 'as it is', spell: (key) => key },
  { name: 'percent-encoded', spell: encodeURIComponent },
  { name: 'percent-encoded twice', spell: (key) => encodeURIComponent(encodeURIComponent(key)) },
  {
    name: 'every character percent-encoded',
    spell: (key) => Buffer.from(key).toString('hex').replace(/../g, '%$&'),
  },
  { name: 'in JSON', spell: (key) => JSON.stringify(key) },
  { name: 'in JSON in JSON', spell: (key) => JSON.stringify(JSON.stringify(key)) },
  {
    name: 'as code points of JSON',
    spell: (key) => Buffer.from(key).toString('hex').replace(/../g, '\\u00$&'),
  },
  { name: 'as entities', spell: (key) => [...key].map((each) => `&#${each.charCodeAt(0)};`).join('') },
  { name: 'in upper case', spell: (key) => key.toUpperCase() },
  { name: 'in base64', spell: (key) => Buffer.from(key).toString('base64') },
  { name: 'in base64 after a user', spell: (key) => Buffer.from(`user:${key}`).toString('base64') },
  { name: 'in base64 between others', spell: (key) => Buffer.from(`ab${key}cde`).toString('base64') },
  { name: 'in base64 for URLs', spell: (key) => Buffer.from(`a${key}`).toString('base64url') },
  { name: 'in hexadecimal', spell: (key) => Buffer.from(key).toString('hex') },
];

test.each(spellings)('a key is found and masked $name', ({ spell }) => {
  fc.assert(
    fc.property(printable, printable, printable, (rest, before, after) => {
      // A key of at least eight characters, of which its ends are not in question.
      const key = `k9${rest.slice(0, 40)}Zq4xW7`;
      const { add, mask, isIn } = newSecrets();
      add(key);
      const text = `${before} ${spell(key)} ${after}`;
      expect(isIn(text)).toBe(true);
      const shown = mask(text);
      expect(shown).toContain('[key]');
      expect(isIn(shown)).toBe(false);
      expect(shown.startsWith(`${before} `) && shown.endsWith(` ${after}`)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('a short key is masked as a word, not inside of words, and one of three characters is none', () => {
  const { add, mask, isIn } = newSecrets();
  add('part');
  add('key');
  expect(mask('part, "part", partner, a-part, the key')).toBe('[key], "[key]", partner, a-part, the key');
  expect(isIn('partner')).toBe(false);
});

test('whatever looks like a key of Introw is masked, though it is not the key of this run', () => {
  expect(newSecrets().mask('--api-key-file intro_live_abcDEF123456 is missing')).toBe(
    '--api-key-file [key] is missing',
  );
});
