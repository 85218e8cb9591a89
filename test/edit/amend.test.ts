/** Each case shows a file, what Introw holds instead, and the file after it was accepted: nothing else may change. */
import { describe, expect, test } from 'vitest';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { amend } from '../../src/edit/amend.ts';
import { amendEach } from '../../src/edit/amend-each.ts';
import type { PartnerEdit } from '../../src/edit/partner-edit.ts';
import { fieldNamed } from '../../src/fields.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';

type Edits = Readonly<Record<string, Readonly<Record<string, string | null | 'drop' | 'ignore'>>>>;

const catalog =
  'catalog: { tiers: { gold: t2, silver: t1 }, phases: { active: p1 }, experiences: { reseller: e1 } }';

function edited(text: string, edits: Edits): string {
  const state = loadDesired([
    { path: 'catalog.yaml', text: `version: 1\n${catalog}\n` },
    { path: 'partners.yaml', text },
  ]);
  const names = namesOf(state.catalog);
  const all = Object.entries(edits).map(([handle, values]): [Handle, PartnerEdit[]] => [
    handle as Handle,
    Object.entries(values).map(([name, value]): PartnerEdit => {
      const field = fieldNamed(name);
      if (value === 'drop' || value === 'ignore') return { kind: value, field };
      const known = field.catalog === null || value === null ? undefined : names[field.catalog].get(value);
      return { kind: 'set', field, value, name: known ?? null };
    }),
  ]);
  const { files } = amend(state, { edits: new Map(all), additions: [] });
  expect(files.map(({ path }) => path)).toEqual(['partners.yaml']);
  return files[0]?.after ?? '';
}

