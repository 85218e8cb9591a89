/** A new name for a handle or for an entry of the catalog: every use follows, and nothing else is touched. */
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { type Named, rename } from '../../src/edit/rename.ts';
import { Failure } from '../../src/problem.ts';

const head = 'version: 1\n';

/** Renames in files `p.yaml` and, where there is a second text, `q.yaml`; the files that change, or the problem. */
function renamed(kind: Named['kind'], from: string, to: string, ...texts: readonly string[]) {
  const files = texts.map((text, index) => ({ path: `${'pq'[index]}.yaml`, text }));
  try {
    return rename(loadDesired(files), { kind, from, to }).map(({ path, after }) => [path, after]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [{ code, message }] = error.problems;
    return `${code}: ${message}`;
  }
}

describe('a handle', () => {
  test.each([
    ['in a block', 'partners:\n  NAME:\n    name: acme # acme\n  acme-2: { name: B }\n'],
    ['in braces', 'partners: { NAME: { name: acme }, b: { name: NAME_ } }\n'],
    ['in quotes', 'partners:\n  "NAME": { name: A }\n'],
    ['with a pin', 'pins: { NAME: ptn_1, b: ptn_2 }\npartners: { NAME: { name: A }, b: { name: B } }\n'],
    ['with a pin behind an alias', 'x-p: &p { NAME: ptn_1 }\npins: *p\npartners: { NAME: { name: A } }\n'],
    ['where all partners are an alias', 'x-all: &all { NAME: { name: A } }\npartners: *all\n'],
    ['behind an explicit key', 'partners:\n  ? NAME\n  : { name: A }\n'],
    ['after a byte order mark, with Windows line endings', 'partners:\r\n  NAME: { name: A }\r\n'],
    [
      'that is also the name of a tier',
      'catalog: { tiers: { acme: t1 } }\npartners: { NAME: { name: A, tier: acme } }\n',
    ],
  ])('%s', (name, text) => {
    const start = name.includes('mark') ? `\uFEFF${head}` : head;
    const file = (handle: string) => start + text.replaceAll(/\bNAME\b/g, handle);
    expect(renamed('handle', 'acme', 'acme-emea', file('acme'))).toEqual([['p.yaml', file('acme-emea')]]);
  });

  test('in the files that have it, and in no other', () => {
    const pins = `${head}pins: { acme: ptn_1 }\n`;
    const others = `${head}partners: { b: { name: acme } }\n`;
    const partners = `${head}partners: { acme: { name: acme } }\n`;
    expect(renamed('handle', 'acme', 'c', pins, partners)).toEqual([
      ['p.yaml', pins.replace('acme', 'c')],
      ['q.yaml', partners.replace('acme', 'c')],
    ]);
    expect(renamed('handle', 'acme', 'c', others, partners)).toEqual([
      ['q.yaml', partners.replace('acme', 'c')],
    ]);
  });
});

describe('a name of the catalog', () => {
  test.each<[string, Named['kind'], string]>([
    [
      'a partner that has it',
      'tiers',
      'catalog: { tiers: { NAME: t1 } }\npartners: { gold: { name: gold, tier: NAME } }\n',
    ],
    ['the defaults', 'tiers', 'catalog: { tiers: { NAME: t1 } }\ndefaults: { tier: NAME }\n'],
    [
      'the order of tiers',
      'tiers',
      'catalog: { tiers: { NAME: t1, b: t2 } }\nsettings: { tierOrder: [b, NAME] }\n',
    ],
    [
      'what is merged in from a list',
      'tiers',
      'catalog: { tiers: { NAME: t1 } }\nx-a: &a { tier: NAME }\nx-b: &b { phaseId: p }\npartners: { b: { <<: [*b, *a], name: B } }\n',
    ],
    [
      'what is merged in by several',
      'tiers',
      'catalog: { tiers: { NAME: t1 } }\nx-a: &a { tier: NAME }\nx-b: &b { phaseId: p }\npartners:\n  a: { <<: *a, name: A }\n  b: { <<: [*b, *a], name: B }\n',
    ],
    [
      'an anchor',
      'tiers',
      'catalog: { tiers: { NAME: t1 } }\npartners:\n  a: { name: A, tier: &g NAME }\n  b: { name: B, tier: *g }\n',
    ],
    [
      'a catalog behind an alias',
      'owners',
      'x-o: &o { NAME: u1 }\ncatalog: { owners: *o }\npartners: { a: { name: A, owner: NAME } }\n',
    ],
    [
      'the experience of a portal',
      'experiences',
      'catalog: { experiences: { NAME: e1 } }\ndefaults: { portal: { experience: NAME } }\npartners: { a: { name: A, portal: { experience: "NAME" } } }\n',
    ],
    [
      'and no entry of another catalog that is called the same',
      'phases',
      'catalog: { tiers: { gold: t1 }, phases: { NAME: p1 } }\nsettings: { tierOrder: [gold] }\ndefaults: { tier: gold }\npartners: { a: { name: A, tier: gold, phase: NAME } }\n',
    ],
  ])('follows %s', (_, kind, text) => {
    const file = (name: string) => head + text.replaceAll('NAME', name);
    expect(renamed(kind, 'gold', 'Top: 1', file('gold'))).toEqual([
      ['p.yaml', file('"Top: 1"').replaceAll('""', '"')],
    ]);
  });
});

test('a name in single quotes stays in them', () => {
  const text = `${head}catalog: { tiers: { 'gold': t1 } }\n`;
  expect(renamed('tiers', 'gold', 'top', text)).toEqual([['p.yaml', text.replace('gold', 'top')]]);
});

describe('what would mean something else then is refused', () => {
  test.each<[string, Named['kind'], string, string, string]>([
    [
      'an anchor that is the name of a partner too',
      'tiers',
      'top',
      'catalog: { tiers: { gold: t1 } }\npartners: { a: { name: &g gold, tier: *g } }\n',
      'something else would change its meaning, too.',
    ],
    [
      'an anchor that is an id in another catalog, too',
      'tiers',
      'top',
      'partners: { a: { name: A, tier: &g gold } }\ncatalog: { tiers: { gold: t1 }, owners: { x: *g } }\n',
      'something else would change its meaning, too.',
    ],
    [
      'an anchor that is a name in another catalog, too',
      'tiers',
      'top',
      'catalog: { tiers: { gold: t1 }, owners: { gold: u1, top: u1 } }\npartners: { a: { name: A, tier: &g gold, owner: *g } }\n',
      'something else would change its meaning, too.',
    ],
    [
      'an anchor that a partner ignores, too',
      'owners',
      'phase',
      'catalog: { owners: { tier: u1 } }\npartners: { a: { name: A, owner: &g tier, ignore: [*g] } }\n',
      'something else would change its meaning, too.',
    ],
    [
      'an anchor that the defaults ignore, too',
      'owners',
      'phase',
      'catalog: { owners: { tier: u1 } }\npartners: { a: { name: A, owner: &g tier } }\ndefaults: { ignore: [*g] }\n',
      'something else would change its meaning, too.',
    ],
    [
      'a handle that is taken',
      'handle',
      'top',
      'partners:\n  gold: { name: A }\n  top: { name: B }\n',
      'top is defined twice; the first is on line 3.',
    ],
    [
      'a name that is no handle',
      'handle',
      'To p',
      'partners: { gold: { name: A } }\n',
      `"To p" can't be a handle: those are up to 100 lower-case letters, digits, dots, dashes and underscores.`,
    ],
  ])('%s', (_, kind, to, text, why) => {
    expect(renamed(kind, kind === 'owners' ? 'tier' : 'gold', to, head + text)).toBe(
      `EDIT_UNSAFE: The name can't be changed without changing more than was asked: ${why}`,
    );
  });
});

test('a handle that another file has, and why that file can no longer be read', () => {
  const files = [
    { path: 'p.yaml', text: `${head}partners: { top: { name: B } }\n` },
    { path: 'q.yaml', text: `${head}partners: { gold: { name: A } }\n` },
  ];
  const change = () => rename(loadDesired(files), { kind: 'handle', from: 'gold', to: 'top' });
  expect(change).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('asked: partners.top is defined twice: also at p.yaml:2.'),
      cause: expect.any(Failure),
    }),
  );
});
