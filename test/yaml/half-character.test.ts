import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { paths } from '../../src/introw/api.ts';
import { Failure } from '../../src/problem.ts';

test.each([
  ['an id', 'partners: { acme: { name: Acme, id: "ptn_\\ud800" } }'],
  ['a name', 'partners: { acme: { name: "A\\udc00" } }'],
  ['a handle', 'partners: { "a\\ud83d": { name: Acme } }'],
  ['a catalog name', 'catalog: { tiers: { "a\\ud83d": t } }'],
  ['a value of a catalog', 'catalog: { tiers: { a: "\\ud83d" } }'],
])('half of a character in %s is a problem of the file', (_, line) => {
  try {
    loadDesired([{ path: 'partners.yaml', text: `version: 1\n${line}\n` }]);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.problems[0]).toMatchObject({ code: 'INVALID_VALUE', position: { line: 2 } });
  }
});

test('an id of half a character can be asked for, and is nobody', () => {
  expect(paths.partner('ptn_\ud800')).toBe('/api/v1/partners/ptn_%EF%BF%BD');
});
