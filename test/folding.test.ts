/** What is one domain, one name, and no change, however it is written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldNamed, sameValue } from '../src/fields.ts';
import { foldDomain, foldName, spellName } from '../src/folding.ts';
import { runs } from './runs.ts';

test.each([
  [
    'acme.example',
    ['ACME.Example', 'acme.example.', 'acme.example..', ' acme.example\u00a0', 'acme.example:443'],
  ],
  [
    'acme.example',
    ['https://acme.example/', 'HTTPS://acme.example', '//acme.example', 'acme.example/a?b#c:1@d'],
  ],
  [
    'acme.example',
    ['https://user:p@ss@acme.example.:8443/x', 'user@acme.example', 'ac\u200bme.ex\u00adample'],
  ],
  [
    'acme.example',
    ['ａｃｍｅ．example', 'acme。example。', 'acme.example\\path', 'https:\\\\acme.example', 'acme.example:'],
  ],
  [
    'xn--bcher-kva.example',
    ['bücher.example', 'BÜCHER.example', 'bu\u0308cher.example', 'XN--BCHER-KVA.example.'],
  ],
  ['[::1]', ['[::1]:80', 'http://[::1]/']],
  ['::1', ['::1']],
  ['1.2', ['1.2', '1.2.']],
  ['acme..example', ['acme..example.']],
  ['xn--e28h.example', ['😀.example']],
  ['https://', ['https://', 'HTTPS://']],
])('%s is the domain of %j', (folded, spellings) => {
  expect(spellings.map(foldDomain)).toEqual(spellings.map(() => folded));
});

test.each([
  ['www.acme.example', 'acme.example'],
  ['acme.example', 'acme.test'],
  ['faß.example', 'fass.example'],
  ['acme.example', 'acme.example.org'],
])('%s and %s are two domains', (one, other) => {
  expect(foldDomain(one)).not.toBe(foldDomain(other));
});

test.each([
  ['Straße', 'STRASSE', 'STRAẞE', 'straſſe'],
  ['Initech Inc', 'Initech  Inc', ' initech\u00a0inc ', 'Initech\u2003INC', 'Initech\u0085Inc'],
  ['ﬁnder', 'Finder', 'ＦＩＮＤＥＲ'],
  ['ΟΔΟΣ', 'οδος', 'οδοσ'],
  ['İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul'],
  ['Café', 'Cafe\u0301', 'CAFÉ'],
  ['Acme', 'Ac\u200bme', 'Ac\u00adme', '\ufeffAcme', 'Acme\ufe0f'],
])('%j and %j are one name', (...spellings) => {
  expect(new Set(spellings.map(foldName)).size).toBe(1);
});

test.each([
  ['Acme', 'Akme'],
  ['Acme Inc', 'Acme'],
  ['Cafe', 'Café'],
])('%j and %j are two names', (one, other) => {
  expect(foldName(one)).not.toBe(foldName(other));
});

test.each([
  ['name', 'Acme ', 'Acme', true],
  ['name', 'Initech  Inc', 'Initech\u00a0Inc', true],
  ['name', 'Café', 'Cafe\u0301', true],
  ['name', 'ACME', 'Acme', false],
  ['name', 'Straße', 'STRASSE', false],
  ['domain', 'https://ACME.example/', 'acme.example', true],
  ['domain', 'acme.example', null, false],
  ['tier', 't1', 'T1', false],
])('%s: %j and %j are the same value: %j', (field, one, other, same) => {
  expect(sameValue(fieldNamed(field), one, other)).toBe(same);
});

test('folding twice changes nothing, and what is compared as one name is matched as one', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(text, (given) => {
      for (const fold of [foldDomain, foldName, spellName]) expect(fold(fold(given))).toBe(fold(given));
      expect(foldName(spellName(given))).toBe(foldName(given));
    }),
    runs(1000),
  );
});