const cases: readonly { name: string; before: string; edits: Edits; after: string }[] = [
  {
    name: 'a value is replaced in place, its quotes, comments and neighbours kept',
    before: `version: 1
partners:
  # our best
  acme:   # since 2019
    tier:  'silver'   # reviewed in Q3
    name: "Acme"

    domain: acme.example
`,
    edits: { acme: { tier: 't2', name: 'Acme Partners' } },
    after: `version: 1
partners:
  # our best
  acme:   # since 2019
    tier:  'gold'   # reviewed in Q3
    name: "Acme Partners"

    domain: acme.example
`,
  },
  {
    name: 'an id without a name in the catalog takes the other key',
    before: 'version: 1\npartners:\n  acme: { name: Acme, tier: silver } # ours\n',
    edits: { acme: { tier: 't9' } },
    after: 'version: 1\npartners:\n  acme: { name: Acme, tierId: t9 } # ours\n',
  },
  {
    name: 'and an id with a name becomes the name',
    before: 'version: 1\npartners:\n  acme: { name: Acme, tierId: t9 }\n',
    edits: { acme: { tier: 't2' } },
    after: 'version: 1\npartners:\n  acme: { name: Acme, tier: gold }\n',
  },
  {
    name: 'what the defaults say becomes a line of the partner, in its place',
    before: `version: 1
defaults: { phase: active, portal: { experience: reseller } }
partners:
    acme:
        # what the contract says
        name: Acme
        domain: acme.example
        ignore: [owner]
    globex: { name: Globex }
`,
    edits: { acme: { phase: 'p9', 'portal.experience': 'e9' }, globex: { phase: 'p9' } },
    after: `version: 1
defaults: { phase: active, portal: { experience: reseller } }
partners:
    acme:
        # what the contract says
        name: Acme
        domain: acme.example
        phaseId: p9
        portal: { experienceId: e9 }
        ignore: [owner]
    globex: { name: Globex, phaseId: p9 }
`,
  },
  {
    name: 'an alias gives way to the value, and the anchor stays',
    before: `version: 1
partners:
  acme: { name: Acme, tier: &standard silver }
  globex:
    name: Globex
    tier: *standard
`,
    edits: { globex: { tier: 't2' } },
    after: `version: 1
partners:
  acme: { name: Acme, tier: &standard silver }
  globex:
    name: Globex
    tier: gold
`,
  },
  {
    name: 'a changed anchor changes nobody else: who repeated it now says it',
    before: `version: 1
partners:
  acme: { name: Acme, tier: &standard silver }
  globex: { name: Globex, tier: *standard }
`,
    edits: { acme: { tier: 't2' } },
    after: `version: 1
partners:
  acme: { name: Acme, tier: &standard gold }
  globex: { name: Globex, tier: silver }
`,
  },
  {
    name: 'what is merged in is overruled by a line of its own',
    before: `version: 1
x-small: &small { tier: silver, phase: active }
partners:
  acme: { <<: *small, name: Acme }
  globex:
    <<: *small
    name: Globex
`,
    edits: { acme: { tier: 't9' }, globex: { tier: 't2' } },
    after: `version: 1
x-small: &small { tier: silver, phase: active }
partners:
  acme: { <<: *small, name: Acme, tierId: t9 }
  globex:
    <<: *small
    name: Globex
    tier: gold
`,
  },
  {
    name: 'a partner that is all alias becomes a map that merges it',
    before: `version: 1
x-acme: &acme { name: Acme, tier: silver }
partners:
  acme: *acme
`,
    edits: { acme: { tier: 't2' } },
    after: `version: 1
x-acme: &acme { name: Acme, tier: silver }
partners:
  acme: { <<: *acme, tier: gold }
`,
  },
  {
    name: 'a partner that others merge in changes alone',
    before: `version: 1
partners:
  acme: &acme
    name: Acme
    tier: silver
  globex:
    <<: *acme
    name: Globex
`,
    edits: { acme: { tier: 't2' } },
    after: `version: 1
partners:
  acme: &acme
    name: Acme
    tier: gold
  globex:
    <<: *acme
    name: Globex
    tier: silver
`,
  },
  {
    name: 'a cleared domain is null, an empty one gets a value',
    before:
      'version: 1\npartners:\n  acme: { name: Acme, domain: acme.example }\n  b:\n    name: B\n    domain:  # none\n',
    edits: { acme: { domain: null }, b: { domain: 'b.example' } },
    after:
      'version: 1\npartners:\n  acme: { name: Acme, domain: null }\n  b:\n    name: B\n    domain: b.example  # none\n',
  },
  {
    name: 'a line can go, from either style, and a field can be left to the CRM',
    before: `version: 1
partners:
  acme:
    name: Acme
    tier: silver # old
    phase: active
  globex: { name: Globex, tier: silver, phase: active }
  initech: { tier: silver, name: Initech, ignore: [owner] }
  umbrella:
    name: Umbrella
    ignore:
      - tier
`,
    edits: {
      acme: { tier: 'drop' },
      globex: { phase: 'drop', owner: 'ignore' },
      initech: { tier: 'drop', phase: 'ignore' },
      umbrella: { owner: 'ignore' },
    },
    after: `version: 1
partners:
  acme:
    name: Acme
    # old
    phase: active
  globex: { name: Globex, tier: silver, ignore: [owner] }
  initech: { name: Initech, ignore: [owner, phase] }
  umbrella:
    name: Umbrella
    ignore:
      - tier
      - owner
`,
  },
  {
    name: 'a folded name is one line after, and a file without a last line break stays without',
    before: 'version: 1\npartners:\n  acme:\n    name: >-\n      Acme\n      Partners\n    tier: silver',
    edits: { acme: { name: 'Zenith: "A" & co', tier: 't2', owner: 'u1' } },
    after: 'version: 1\npartners:\n  acme:\n    name: \'Zenith: "A" & co\'\n    tier: gold\n    ownerId: u1',
  },
  {
    name: 'comments stay, wherever they are',
    before: `version: 1
partners:
  acme:
    name: |- # legal
      Acme
    portal: # since 2020
      experience: reseller # the best
      # and the access
      access: RESTRICTED_USERS
    tier: silver # reviewed
  b: { name: B, # c
    ownerId: u1 # d
    , tier: silver }
  c:
    name: C
    ignore: [ # none
      ]
`,
    edits: {
      acme: { name: 'Zenith', 'portal.experience': 'drop', tier: 'drop' },
      b: { owner: 'drop' },
      c: { tier: 'ignore' },
    },
    after: `version: 1
partners:
  acme:
    name: Zenith # legal
    # since 2020
    # the best
    # and the access
    # reviewed
  b: { name: B # c
 # d
    , tier: silver }
  c:
    name: C
    ignore: [tier # none
      ]
`,
  },
  {
    name: 'a value goes into the section that is there',
    before: `version: 1
partners:
  acme: { name: Acme, portal: { experience: reseller } } # ours
  b:
    name: B
    portal:
      experience: reseller # the best
`,
    edits: { acme: { 'portal.access': 'RESTRICTED_USERS' }, b: { 'portal.access': 'RESTRICTED_USERS' } },
    after: `version: 1
partners:
  acme: { name: Acme, portal: { experience: reseller, access: RESTRICTED_USERS } } # ours
  b:
    name: B
    portal:
      experience: reseller # the best
      access: RESTRICTED_USERS
`,
  },
  {
    name: 'several fields are left to the CRM at once, in a list that the partner has or gets',
    before: `version: 1
x-owner: &o [owner]
partners:
  a: { name: A }
  b: { name: B, ignore: [] }
  c: { name: C, ignore: [owner] }
  d: { name: D, ignore: *o }
  e:
    name: E
    ignore:
      - owner
`,
    edits: Object.fromEntries([...'abcde'].map((handle) => [handle, { tier: 'ignore', phase: 'ignore' }])),
    after: `version: 1
x-owner: &o [owner]
partners:
  a: { name: A, ignore: [tier, phase] }
  b: { name: B, ignore: [tier, phase] }
  c: { name: C, ignore: [owner, tier, phase] }
  d: { name: D, ignore: [owner, tier, phase] }
  e:
    name: E
    ignore:
      - owner
      - tier
      - phase
`,
  },
  {
    name: 'a partner behind an explicit key',
    before: 'version: 1\npartners:\n  ? acme\n  : name: Acme\n    tier: silver\n',
    edits: { acme: { tier: 't2', domain: 'acme.example', phase: 'p1' } },
    after:
      'version: 1\npartners:\n  ? acme\n  : name: Acme\n    domain: acme.example\n    tier: gold\n    phase: active\n',
  },
  {
    name: 'an anchor on nothing keeps its place',
    before:
      'version: 1\npartners:\n  acme:\n    name: Acme\n    domain: &none\n  b: { name: B, domain: *none }\n',
    edits: { acme: { domain: 'acme.example' } },
    after:
      'version: 1\npartners:\n  acme:\n    name: Acme\n    domain: &none acme.example\n  b: { name: B, domain: null }\n',
  },
  {
    name: 'text that YAML would take for something else is quoted',
    before: 'version: 1\npartners:\n  a: { name: A }\n  b: { name: B }\n  c: { name: C }\n  d: { name: D }\n',
    edits: {
      a: { name: '0123' },
      b: { name: 'yes' },
      c: { name: 'a, b # c' },
      d: { name: '\u202e\u{1f600}' },
    },
    after: `version: 1
partners:
  a: { name: "0123" }
  b: { name: "yes" }
  c: { name: "a, b # c" }
  d: { name: "\\U0000202e😀" }
`,
  },
];

