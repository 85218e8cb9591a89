/** The order in which files list their keys. */
import { expect, test } from 'vitest';
import { keyRanks, partnerRank, type Ranks } from '../../src/edit/key-order.ts';

const sorted = ({ rank }: Pick<Ranks, 'rank'>, keys: string) =>
  keys
    .split(' ')
    .sort((one, other) => rank(one) - rank(other))
    .join(' ');
const root = keyRanks();
const below = (...path: readonly string[]) => path.reduce((ranks, key) => ranks.below(key), root);

test.each<[string, Ranks, string, string]>([
  [
    'a file',
    root,
    'partners defaults pins x-b settings catalog x-a organisation version',
    'version x-b x-a organisation catalog settings defaults pins partners',
  ],
  ['a file that merges', root, 'partners << version', 'version << partners'],
  [
    'settings',
    below('settings'),
    'tierOrder paging reserveCredits maxChanges unmanaged',
    'unmanaged maxChanges reserveCredits paging tierOrder',
  ],
  [
    'a partner',
    below('partners', 'acme'),
    'x-note ignore access portal owner version tier domain name externalId << id',
    '<< id externalId name domain tier owner portal ignore x-note access version',
  ],
  [
    'the defaults',
    below('defaults'),
    'ignore portal ownerId owner phase tierId tier',
    'tier tierId phase owner ownerId portal ignore',
  ],
  [
    'a portal',
    below('partners', 'acme', 'portal'),
    'other access experienceId experience',
    'experience experienceId access other',
  ],
  ['names that people choose', below('catalog', 'tiers'), 'silver gold bronze', 'silver gold bronze'],
])('of %s', (_, ranks, keys, order) => {
  expect(sorted(ranks, keys)).toBe(order);
});

test('of a new line of a partner', () => {
  expect(sorted({ rank: partnerRank() }, 'tier name id')).toBe('id name tier');
});

test('what is below a key is known where the schema says so', () => {
  expect(root.isKnown('partners')).toBe(true);
  expect(root.isKnown('x-mine')).toBe(false);
  expect(below('partners').isKnown('acme')).toBe(true);
  expect(below('partners', 'acme').isKnown('portal')).toBe(true);
  expect(below('partners', 'acme').isKnown('note')).toBe(false);
  expect(below('partners', 'acme', 'note').isKnown('more')).toBe(false);
});
