import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../runs.ts';
import { said } from './said.ts';

const right: Readonly<Record<number, string>> = {
  1: 'version: 1',
  2: 'catalog:',
  3: '  tiers: { gold: tier_1, silver: tier_2 }',
  4: '  experiences: { reseller: exp_1 }',
  5: 'settings: { tierOrder: [silver, gold] }',
  6: 'pins: { acme: ptn_1 }',
  7: 'partners:',
  8: '  acme:',
  9: '    name: Acme',
  10: '    domain: acme.example',
  11: '    tier: gold',
  12: '    portal: { experience: reseller, access: RESTRICTED_USERS }',
  13: '  globex:',
  14: '    name: Globex',
  15: '    domain: globex.example',
  16: '    tier: silver',
  17: '  initech:',
  18: '    name: Initech',
  19: '    domain: initech.example',
  20: '    tier: silver',
};

/** Faults of every stage of checking, each on lines of its own. */
const faults: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'an order of tiers that names none': { 5: 'settings: { tierOrder: [silver, gold, 5, glod] }' },
  'a pin for no handle': { 6: 'pins: { acme: ptn_1, acne: ptn_2 }' },
  'no domain': { 10: '    domain: https://acme.example' },
  'a tier that the catalog lacks': { 11: '    tier: platinum' },
  'an experience that the catalog lacks, and no access': {
    12: '    portal: { experience: resseller, access: INVITED }',
  },
  'the name of another': { 14: '    name: ACME' },
  'a domain that IDNA refuses': { 15: '    domain: xn--a.example' },
  'a key that means nothing': { 16: '    teir: silver' },
  'a domain of another': { 19: '    domain: www.globex.example', 15: '    domain: www.globex.example' },
  'a key twice': { 20: '    tier: silver\n    tier: gold' },
  'two forms': { 20: '    tier: silver\n    tierId: tier_2' },
  'an empty text': { 18: '    name: ""' },
};

function problemsOf(changes: readonly Readonly<Record<number, string>>[]): string[] {
  const lines: Readonly<Record<number, string>> = Object.assign({}, right, ...changes);
  const all = said(`${Object.values(lines).join('\n')}\n`);
  return all.startsWith('valid') ? [] : all.split(/\n(?=a\.yaml)/);
}

test('each fault is one to three problems by itself', () => {
  expect(problemsOf([])).toEqual([]);
  for (const [name, change] of Object.entries(faults)) {
    const found = problemsOf([change]).length;
    expect([name, found >= 1 && found <= 3]).toEqual([name, true]);
  }
});

test('no fault hides another, whatever stage of checking finds it, and none makes a further problem', () => {
  const some = fc.subarray(Object.values(faults), { minLength: 2 });
  fc.assert(
    fc.property(some, (changes) => {
      const lines = changes.flatMap((change) => Object.keys(change));
      fc.pre(new Set(lines).size === lines.length);
      const expected = new Set(changes.flatMap((change) => problemsOf([change])));
      expect(new Set(problemsOf(changes))).toEqual(expected);
    }),
    runs(20),
  );
});

/** Ends of a file that no repair makes sense of, in place of its last partner. */
const ends = [
  '  initech: { name: "Initech, domain: initech.example }',
  '  initech: { name: Initech, portal: { access: [ }',
  '  ? [initech]\n  : { name: Initech }',
  '  initech:\n    name: Initech\n   domain: { ]',
];

test.each(ends)('what is above an end such as %j is checked, and nothing follows from the rest', (end) => {
  const until = (changes: Readonly<Record<number, string>>) => {
    const lines = Object.values(Object.assign({}, right, changes)).slice(0, 16);
    return said(`${[...lines, end].join('\n')}\n`).split(/\n(?=a\.yaml)/);
  };
  const alone = until({});
  expect(alone.length).toBeLessThanOrEqual(2);
  // Of names, pins and partners, the rest of the file may say more.
  for (const name of ['no domain', 'a domain that IDNA refuses', 'a key that means nothing']) {
    const change = faults[name] ?? {};
    const found = until(change);
    expect([name, new Set(found)]).toEqual([name, new Set([...problemsOf([change]), ...alone])]);
  }
  for (const name of ['a tier that the catalog lacks', 'the name of another', 'a pin for no handle'])
    expect([name, until(faults[name] ?? {})]).toEqual([name, alone]);
});