describe('what is accepted is written in place', () => {
  test.each(cases)('$name', ({ before, edits, after }) => {
    expect(edited(before, edits)).toBe(after);
  });

  test.each(cases)('with Windows line endings and a byte order mark: $name', ({ before, edits, after }) => {
    const dos = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(edited(dos(before), edits)).toBe(dos(after));
  });
});

/** Every line but one ends in the same way. */
test.each([
  { most: '\r\n', stray: '\n' },
  { most: '\n', stray: '\r\n' },
])('new lines end as most lines do, and a stray one stays: %o', ({ most, stray }) => {
  const file = (added: string) =>
    `version: 1${most}partners:${stray}  acme:${most}    name: Acme${most}${added}  b: { name: B }${most}`;
  expect(edited(file(''), { acme: { tier: 't2' } })).toBe(file(`    tier: gold${most}`));
});

test('a change that the file cannot take is refused, and says why', () => {
  const partners = 'version: 1\nx-all: &all { acme: { name: Acme, tier: silver } }\npartners: *all\n';
  expect(() => edited(partners, { acme: { tier: 't2' } })).toThrow('EDIT_UNSAFE');
});

test.each([
  {
    elsewhere: 'the catalog',
    text: 'partners: { acme: { name: Acme, tierId: &t t9 } }\ncatalog: { owners: { pat: *t } }\n',
  },
  {
    elsewhere: 'the defaults',
    text: 'partners: { acme: { name: Acme, tierId: &t t9 } }\ndefaults: { ownerId: *t }\n',
  },
  {
    elsewhere: 'the organisation',
    text: 'partners: { acme: { name: Acme, tierId: &t t9 } }\norganisation: { contains: *t }\n',
  },
])('an anchor that $elsewhere repeats is not changed', ({ text }) => {
  expect(() => edited(`version: 1\n${text}`, { acme: { tier: 't2' } })).toThrow('EDIT_UNSAFE');
});

