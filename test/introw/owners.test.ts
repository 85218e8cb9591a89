import { expect, test } from 'vitest';
import { parsePartner } from '../../src/introw/parse-partner.ts';

test.each([
  ['an object with an id', { id: 'user_1', name: 'Jamie' }, 'user_1'],
  ['a string', 'user_1', 'user_1'],
  ['null: no owner', null, null],
  ['an object without an id: can not be read', { name: 'Jamie' }, undefined],
  ['an id that is a number: can not be read', { id: 7 }, undefined],
  ['a list: can not be read', ['user_1'], undefined],
])('owner as %s', (_, owner, read) => {
  expect(
    parsePartner({ id: 'ptn_1', owner, categories: null, mood: { today: 'sunny' } }, 'the test').values.owner,
  ).toBe(read);
});
