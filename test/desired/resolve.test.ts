/** What the files mean: defaults and catalog names filled in, and each value at the place where it is written. */
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import type { DesiredPartner } from '../../src/desired/state.ts';
import { Failure } from '../../src/problem.ts';

/** Files `a.yaml`, `b.yaml` and so on, each with `version: 1` as its first line. */
function load(...texts: readonly string[]) {
  return loadDesired(
    texts.map((text, index) => ({ path: `${'abc'[index]}.yaml`, text: `version: 1\n${text}` })),
  );
}

function problemsOf(...texts: readonly string[]): string[] {
  try {
    load(...texts);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems.map(
      ({ code, message, position }) =>
        `${position?.file}:${position?.line}:${position?.column} ${code} ${message}`,
    );
  }
}

/** `field: value (name at place) from source at place`. */
const valuesOf = ({ values }: Pick<DesiredPartner, 'values'>) =>
  [...values].map(([field, { value, name, namedAt, position, from }]) => {
    const place = (at: typeof namedAt) => (at === null ? 'nowhere' : `${at.file}:${at.line}:${at.column}`);
    const named = name === null ? '' : ` (${name} at ${place(namedAt)})`;
    return `${field}: ${JSON.stringify(value)}${named} from ${from} at ${place(position)}`;
  });
const first = (...texts: readonly string[]): DesiredPartner => {
  const [partner] = load(...texts).partners.values();
  return partner ?? expect.unreachable();
};

describe('settings', () => {
  const tiers = 'catalog: { tiers: { gold: t2, silver: t1 } }\n';
  test.each<[string, object]>([
    ['', {}],
    ['unmanaged: error', { unmanaged: 'error' }],
    ['unmanaged: ignore', { unmanaged: 'ignore' }],
    ['maxChanges: 5', { maxChanges: { partners: 5 } }],
    ['maxChanges: 0', { maxChanges: { partners: 0 } }],
    ['maxChanges: 15%', { maxChanges: { percent: 15 } }],
    ['reserveCredits: 20', { reserveCredits: 20 }],
    ['paging: last-id:after', { paging: 'last-id:after' }],
    ['tierOrder: [silver, gold]', { tierOrder: ['t1', 't2'] }],
    ['tierOrder: []', {}],
  ])('{ %s }', (given, settings) => {
    expect(load(`${tiers}settings: { ${given} }\n`).settings).toEqual({
      unmanaged: 'report',
      maxChanges: null,
      reserveCredits: 0,
      paging: null,
      tierOrder: [],
      ...settings,
    });
  });

  test('an order that is no list is a problem, and nothing more is said of it', () => {
    expect(problemsOf(`${tiers}settings: { tierOrder: 5 }\n`)).toEqual([
      'a.yaml:3:24 WRONG_TYPE settings.tierOrder is a number; it must be a list.',
    ]);
  });

  test('a tier that the catalog lacks is reported where the order names it', () => {
    expect(problemsOf(`${tiers}settings:\n  tierOrder: [silver, golf]\n`)).toEqual([
      'a.yaml:4:23 UNKNOWN_NAME catalog.tiers has no "golf". Did you mean gold?',
    ]);
  });
});

test.each([
  ['', { name: null, contains: null }],
  ['organisation: { name: Acme }\n', { name: 'Acme', contains: null }],
  ['organisation: { contains: ptn_1 }\n', { name: null, contains: 'ptn_1' }],
])('%jis for the organisation %j', (text, organisation) => {
  expect(load(text).organisation).toEqual(organisation);
});