test.each([
  ['dots', '...\n'],
  ['dots and comments', '... # the end\n# really\n'],
  ['dots without a line break', '...'],
  ['dots between Windows lines', '...\r\n'],
])('a new section goes above %s that end the document', (_, end) => {
  const eol = end.includes('\r') ? '\r\n' : '\n';
  const above = ['---', 'version: 1', 'x-note: |', '  ...', ''].join(eol);
  const items = [{ key: 'hooli', value: [{ key: 'name', text: 'Hooli' }] }];
  const { files } = amend(loadDesired([{ path: 'p.yaml', text: above + end }]), {
    edits: new Map(),
    additions: [{ file: 'p.yaml', section: 'partners', items }],
  });
  const added = ['', 'partners:', '  hooli:', '    name: Hooli', ''].join(eol);
  expect(files[0]?.after).toBe(above + added + end);
});

test('pins go into the partner, before all else, or into pins of another file', () => {
  const text = 'version: 1\npartners:\n  acme:\n    # legal\n    name: Acme\n  b: { name: B }\n';
  const state = loadDesired([
    { path: 'p.yaml', text },
    { path: 'c.yaml', text: 'version: 1 # c\n' },
  ]);
  const pins = new Map([
    ['acme' as Handle, 'ptn_1' as PartnerId],
    ['b' as Handle, 'ptn_2' as PartnerId],
  ]);
  const edits = new Map([...pins].map(([handle, id]) => [handle, [{ kind: 'pin', id } as const]]));
  expect(amend(state, { edits, additions: [] }).files.map(({ after }) => after)).toEqual([
    'version: 1\npartners:\n  acme:\n    id: ptn_1\n    # legal\n    name: Acme\n  b: { id: ptn_2, name: B }\n',
  ]);
  const apart = (file: string) =>
    amend(state, { edits: new Map(), additions: [{ file, section: 'pins', pins }] }).files;
  expect(apart('c.yaml').map(({ after }) => after)).toEqual([
    'version: 1 # c\n\npins:\n  acme: ptn_1\n  b: ptn_2\n',
  ]);
  expect(apart('new.yaml').map(({ path, after }) => [path, after])).toEqual([
    ['new.yaml', 'version: 1\n\npins:\n  acme: ptn_1\n  b: ptn_2\n'],
  ]);
});

test('of two edits that are right alone and wrong together, one is made', () => {
  const text = 'version: 1\npartners:\n  a: { name: A }\n  b: { name: B }\n';
  const state = loadDesired([{ path: 'p.yaml', text }]);
  const pin: PartnerEdit = { kind: 'pin', id: 'ptn_1' };
  const edits = new Map(['a', 'b'].map((handle) => [handle as Handle, [pin]]));
  const { files, refused } = amendEach(state, { edits, additions: [] });
  expect(files.map(({ after }) => after)).toEqual([text.replace('{ name: A }', '{ id: ptn_1, name: A }')]);
  expect([...refused.keys()]).toEqual(['b']);
});

test('what a partner does not say, or how it is not pinned, can not be taken out', () => {
  const state = loadDesired([{ path: 'p.yaml', text: 'version: 1\npartners: { a: { name: A } }\n' }]);
  const gone: readonly PartnerEdit[] = [
    { kind: 'drop', field: fieldNamed('tier') },
    { kind: 'drop', field: fieldNamed('portal.access') },
    { kind: 'unpin' },
  ];
  const edits = new Map([['a' as Handle, gone]]);
  expect(amend(state, { edits, additions: [] })).toMatchObject({ files: [] });
});

