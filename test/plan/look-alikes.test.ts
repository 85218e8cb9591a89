/** New partners that may be somebody who is there already: what a warning says of them. */
import { expect, test } from 'vitest';
import { desiredOf, type Files, liveOf, planOf } from './world.ts';

const warningsOf = (files: Files, live: readonly { name: string | null; domain?: string | null }[] = []) =>
  planOf(desiredOf(files), liveOf(live.map((each, index) => ({ id: `p${index}`, domain: null, ...each }))))
    .changes.flatMap(({ warnings }) => warnings)
    .map(({ message }) => message);

test.each<[string, string, boolean]>([
  ['acme.example', 'www.acme.example', true],
  ['www.acme.example', 'www.www.acme.example', true],
  ['acme.example', 'acme.www.example', false],
  ['acme.example', 'awww.acme.example', false],
  ['acme.example', 'acme.test', false],
])('a domain %s looks like %s: %s', (domain, other, expected) => {
  const says = warningsOf({ a: { name: 'New', domain } }, [{ name: 'Other', domain: other }]);
  expect(says.length > 0).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['Acme - Labs', 'Acme Labs', true],
  ['(Acme)', 'Acme', true],
  ['Acme, Inc. Ltd.', 'Acme', true],
  ['Acme (Inc)', 'Acme', true],
  ['Acme -- Labs!', 'Acme Labs', true],
  ['Acme Inc Labs', 'Acme', false],
  ['Inc. Acme', 'Acme', false],
  ['Acme', 'Acme Labs', false],
  ['Ltd', 'Inc Ltd', false],
  ['Ltd Inc', 'Ltd', true],
  ['Acme 2', 'Acme', false],
  ['株式会社', '有限会社', false],
  ['株式会社アクメ', 'アクメ', true],
  ['アクメ㈱', '(株)アクメ', true],
  ['Acme’s Labs', "Acme's Labs", true],
  ["Acme's", 'Acmes', true],
  ['नमस्ते', 'नमसत', false],
  ['Acme.Labs', 'Acme Labs', true],
  ['!', '?', false],
])('a name %s looks like %s: %s', (name, other, expected) => {
  expect(warningsOf({ a: { name } }, [{ name: other }]).length > 0).toBe(expected);
});

test('partners without a name or a domain look like nobody', () => {
  expect(warningsOf({ a: { name: '!' }, b: { name: 'New' } }, [{ name: null }, { name: '?' }])).toEqual([]);
});

test('the warning names a few of many, and how to pin the first that is live', () => {
  const live = ['Inc', 'Ltd', 'GmbH'].map((form) => ({ name: `Acme ${form}` }));
  const most = 'new (Acme AG) would be created, and looks like Acme Inc p0, Acme Ltd p1, Acme GmbH p2';
  const wayOut = 'If it is the same partner: introwctl pin new=p0.';
  expect(warningsOf({ new: { name: 'Acme AG' } }, live)).toEqual([`${most}. ${wayOut}`]);
  const more = [...live, { name: 'Acme LLC' }, { name: 'ACME' }];
  expect(warningsOf({ new: { name: 'Acme AG' } }, more)).toEqual([`${most} and 2 more. ${wayOut}`]);
});

test('new partners that look like each other are named with their places, once', () => {
  const files = {
    a: { name: 'Acme Inc', domain: 'acme.example' },
    b: { name: 'Acme Ltd', domain: 'www.acme.example' },
  };
  expect(warningsOf(files)).toEqual([
    'a (Acme Inc) would be created, and looks like b (partners.yaml:1).',
    'b (Acme Ltd) would be created, and looks like a (partners.yaml:1).',
  ]);
});

test('a partner that another handle is counts once, as it is in Introw', () => {
  const files = { old: { name: 'Acme Inc' }, new: { name: 'Acme Ltd' } };
  expect(warningsOf(files, [{ name: 'Acme Inc' }])).toEqual([
    'new (Acme Ltd) would be created, and looks like Acme Inc p0. If it is the same partner: introwctl pin new=p0.',
  ]);
});