const head = 'version: 1\n';
const gold = 'catalog: { tiers: { gold: tier_1 } }\n';

/** A fault, and the only codes of problems that it may have: nothing follows from a value that is wrong. */
const alone: readonly (readonly [name: string, codes: string, ...texts: string[]])[] = [
  [
    'an id of the catalog',
    'WRONG_TYPE',
    `${head}catalog: { tiers: { gold: 5 } }\npartners: { a: { name: A, tier: gold } }\n`,
  ],
  [
    'a catalog',
    'WRONG_TYPE',
    `${head}catalog: { tiers: [gold] }\npartners: { a: { name: A, tier: gold } }\n`,
  ],
  [
    'the name of a catalog',
    'UNKNOWN_KEY',
    `${head}catalog: { teirs: { gold: t } }\npartners: { a: { name: A, tier: gold } }\n`,
  ],
  [
    'the name of the catalogs',
    'UNKNOWN_KEY',
    `${head}catalogs: { tiers: { gold: t } }\npartners: { a: { name: A, tier: gold } }\n`,
  ],
  ['a portal', 'WRONG_TYPE', `${head}partners: { a: { name: A, portal: [reseller] } }\n`],
  [
    'an experience',
    'WRONG_TYPE',
    `${head}partners: { a: { name: A, portal: { experienceId: 5, access: RESTRICTED_USERS } } }\n`,
  ],
  [
    'the name of the experience',
    'UNKNOWN_KEY',
    `${head}partners: { a: { name: A, portal: { template: e, access: RESTRICTED_USERS } } }\n`,
  ],
  [
    'an experience that is unknown in the defaults',
    'UNKNOWN_NAME',
    `${head}catalog: { experiences: { r: e } }\ndefaults: { portal: { experience: s } }\npartners: { a: { name: A, portal: { access: RESTRICTED_USERS } } }\n`,
  ],
  [
    'a key of the defaults',
    'UNKNOWN_KEY',
    `${head}defaults: { portals: { experienceId: e } }\npartners: { a: { name: A, portal: { access: RESTRICTED_USERS } } }\n`,
  ],
  ['a pin', 'WRONG_TYPE', `${head}partners: { a: { id: 5, name: A }, b: { id: ptn_1, name: A } }\n`],
  [
    'the name of a pin',
    'UNKNOWN_KEY',
    `${head}partners: { a: { introwId: ptn_2, name: A }, b: { id: ptn_1, name: A } }\n`,
  ],
  [
    'a row of pins',
    'WRONG_TYPE',
    `${head}pins: { a: 5 }\npartners: { a: { name: A }, b: { id: ptn_1, name: A } }\n`,
  ],
  [
    'pins in a file that is no YAML',
    'YAML_SYNTAX',
    `${head}partners: { a: { name: A }, b: { id: ptn_1, name: A } }\n`,
    `${head}pins: { a: ptn_2\n`,
  ],
  ['a partner that has a pin', 'WRONG_TYPE', `${head}pins: { a: ptn_1 }\npartners: { a: Acme }\n`],
  [
    'a partner within another',
    'UNKNOWN_KEY',
    `${head}pins: { b: ptn_1 }\npartners: { a: { name: A, b: { name: B } } }\n`,
  ],
  [
    'a key that comes again, with an anchor',
    'DUPLICATE_KEY',
    `${head}partners:\n  a: { name: A }\n  a: &x { name: B }\n  c:\n    <<: *x\n    name: C\n`,
  ],
  ['two names', 'WRONG_TYPE', `${head}partners: { a: { name: 5 }, "5": { name: 5 } }\n`],
  [
    'a list of tiers',
    'WRONG_TYPE',
    `${head}${gold}defaults: { tier: [gold] }\npartners: { a: { name: A } }\n`,
  ],
];

test.each(alone)('nothing follows from what is wrong with %s', (_, code, ...texts) => {
  const codes = [...said(...texts).matchAll(/^[ab]\.yaml:\d+:\d+ (\w+)/gm)].map((match) => match[1]);
  expect([...new Set(codes)]).toEqual([code]);
});
