/** The order in which files list their keys. */
import { expect, test } from 'vitest';
import { keyRanks, partnerRank, type Ranks } from '../../src/edit/key-order.ts';

const sorted = ({ rank }: Pick<Ranks, 'rank'>, keys: string) =>
  keys
    .split(' ')
    .sort((one, other) => rank(one) - rank(other))
    .join(' ');
const below = (...path: readonly string[]) => path.reduce((ranks, key) => ranks.below(key), keyRanks());

test.each<[string, readonly string[], string, string]>([
  [
    'a file',
    [],
    'partners defaults pins x-b settings catalog x-a organisation version',
    'version x-b x-a organisation catalog settings defaults pins partners',
  ],
  ['a file that merges', [], 'partners << version', 'version << partners'],
  [
    'settings',
    ['settings'],
    'tierOrder paging reserveCredits maxChanges unmanaged',
    'unmanaged maxChanges reserveCredits paging tierOrder',
  ],
  [
    'a partner',
    ['partners', 'acme'],
    'x-note ignore access portal owner version tier domain name externalId << id',
    '<< id externalId name domain tier owner portal ignore x-note access version',
  ],
  [
    'the defaults',
    ['defaults'],
    'ignore portal ownerId owner phase tierId tier',
    'tier tierId phase owner ownerId portal ignore',
  ],
  [
    'a portal',
    ['partners', 'acme', 'portal'],
    'other access experienceId experience',
    'experience experienceId access other',
  ],
  ['names that people choose', ['catalog', 'tiers'], 'silver gold bronze', 'silver gold bronze'],
])('of %s', (_, path, keys, order) => {
  expect(sorted(below(...path), keys)).toBe(order);
});

test('of a new line of a partner', () => {
  expect(sorted({ rank: partnerRank() }, 'tier name id')).toBe('id name tier');
});

test('what is below a key is known where the schema says so', () => {
  expect(keyRanks().isKnown('partners')).toBe(true);
  expect(keyRanks().isKnown('x-mine')).toBe(false);
  expect(below('partners').isKnown('acme')).toBe(true);
  expect(below('partners', 'acme').isKnown('portal')).toBe(true);
  expect(below('partners', 'acme').isKnown('note')).toBe(false);
  expect(below('partners', 'acme', 'note').isKnown('more')).toBe(false);
});