describe("a partner's own line for a field is taken out", () => {
  const text = (lines: string) =>
    `version: 1\ndefaults: { portal: { experienceId: e9 }, tierId: t9 }\npartners:\n${lines}  z: { name: Z }\n`;
  const unset = (lines: string, ...names: readonly string[]) => {
    const state = loadDesired([{ path: 'p.yaml', text: text(lines) }]);
    const edits = names.map((name): PartnerEdit => ({ kind: 'unset', field: fieldNamed(name) }));
    return amend(state, { edits: new Map([['a' as Handle, edits]]), additions: [] }).files.map(
      ({ after }) => after,
    );
  };
  const portal = 'portal: { experienceId: e1, access: RESTRICTED_USERS }';

  test.each<[string, string, string[], string]>([
    [
      'by its name or its id',
      '  a: { name: A, tierId: t1, ownerId: u1 }\n',
      ['tier', 'owner'],
      '  a: { name: A }\n',
    ],
    [
      'of a section',
      `  a: { name: A, ${portal} }\n`,
      ['portal.access'],
      '  a: { name: A, portal: { experienceId: e1 } }\n',
    ],
    [
      'of all of a section, which goes with them',
      `  a: { name: A, ${portal} }\n`,
      ['portal.access', 'portal.experience'],
      '  a: { name: A }\n',
    ],
    [
      'in blocks, with what is written next to it',
      '  a:\n    name: A\n    portal:\n      experienceId: e1 # ours\n      access: RESTRICTED_USERS\n',
      ['portal.access'],
      '  a:\n    name: A\n    portal:\n      experienceId: e1 # ours\n',
    ],
  ])('%s', (_, before, names, after) => {
    expect(unset(before, ...names)).toEqual([text(after)]);
  });

  test.each(['tier', 'portal.access'])('where it has one: %s', (name) => {
    expect(unset('  a: { name: A }\n', name)).toEqual([]);
  });
});

describe('where some partners can not be changed by themselves', () => {
  const text = `version: 1
partners:
  a: { name: A }
  b: { name: B, tierId: &t t9 }
  c: { name: C }
  d: { name: D, tierId: &u t8 }
  e: { name: E }
catalog: { owners: { pat: *t, sam: *u } }
`;
  const state = loadDesired([{ path: 'p.yaml', text }]);
  const tier: PartnerEdit = { kind: 'set', field: fieldNamed('tier'), value: 't1', name: null };
  const edits = new Map([...'abcde'].map((handle) => [handle as Handle, [tier]]));

  test('the others are, and each that is not has the reason', () => {
    const { files, state: after, refused } = amendEach(state, { edits, additions: [] });
    const changed = text.replaceAll(/([ACE]) }/g, '$1, tierId: t1 }');
    expect(files.map((file) => file.after)).toEqual([changed]);
    expect([...after.partners.values()].map(({ values }) => values.get('tier')?.value)).toEqual([
      't1',
      't9',
      't1',
      't8',
      't1',
    ]);
    expect([...refused.keys()].sort()).toEqual(['b', 'd']);
    for (const why of refused.values())
      expect(why).toMatch(/^The files can't be changed without changing more than was asked: /);
  });

  test('what is wrong whatever they say is thrown', () => {
    const items = [{ key: 'a', value: [{ key: 'name', text: 'Twice' }] }];
    const additions = [{ file: 'p.yaml', section: 'partners', items } as const];
    expect(() => amendEach(state, { edits, additions })).toThrow('EDIT_UNSAFE');
  });
});

test('a file that is made has all that is added to it, its head once, and the others stay as they are', () => {
  const state = loadDesired([{ path: 'p.yaml', text: 'version: 1\n' }]);
  const handle = 'acme' as Handle;
  const { files } = amend(state, {
    edits: new Map(),
    additions: [
      {
        file: 'new.yaml',
        head: ['# ours'],
        section: 'catalog',
        catalog: 'tiers',
        names: new Map([['gold', '1']]),
      },
      {
        file: 'new.yaml',
        head: ['# theirs'],
        section: 'pins',
        pins: new Map([[handle, 'ptn_1' as PartnerId]]),
      },
      {
        file: 'new.yaml',
        section: 'partners',
        items: [{ key: handle, value: [{ key: 'name', text: 'Acme' }] }],
      },
      { file: 'other.yaml', section: 'catalog', catalog: 'owners', names: new Map([['sam', 'u1']]) },
    ],
  });
  expect(files).toEqual([
    {
      path: 'new.yaml',
      before: null,
      after:
        '# ours\nversion: 1\n\ncatalog:\n  tiers:\n    gold: "1"\n\npins:\n  acme: ptn_1\n\npartners:\n  acme:\n    name: Acme\n',
    },
    { path: 'other.yaml', before: null, after: 'version: 1\n\ncatalog:\n  owners:\n    sam: u1\n' },
  ]);
});
