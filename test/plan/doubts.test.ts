/** Who is in doubt, and why; and what goes on in spite of it. */
import { expect, test } from 'vitest';
import type { Handle } from '../../src/partner.ts';
import { desiredOf, type FilePartner, liveOf, planOf, type World } from './world.ts';

const acme = { id: 'p0', name: 'Acme', domain: 'acme.example' };
const globex = { id: 'p1', name: 'Globex', domain: 'globex.example' };
const nameless = { id: 'p2', name: null, domain: null };

type Case = {
  readonly name: string;
  readonly files: Readonly<Record<string, FilePartner>>;
  readonly base?: Readonly<Record<string, FilePartner>>;
  readonly live?: World['live'];
  /** `code handle candidates` of each doubt. */
  readonly doubts: readonly string[];
};

const cases: readonly Case[] = [
  {
    name: 'a name alone, with another domain',
    files: { a: { name: 'Acme', domain: 'b.example' } },
    doubts: ['MATCHED_BY_NAME a p0'],
  },
  {
    name: 'a name alone, spelled otherwise',
    files: { a: { name: 'ＡＣＭＥ', domain: 'b.example' } },
    doubts: ['MATCHED_BY_NAME a p0'],
  },
  { name: 'a name alone where the files give no domain', files: { a: { name: 'acme' } }, doubts: [] },
  {
    name: 'a name alone where Introw has no domain',
    files: { a: { name: 'Acme', domain: 'b.example' } },
    live: [{ ...acme, domain: null }],
    doubts: [],
  },
  {
    name: 'a name alone, with the domain to be cleared',
    files: { a: { name: 'Acme', domain: null } },
    doubts: [],
  },
  { name: 'a name alone, pinned', files: { a: { id: 'p0', name: 'Acme', domain: 'b.example' } }, doubts: [] },
  {
    name: 'a new domain of a handle that the base had',
    files: { a: { name: 'Acme', domain: 'b.example' } },
    base: { a: { name: 'Acme', domain: 'acme.example' } },
    doubts: [],
  },
  {
    name: 'a domain that was changed in Introw, seen from the base',
    files: { a: { name: 'Acme', domain: 'b.example' } },
    base: { a: { name: 'Acme', domain: 'b.example' } },
    doubts: ['MATCHED_BY_NAME a p0'],
  },
  {
    name: 'two partners with one name',
    files: { a: { name: 'Acme' } },
    live: [acme, { ...globex, name: 'ACME ' }],
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'two partners with one domain',
    files: { a: { name: 'New', domain: 'acme.example' } },
    live: [acme, { ...globex, domain: 'https://acme.example.' }],
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'domain and name of two partners',
    files: { a: { name: 'Globex', domain: 'acme.example' } },
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'two handles for one partner',
    files: { a: { name: 'Acme' }, b: { name: 'B', domain: 'acme.example' } },
    doubts: ['TWO_HANDLES a p0', 'TWO_HANDLES b p0'],
  },
  {
    name: 'two new partners that differ only in spelling',
    files: { a: { name: 'Straße' }, b: { name: 'STRASSE' } },
    doubts: ['CREATE_WOULD_MERGE a', 'CREATE_WOULD_MERGE b'],
  },
  {
    name: 'a new partner with the name that another handle gets',
    files: { a: { id: 'p0', name: 'New' }, b: { name: 'new' } },
    doubts: ['CREATE_WOULD_MERGE b'],
  },
  { name: 'a pin that is not live', files: { a: { id: 'p9', name: 'A' } }, doubts: ['PIN_NOT_LIVE a'] },
  {
    name: 'a pin that is not live, of a partner that was made again',
    files: { a: { id: 'p9', name: 'Acme' } },
    doubts: ['PIN_NOT_LIVE a p0'],
  },
  {
    name: 'a handle of the base that is nobody now',
    files: { a: { name: 'Gone' } },
    base: { a: { name: 'Gone' } },
    doubts: ['WAS_MANAGED a'],
  },
  {
    name: 'an external id that two partners have',
    files: { a: { externalId: 'x', name: 'Acme' } },
    live: [
      { ...acme, externalId: 'x' },
      { ...globex, externalId: 'x' },
    ],
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'an external id of a partner with another name and domain',
    files: { a: { externalId: 'x', name: 'A', domain: 'a.example' } },
    live: [{ ...acme, externalId: 'x' }],
    doubts: ['EXTERNAL_ID_MISMATCH a p0'],
  },
  {
    name: 'an external id of a partner without a name',
    files: { a: { externalId: 'x', name: 'A' } },
    live: [{ ...nameless, externalId: 'x' }],
    doubts: ['EXTERNAL_ID_MISMATCH a p2'],
  },
  {
    name: 'an external id that agrees in the domain',
    files: { a: { externalId: 'x', name: 'A', domain: 'acme.example' } },
    live: [{ ...acme, externalId: 'x' }],
    doubts: [],
  },
  {
    name: 'an external id that agrees with the base',
    files: { a: { externalId: 'x', name: 'A', domain: 'a.example' } },
    base: { a: { externalId: 'x', name: 'Acme' } },
    live: [{ ...acme, externalId: 'x' }],
    doubts: [],
  },
  {
    name: 'an external id that is the Introw id of another partner',
    files: { a: { externalId: 'p1', name: 'Acme' } },
    live: [{ ...acme, externalId: 'p1' }, globex],
    doubts: [],
  },
  {
    name: 'a name that another partner has',
    files: { a: { id: 'p0', name: 'globex' } },
    doubts: ['WOULD_MAKE_TWINS a p1'],
  },
  {
    name: 'a domain that another partner has',
    files: { a: { id: 'p0', name: 'Acme', domain: 'GLOBEX.example' } },
    doubts: ['WOULD_MAKE_TWINS a p1'],
  },
  {
    name: 'a rename to a name that another partner has, followed from the base',
    files: { a: { name: 'Globex', domain: 'globex.example' } },
    base: { a: { name: 'Acme' } },
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'a name that is left to the CRM, which two others have now and one of them soon',
    files: { a: { name: 'Globex', domain: null, ignore: ['name'] }, b: { id: 'p1', name: 'Initech' } },
    base: { a: { name: 'Acme', domain: 'acme.example' } },
    live: [acme, { ...globex, domain: null }, { ...nameless, name: 'globex' }],
    doubts: ['AMBIGUOUS_MATCH a p0 p1 p2'],
  },
  {
    name: 'a name that is left to the CRM, with a domain that will tell',
    files: { a: { name: 'Globex', domain: 'new.example', ignore: ['name'] } },
    base: { a: { name: 'Acme', domain: 'acme.example' } },
    live: [acme, { ...globex, domain: null }, { ...nameless, name: 'globex' }],
    doubts: [],
  },
  {
    name: 'a domain that is left to the CRM, which two others have now and one of them soon',
    files: {
      a: { name: 'Acme', domain: 'x.example', ignore: ['domain'] },
      b: { id: 'p1', name: 'B', domain: null },
    },
    base: { a: { name: 'Acme', domain: 'acme.example' } },
    live: [acme, { ...globex, domain: 'x.example' }, { ...nameless, name: 'Acme', domain: 'x.example' }],
    doubts: ['AMBIGUOUS_MATCH a p0 p1 p2'],
  },
  {
    name: 'a name that is left to the CRM, and that another partner gets by this very plan',
    files: {
      a: { name: 'Hooli', domain: 'x.example', ignore: ['domain'] },
      b: { name: 'Hooli', domain: null, ignore: ['name'] },
    },
    base: { a: { name: 'Acme', domain: 'acme.example' }, b: { name: 'Globex', domain: 'globex.example' } },
    doubts: ['AMBIGUOUS_MATCH b p1'],
  },
  {
    name: 'two handles that traded places since the base',
    files: {
      b: { name: 'Acme', domain: 'acme.example' },
      a: { name: 'Globex', domain: 'globex.example' },
    },
    base: { a: { name: 'Acme', domain: 'acme.example' }, b: { name: 'Globex', domain: 'globex.example' } },
    doubts: ['AMBIGUOUS_MATCH b p1 p0', 'AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'two handles without domains that traded places since the base',
    files: { a: { name: 'Globex' }, b: { name: 'Acme' } },
    base: { a: { name: 'Acme' }, b: { name: 'Globex' } },
    doubts: ['AMBIGUOUS_MATCH a p0 p1', 'AMBIGUOUS_MATCH b p1 p0'],
  },
  {
    name: 'a handle that passed on to the next, whose own is new',
    files: { a: { name: 'Globex', domain: 'globex.example' }, b: { name: 'New', domain: 'new.example' } },
    base: { a: { name: 'Acme', domain: 'acme.example' }, b: { name: 'Globex', domain: 'globex.example' } },
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'two handles that traded places with their pins',
    files: {
      b: { id: 'p0', name: 'Acme', domain: 'acme.example' },
      a: { id: 'p1', name: 'Globex', domain: 'globex.example' },
    },
    base: {
      a: { id: 'p0', name: 'Acme', domain: 'acme.example' },
      b: { id: 'p1', name: 'Globex', domain: 'globex.example' },
    },
    doubts: [],
  },
  {
    name: 'two partners that trade domains',
    files: {
      a: { name: 'Acme', domain: 'globex.example' },
      b: { name: 'Globex', domain: 'acme.example' },
    },
    base: { a: { name: 'Acme', domain: 'acme.example' }, b: { name: 'Globex', domain: 'globex.example' } },
    doubts: [],
  },
  {
    name: 'two partners that get one name',
    files: { a: { id: 'p0', name: 'New' }, b: { id: 'p1', name: 'NEW' } },
    doubts: ['WOULD_MAKE_TWINS a p1', 'WOULD_MAKE_TWINS b p0'],
  },
  {
    name: 'twins that exist already, renamed together',
    files: { a: { id: 'p0', name: 'New' }, b: { id: 'p1', name: 'New' } },
    live: [acme, { ...globex, name: 'acme' }],
    doubts: [],
  },
  {
    name: 'a domain that another partner gives up',
    files: {
      a: { id: 'p0', name: 'Acme', domain: null },
      b: { id: 'p1', name: 'Globex', domain: 'acme.example' },
    },
    doubts: [],
  },
  {
    name: 'a name that another partner has, next to other changes',
    files: { a: { id: 'p0', name: 'Globex', tierId: 't2' }, b: { id: 'p2', name: 'Hooli', tierId: 't2' } },
    live: [{ ...acme, tierId: 't1' }, globex, { ...nameless, name: 'Hooli', tierId: 't1' }],
    doubts: ['WOULD_MAKE_TWINS a p1'],
  },
  {
    name: 'two partners without a name that get one name',
    files: { a: { id: 'p2', name: 'New' }, b: { id: 'p3', name: 'new' } },
    live: [nameless, { ...nameless, id: 'p3' }],
    doubts: ['WOULD_MAKE_TWINS a p3', 'WOULD_MAKE_TWINS b p2'],
  },
  {
    name: 'a name that another partner has, which is only spelled otherwise by this plan',
    files: { a: { id: 'p0', name: 'ACME' }, b: { id: 'p1', name: 'acme' } },
    doubts: ['WOULD_MAKE_TWINS b p0'],
  },
  {
    name: 'a name of a partner whose id is the handle of a new one',
    files: { p0: { name: 'New' }, b: { id: 'p1', name: 'Acme' } },
    doubts: ['WOULD_MAKE_TWINS b p0'],
  },
  {
    name: 'a new partner whose name is the domain of another',
    files: { a: { name: 'new.example' }, b: { name: 'New', domain: 'new.example' } },
    doubts: [],
  },
  {
    name: 'two partners that swap names',
    files: { a: { id: 'p0', name: 'Globex' }, b: { id: 'p1', name: 'Acme' } },
    doubts: [],
  },
  {
    name: 'three partners that pass their names on',
    files: { a: { id: 'p0', name: 'Globex' }, b: { id: 'p1', name: 'Hooli' }, c: { id: 'p2', name: 'Acme' } },
    live: [acme, globex, { ...nameless, name: 'Hooli' }],
    doubts: [],
  },
  {
    name: 'twins that exist already, edited',
    files: { a: { id: 'p0', name: 'ACME', domain: 'a.example' } },
    live: [acme, { ...globex, name: 'acme' }],
    doubts: [],
  },
  {
    name: 'a third of two twins',
    files: { c: { id: 'p2', name: 'Acme' } },
    live: [acme, { ...globex, name: 'acme' }, nameless],
    doubts: ['WOULD_MAKE_TWINS c p0 p1'],
  },
  {
    name: 'a name that is ignored',
    files: { a: { id: 'p0', name: 'Globex', ignore: ['name'] } },
    doubts: [],
  },
  { name: 'a partner without a name', files: { a: { name: 'New' } }, live: [nameless], doubts: [] },
  {
    name: 'more partners with one name than a message lists',
    files: { a: { name: 'Acme' } },
    live: Array.from({ length: 7 }, (_, index) => ({ ...acme, id: `p${index}`, domain: null })),
    doubts: ['AMBIGUOUS_MATCH a p0 p1 p2 p3 p4 p5 p6'],
  },
  {
    name: 'three partners with one name',
    files: { a: { name: 'Acme' } },
    live: ['p0', 'p1', 'p2'].map((id) => ({ ...acme, id })),
    doubts: ['AMBIGUOUS_MATCH a p0 p1 p2'],
  },
  {
    name: 'an id that a shell would read otherwise',
    files: { a: { name: 'Acme', domain: 'b.example' } },
    live: [{ ...acme, id: "it's p0" }],
    doubts: ["MATCHED_BY_NAME a it's p0"],
  },
  {
    name: 'an external id that is not live, of a partner with a portal',
    files: { a: { externalId: 'x', name: 'A', portal: { experienceId: 'e1' } } },
    doubts: ['PIN_NOT_LIVE a'],
  },
  {
    name: 'an external id where nobody has one',
    files: { a: { externalId: 'x', name: 'A' } },
    live: [{ ...acme, externalId: '' }],
    doubts: ['PIN_NOT_LIVE a'],
  },
  {
    name: 'three handles for one partner',
    files: { a: { name: 'Acme' }, b: { name: 'B', domain: 'acme.example' }, c: { id: 'p0', name: 'C' } },
    doubts: ['TWO_HANDLES a p0', 'TWO_HANDLES b p0', 'TWO_HANDLES c p0'],
  },
  {
    name: 'three new partners that share names and domains',
    files: {
      a: { name: 'A', domain: 'x.example' },
      b: { name: 'A', domain: 'b.example' },
      c: { name: 'a', domain: 'x.example' },
    },
    doubts: ['CREATE_WOULD_MERGE a', 'CREATE_WOULD_MERGE b', 'CREATE_WOULD_MERGE c'],
  },
  {
    name: 'a handle that leaves its name to the CRM, and is one partner at the base and another by its name',
    files: { a: { name: 'Globex', ignore: ['name'] } },
    base: { a: { name: 'Acme' } },
    doubts: ['AMBIGUOUS_MATCH a p0 p1'],
  },
  {
    name: 'a handle that leaves its name to the CRM, and is one partner',
    files: { a: { name: 'Acme', ignore: ['name'] } },
    base: { a: { name: 'Acme' } },
    doubts: [],
  },
  {
    name: 'a handle that leaves its name to the CRM, and is two partners by it',
    files: { a: { name: 'Globex', ignore: ['name'] } },
    base: { a: { name: 'Acme' } },
    live: [acme, globex, { ...globex, id: 'p2', domain: null }],
    doubts: ['AMBIGUOUS_MATCH a p0 p1 p2'],
  },
  {
    name: 'doubts of several kinds, in the order of the file',
    files: {
      new: { name: 'New' },
      shared: { name: 'Acme' },
      new2: { name: 'NEW' },
      gone: { id: 'p9', name: 'Gone' },
      shared2: { id: 'p0', name: 'Other' },
    },
    doubts: [
      'CREATE_WOULD_MERGE new',
      'TWO_HANDLES shared p0',
      'CREATE_WOULD_MERGE new2',
      'PIN_NOT_LIVE gone',
      'TWO_HANDLES shared2 p0',
    ],
  },
  {
    name: 'names that new partners and partners of Introw get at once',
    files: {
      a: { id: 'p0', name: 'New' },
      b: { id: 'p1', name: 'new' },
      c: { id: 'p2', name: 'NEW' },
    },
    live: [acme, globex, nameless],
    doubts: ['WOULD_MAKE_TWINS a p1 p2', 'WOULD_MAKE_TWINS b p0 p2', 'WOULD_MAKE_TWINS c p0 p1'],
  },
  {
    name: 'two partners without a domain, one of which is to lose its own',
    files: { a: { id: 'p0', name: 'Acme', domain: null } },
    live: [acme, { ...globex, domain: null }],
    doubts: [],
  },
];

const doubtsOf = ({ blocked }: ReturnType<typeof planOf>) =>
  blocked.map(({ code, address, candidates = [] }) =>
    [code, address, ...candidates.map(({ id }) => id)].join(' '),
  );

test.each(cases)('$name: $doubts', ({ files, base, live = [acme, globex], doubts }) => {
  const plan = planOf(desiredOf(files), liveOf(live), { base: base === undefined ? null : desiredOf(base) });
  expect(doubtsOf(plan)).toEqual(doubts);
  for (const { code, address, position } of plan.blocked) {
    expect(position?.file).toBe('partners.yaml');
    // A doubt has no change; of twins the change is shown.
    const changed = plan.changes.some((change) => change.address === address);
    expect(changed).toBe(code === 'WOULD_MAKE_TWINS');
  }
});

test('what doubts say, and how to resolve them', async () => {
  const texts = cases.flatMap(({ name, files, base, live = [acme, globex] }) => {
    const more = { base: base === undefined ? null : desiredOf(base) };
    const { blocked } = planOf(desiredOf(files), liveOf(live), more);
    const says = blocked.map(({ code, message, hint }) => `  ${code}: ${message}\n    ${hint}\n`);
    return says.length === 0 ? [] : [`${name}\n${says.join('')}`];
  });
  await expect(texts.join('\n')).toMatchFileSnapshot('expected/doubts.txt');
});

test('one handle in doubt hides nothing of the others, and only chosen handles matter', () => {
  const files = {
    gone: { id: 'p9', name: 'Gone' },
    a: { name: 'Acme', tierId: 't1' },
    b: { name: 'Globex' },
  };
  const live = liveOf([{ ...acme, tierId: 't0' }, globex]);
  const plan = planOf(desiredOf(files), live);
  expect(plan.changes.map(({ address, action }) => [address, action])).toEqual([
    ['a', 'update'],
    ['b', 'none'],
  ]);
  expect(doubtsOf(plan)).toEqual(['PIN_NOT_LIVE gone']);
  const chosen = planOf(desiredOf(files), live, { selection: new Set(['a' as Handle]) });
  expect(doubtsOf(chosen)).toEqual([]);
  const drift = planOf(desiredOf(files), live, { kind: 'drift' });
  expect({ blocked: drift.blocked, missing: drift.missing.map(({ address }) => address) }).toEqual({
    blocked: [],
    missing: ['gone'],
  });
});

test.each([
  [
    'two handles, of which one is pinned',
    { a: { id: 'p0', name: 'Acme' }, b: { name: 'Other', domain: 'acme.example' } },
    null,
    { a: 'Keep one of the handles', b: 'Keep one of the handles' },
  ],
  [
    'a rename to what a handle that is left out gives up',
    { a: { id: 'p0', name: 'Globex' }, b: { id: 'p1', name: 'Hooli' } },
    ['a'],
    { a: 'Plan it together with b (partners.yaml:1), which gives it up. Give it its own name and domain' },
  ],
  [
    'a rename to what a handle that is left out keeps',
    { a: { id: 'p0', name: 'Globex' }, b: { id: 'p1', name: 'Globex' } },
    ['a'],
    { a: 'Give it its own name and domain' },
  ],
  [
    'a rename to what a handle without a pin keeps',
    { a: { id: 'p0', name: 'Globex' }, b: { name: 'Globex', domain: 'globex.example' } },
    null,
    { a: 'Give it its own name and domain' },
  ],
  [
    'a partner that is gone, with a namesake that another handle is pinned to',
    { a: { id: 'p9', name: 'Acme' }, b: { id: 'p0', name: 'Acme' } },
    null,
    { a: 'If it was deleted on purpose, remove the handle' },
  ],
] as const)('%s: the way out is no pin that would be refused', (_, files, chosen, hints) => {
  const selection = chosen === null ? null : new Set(chosen as readonly string[] as readonly Handle[]);
  const { blocked } = planOf(desiredOf(files), liveOf([acme, globex]), { selection });
  expect(blocked.map(({ address }) => address)).toEqual(Object.keys(hints));
  for (const { address, hint } of blocked) {
    expect(hint?.indexOf(hints[address as keyof typeof hints])).toBe(0);
    expect(hint).not.toContain('introwctl pin');
  }
});

test('when most pins are not live, that is one problem: the key is for another organisation', () => {
  const files = { a: { id: 'p7', name: 'A' }, b: { id: 'p8', name: 'B' }, c: { name: 'Acme' } };
  expect(() => planOf(desiredOf(files), liveOf([acme]))).toThrow(
    "WRONG_ORGANISATION: 2 of the 2 pinned partners aren't in Introw, so this key probably isn't for the organisation of these files.",
  );
  const others = { ...files, d: { name: 'Globex' } };
  expect(doubtsOf(planOf(desiredOf(others), liveOf([acme, globex])))).toEqual([
    'PIN_NOT_LIVE a',
    'PIN_NOT_LIVE b',
  ]);
});

test('a candidate of a doubt is not called unmanaged', () => {
  const plan = planOf(desiredOf({ a: { name: 'Acme' } }), liveOf([acme, { ...globex, name: 'Acme' }]));
  expect(plan.unmanaged).toEqual([]);
});

test.each([
  ['Acme, Inc.', null, 'ACME GmbH'],
  ['A.C.M.E. GmbH & Co. KG', null, 'Acme'],
  ['O’Neil Ltd', null, "O'Neil"],
  ['Acme-Corp S.A.', null, 'acme corp'],
  ['アクメ株式会社', null, 'アクメ'],
  ['Something else', 'www.acme.example', 'Other'],
])('a new partner called %s at %s looks like %s', (name, domain, liveName) => {
  const live = liveOf([{ ...acme, name: liveName }]);
  const plan = planOf(desiredOf({ a: { name, ...(domain === null ? {} : { domain }) } }), live);
  const [change] = plan.changes;
  expect(change?.action).toBe('create');
  expect(change?.warnings.map(({ code }) => code)).toEqual(['LOOKS_LIKE']);
  expect(change?.warnings[0]?.message).toContain('introwctl pin a=p0');
});

test.each([
  ['Acme Labs', 'Acme'],
  ['Co', 'Inc'],
  ['!!!', '???'],
])('a new partner called %s does not look like %s', (name, liveName) => {
  const plan = planOf(desiredOf({ a: { name } }), liveOf([{ ...acme, name: liveName }]));
  expect(plan.changes[0]?.warnings).toEqual([]);
});

test('two new partners that look alike are pointed out to each other', () => {
  const plan = planOf(desiredOf({ a: { name: 'Acme Inc' }, b: { name: 'Acme Ltd' } }), []);
  expect(plan.changes.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
    ['LOOKS_LIKE'],
    ['LOOKS_LIKE'],
  ]);
});
