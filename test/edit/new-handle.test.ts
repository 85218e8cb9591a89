/** Handles as they are made from names. */
import { expect, test } from 'vitest';
import { canBeHandle, newHandle } from '../../src/edit/new-handle.ts';

test.each<[string | null, string | null, string]>([
  ['Acme', 'other.example', 'acme'],
  ['Müller & Söhne GmbH', null, 'muller-sohne-gmbh'],
  ['Mu\u0308ller', null, 'muller'],
  ["O'Neil’s", null, 'oneils'],
  ['田中', null, 'tianzhong'],
  ['A😀B', null, 'a-b'],
  ['  --Acme 24/7-- ', null, 'acme-24-7'],
  ['😀', 'acme.example', 'acme-example'],
  [null, 'acme.example', 'acme-example'],
  ['!', '', 'partner'],
  [null, null, 'partner'],
  ['x'.repeat(150), null, 'x'.repeat(100)],
  [`${'x'.repeat(98)} & y`, null, `${'x'.repeat(98)}-y`],
  [`${'x'.repeat(99)} y`, null, 'x'.repeat(99)],
])('%j and %j make %s', (name, domain, handle) => {
  expect(newHandle(name, domain, new Set())).toBe(handle);
  expect(canBeHandle(handle)).toBe(true);
});

test.each([
  ['acme', ['acme-2', 'acme-3', 'acme-4']],
  ['y'.repeat(100), [`${'y'.repeat(98)}-2`, `${'y'.repeat(98)}-3`]],
])('of those that are taken the next number: %s', (name, handles) => {
  const taken = new Set([name]);
  expect(handles.map(() => newHandle(name, null, taken))).toEqual(handles);
  expect([...taken]).toEqual([name, ...handles]);
});

test.each(['Acme', 'a b', '', 'x'.repeat(101), '-'])('%j can be no handle', (text) => {
  expect(canBeHandle(text)).toBe(false);
});