describe('a partner', () => {
  test('has a name, and a domain where the files give one', () => {
    const both = 'partners:\n  acme: { name: Acme, domain: acme.example }\n';
    const place = { file: 'a.yaml', line: 3, column: 3 };
    const named = { handle: 'acme', name: 'Acme', position: place };
    expect(first(both)).toMatchObject({ ...named, domain: 'acme.example' });
    expect(first(both.replace('acme.example', 'null'))).toMatchObject({ ...named, domain: null });
    expect(first(both.replace(', domain: acme.example', ''))).toMatchObject({ ...named, domain: null });
  });

  test('has its values in the order of the fields, each where it is written', () => {
    const text = `catalog:
  tiers: { gold: t2 }
x-all: &all { ownerId: u1 }
defaults:
  phaseId: p1
  tierId: t9
partners:
  acme:
    tier: gold
    <<: *all
    name: Acme
`;
    expect(valuesOf(first(text))).toEqual([
      'name: "Acme" from partner at a.yaml:12:11',
      'tier: "t2" (gold at a.yaml:3:18) from partner at a.yaml:10:11',
      'phase: "p1" from defaults at a.yaml:6:12',
      'owner: "u1" from merged at a.yaml:4:24',
    ]);
  });

  test('has defaults from several files, a portal key by key, and what is merged into them', () => {
    const one = 'x-p: &p { access: RESTRICTED_USERS }\ndefaults:\n  portal: { <<: *p, experienceId: e1 }\n';
    const other = 'x-d: &d { phaseId: p1 }\ndefaults: { <<: *d, tierId: t1 }\n';
    const partners = 'partners:\n  acme: { name: Acme, portal: { access: RESTRICTED_DOMAINS } }\n';
    expect(valuesOf(first(one, other, partners))).toEqual([
      'name: "Acme" from partner at c.yaml:3:17',
      'tier: "t1" from defaults at b.yaml:3:29',
      'phase: "p1" from defaults at b.yaml:2:20',
      'portal.experience: "e1" from defaults at a.yaml:4:35',
      'portal.access: "RESTRICTED_DOMAINS" from partner at c.yaml:3:41',
    ]);
  });

  test('may state in its own way what is merged into the defaults in the other', () => {
    const text =
      'catalog: { tiers: { gold: t2 } }\nx-d: &d { tierId: t1 }\ndefaults: { <<: *d, tier: gold }\npartners: { a: { name: A } }\n';
    expect(valuesOf(first(text))[1]).toBe('tier: "t2" (gold at a.yaml:2:27) from defaults at a.yaml:4:27');
    const portal =
      'catalog: { experiences: { x: e2 } }\nx-p: &p { experienceId: e1 }\ndefaults: { portal: { <<: *p, experience: x } }\npartners: { a: { name: A } }\n';
    expect(valuesOf(first(portal))[1]).toBe(
      'portal.experience: "e2" (x at a.yaml:2:30) from defaults at a.yaml:4:43',
    );
    expect(problemsOf(text.replace('<<: *d', 'tierId: t1'))).toEqual([
      'a.yaml:4:21 TWO_FORMS tierId gives the tier that tier on line 4 gives already.',
    ]);
  });

  test('finds a name of the catalog however its é is encoded', () => {
    const text =
      'catalog: { tiers: { "caf\u00e9": t1 } }\npartners: { a: { name: A, tier: "cafe\u0301" } }\n';
    expect(first(text).values.get('tier')?.value).toBe('t1');
    expect(first(text.normalize('NFD').replace('e\u0301', '\u00e9')).values.get('tier')?.value).toBe('t1');
    expect([...load(text.normalize('NFD')).catalog.tiers]).toEqual([['caf\u00e9', 't1']]);
  });

  test('ignores what the defaults and it itself say; a section is all of its fields', () => {
    const text = (own: string) => `defaults: { ignore: [owner] }\npartners: { a: { name: A${own} } }\n`;
    expect([...first(text('')).ignore]).toEqual(['owner']);
    expect([...first(text(', ignore: [portal, tier]')).ignore].sort()).toEqual([
      'owner',
      'portal.access',
      'portal.experience',
      'tier',
    ]);
    expect([...load(text('')).defaults.ignore]).toEqual(['owner']);
    expect([...load('').defaults.ignore]).toEqual([]);
  });
});

describe('access without an experience', () => {
  const access = 'portal: { access: RESTRICTED_USERS }';
  test.each<[string, string, number]>([
    ['is a problem', `partners:\n  a: { name: A, ${access} }\n`, 1],
    ['also from the defaults', `defaults: { ${access} }\npartners:\n  a: { name: A }\n`, 1],
    [
      'is none where the partner has one',
      'partners: { a: { name: A, portal: { access: RESTRICTED_USERS, experienceId: e1 } } }\n',
      0,
    ],
    [
      'is none where the defaults have one',
      `defaults: { portal: { experienceId: e1 } }\npartners: { a: { name: A, ${access} } }\n`,
      0,
    ],
    [
      'is none next to one that is wrong, which is reported',
      'catalog: { experiences: { x: e1 } }\npartners: { a: { name: A, portal: { access: RESTRICTED_USERS, experience: why } } }\n',
      0,
    ],
    [
      'is none where the defaults have one that is wrong, which is reported',
      `catalog: { experiences: { x: e1 } }\ndefaults: { portal: { experience: why } }\npartners: { a: { name: A, ${access} } }\n`,
      0,
    ],
    [
      'is none where a slip of a key may be the experience',
      'partners: { a: { name: A, portal: { access: RESTRICTED_USERS, experienze: e1 } } }\n',
      0,
    ],
    [
      'is none where the slip is in the partner itself',
      `partners: { a: { name: A, ${access}, experienze: e1 } }\n`,
      0,
    ],
    ['is none where the defaults are wrong', `defaults: 7\npartners: { a: { name: A, ${access} } }\n`, 0],
  ])('%s', (_, text, count) => {
    const found = problemsOf(text).filter((each) => each.includes('MISSING_KEY'));
    expect(found).toHaveLength(count);
    for (const each of found)
      expect(each).toMatch(
        /^a\.yaml:\d:\d+ MISSING_KEY a gives portal\.access without portal\.experience, and Introw takes it only together with that\.$/,
      );
  });
});

test('a domain that IDNA refuses is a problem where it is written', () => {
  expect(problemsOf('partners:\n  a: { name: A, domain: xn--a.example }\n')).toEqual([
    expect.stringMatching(/^a\.yaml:3:25 NOT_A_DOMAIN a\.domain is "xn--a\.example", which /),
  ]);
});
