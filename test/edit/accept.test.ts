/** What of drift the files take over, how they say it, and what they can't say. */
import { describe, expect, test } from 'vitest';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired } from '../../src/desired/load.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import {
  type Acceptance,
  accept,
  type Uncommitted,
  uncommittedFields,
  without,
  withoutUncommitted,
} from '../../src/edit/accept.ts';
import { amend } from '../../src/edit/amend.ts';
import type { Handle } from '../../src/partner.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { liveOf, planOf } from '../plan/world.ts';

const head = `version: 1
catalog: { tiers: { gold: t2, silver: t1 } }
x-best: &best { ownerId: u1 }
`;
const load = (text: string) => loadDesired([{ path: 'p.yaml', text: head + text }]);
const live = (fields: object) => liveOf([{ id: 'ptn_1', name: 'Acme', ...fields }]);

/** What is accepted where the partner `acme` of these lines is in Introw with these members. */
function accepted(
  text: string,
  fields: object,
  only: readonly string[] | null = null,
  base: DesiredState | null = null,
): { acceptance: Acceptance; desired: DesiredState } {
  const desired = load(text);
  const drift = planOf(desired, live(fields), { kind: 'drift', ...(base === null ? {} : { base }) });
  const set = only === null ? null : new Set(only);
  return { desired, acceptance: accept(drift as Plan, desired, set, new Map()) };
}

const taken = ({ taken: all }: Acceptance) =>
  all.map(
    ({ field, from, to, how, comments }) =>
      `${field}: ${from} -> ${to}, ${how}${comments.map((each) => ` ${each}`).join('')}`,
  );
const left = ({ left: all }: Acceptance) =>
  all.map(({ address, field, why }) => `${address} ${field}: ${why}`);

const partner = (own: string) => `partners:\n  acme: { id: ptn_1, name: Acme${own} }\n`;

describe('is taken over', () => {
  test.each<[string, string, object, string, string]>([
    [
      "a value, in the partner's own line, by its name",
      partner(', tier: silver'),
      { tierId: 't2' },
      'tier: silver -> gold, stated',
      partner(', tier: gold'),
    ],
    [
      'an id without a name',
      partner(', tier: silver'),
      { tierId: 't9' },
      'tier: silver -> t9, stated',
      partner(', tierId: t9'),
    ],
    [
      'a value in a line of its own, where that comes from the defaults',
      `defaults: { tier: silver }\n${partner('')}`,
      { tierId: 't2' },
      'tier: silver -> gold, stated apart',
      `defaults: { tier: silver }\n${partner(', tier: gold')}`,
    ],
    [
      'or from a line that others share',
      partner(', <<: *best'),
      { owner: { id: 'u2' } },
      'owner: u1 -> u2, stated apart',
      partner(', <<: *best, ownerId: u2'),
    ],
    [
      'no domain, which a file says by null',
      partner(', domain: acme.example'),
      { domain: null },
      'domain: acme.example -> null, stated',
      partner(', domain: null'),
    ],
    [
      'a name that a file spells otherwise',
      partner(''),
      { name: ' Acme  Inc ' },
      'name: Acme -> Acme Inc, stated',
      partner('').replace('name: Acme', 'name: Acme Inc'),
    ],
    [
      "nothing, by taking the partner's line out",
      partner(', ownerId: u1'),
      { owner: null },
      'owner: u1 -> null, unstated',
      partner(''),
    ],
    [
      'nothing, by leaving to the CRM what the defaults say',
      `defaults: { ownerId: u1 }\n${partner('')}`,
      { owner: null },
      'owner: u1 -> null, ignored',
      `defaults: { ownerId: u1 }\n${partner(', ignore: [owner]')}`,
    ],
    [
      'nothing, by leaving to the CRM what the partner says over the defaults',
      `defaults: { ownerId: u2 }\n${partner(', ownerId: u1')}`,
      { owner: null },
      'owner: u1 -> null, ignored',
      `defaults: { ownerId: u2 }\n${partner(', ownerId: u1, ignore: [owner]')}`,
    ],
    [
      'nothing, by leaving to the CRM what others share',
      partner(', <<: *best'),
      { owner: null },
      'owner: u1 -> null, ignored',
      partner(', <<: *best, ignore: [owner]'),
    ],
    [
      'no portal, where the defaults say something of portals',
      `defaults: { portal: { access: RESTRICTED_USERS } }\n${partner(', portal: { experienceId: e1 }')}`,
      { experienceTemplateId: null },
      'portal.experience: e1 -> null, ignored',
      `defaults: { portal: { access: RESTRICTED_USERS } }\n${partner(', portal: { experienceId: e1 }, ignore: [portal]')}`,
    ],
  ])('%s', (_, text, fields, says, after) => {
    const { desired, acceptance } = accepted(text, fields);
    expect(taken(acceptance)).toEqual([says]);
    expect(left(acceptance)).toEqual([]);
    expect(acceptance.taken[0]).toMatchObject({ address: 'acme', uncommitted: false });
    const { files, state } = amend(desired, { edits: acceptance.edits, additions: [] });
    expect(files.map((file) => file.after.slice(head.length))).toEqual([after]);
    const drift = planOf(state, live(fields), { kind: 'drift' });
    expect(drift.changes.filter(({ action }) => action !== 'none')).toEqual([]);
    expect(namesOf(state.catalog)).toEqual(namesOf(desired.catalog));
  });

  test('several values of a partner, or those that are asked for', () => {
    const text = partner(', domain: acme.example, tier: silver');
    const fields = { domain: 'acme.io', tierId: 't2' };
    const both = ['domain: acme.example -> acme.io, stated', 'tier: silver -> gold, stated'];
    expect(taken(accepted(text, fields).acceptance)).toEqual(both);
    expect([...accepted(text, fields).acceptance.edits.values()].flat()).toHaveLength(2);
    expect(taken(accepted(text, fields, ['tier']).acceptance)).toEqual(both.slice(1));
    expect(taken(accepted(text, fields, []).acceptance)).toEqual([]);
  });

  test('nothing that is as it should be', () => {
    const { acceptance } = accepted(partner(', tier: silver'), { tierId: 't1' });
    expect(acceptance).toEqual({ edits: new Map(), taken: [], left: [] });
  });
});

test('the comments about a line that goes are handed on: at its end, and right above it, indented like it', () => {
  const text = `partners:
  acme:
    id: ptn_1
    name: Acme
  # not about it

    # apart

    # agreed in May
    # until June
    ownerId: u1 # by phone
    # about what follows
`;
  expect(taken(accepted(text, { owner: null }).acceptance)).toEqual([
    'owner: u1 -> null, unstated # agreed in May # until June # by phone',
  ]);
  expect(taken(accepted(text, { owner: { id: 'u2' } }).acceptance)).toEqual(['owner: u1 -> u2, stated']);
});

test.each<[string, object, string]>([
  [
    'a name that is none',
    { name: null },
    'name: Introw has no name for it, and in a file every partner has one.',
  ],
  [
    'a name that is too long',
    { name: 'x'.repeat(201) },
    "name: Introw's value has 201 characters, and a file may give 200.",
  ],
])('is left, with the reason: %s', (_, fields, says) => {
  const { acceptance } = accepted(partner(', tier: silver'), { tierId: 't2', ...fields });
  expect(left(acceptance)).toEqual([`acme ${says}`]);
  expect(taken(acceptance)).toEqual(['tier: silver -> gold, stated']);
  expect([...acceptance.edits.values()].flat()).toHaveLength(1);
});

test('a partner whose line is not its own to change is left, with the reason', () => {
  const text = `${partner(', tier: silver')}  globex: { id: ptn_2, name: Globex, tier: silver }\n`;
  const desired = load(text);
  const both = [...live({ tierId: 't2' }), ...liveOf([{ id: 'ptn_2', name: 'Globex', tierId: 't2' }])];
  const acceptance = accept(planOf(desired, both, { kind: 'drift' }) as Plan, desired, null, new Map());
  const some = without(acceptance, new Map([['acme' as Handle, 'shared']]));
  expect([...some.edits.keys()]).toEqual(['globex']);
  expect(some.taken.map(({ address }) => address)).toEqual(['globex']);
  expect(left(some)).toEqual(['acme tier: shared']);
});

test.each([
  ['what only the files changed stays theirs', 't1', []],
  ['what Introw changed, too, is taken over', 't9', ['tier: gold -> t9, stated']],
])('since a base, %s', (_, tierId, says) => {
  const base = load(partner(', tier: silver'));
  expect(taken(accepted(partner(', tier: gold'), { tierId }, null, base).acceptance)).toEqual(says);
});

test('what Introw never shows is no drift', () => {
  const text = partner(', tier: silver, portal: { experienceId: e1, access: RESTRICTED_USERS }');
  expect(taken(accepted(text, { tierId: 't2', experienceTemplateId: 'e2' }).acceptance)).toEqual([
    'tier: silver -> gold, stated',
    'portal.experience: e1 -> e2, stated',
  ]);
});

test('the comments are those of the file that has the line', () => {
  const files = [
    { path: 'o.yaml', text: `${head}# no\n# no\n` },
    {
      path: 'p.yaml',
      text: 'version: 1\npartners:\n  acme:\n    id: ptn_1\n    name: Acme\n    # yes\n    ownerId: u1\n',
    },
  ];
  const desired = loadDesired(files);
  const drift = planOf(desired, live({ owner: null }), { kind: 'drift' }) as Plan;
  expect(taken(accept(drift, desired, null, new Map()))).toEqual(['owner: u1 -> null, unstated # yes']);
});

describe('what nobody has committed yet', () => {
  const text = partner(', tier: gold, ownerId: u1');
  /** Of `acme` the tier isn't committed; of `globex` it is. */
  function uncommittedEdits(only: ReadonlySet<string> | null = null) {
    const globex = '  globex: { id: ptn_2, name: Globex, tier: silver }\n';
    const committed = load(partner(', tier: silver, ownerId: u1') + globex);
    const desired = load(`${text}${globex}  b: { name: B }\n`);
    const uncommitted: Uncommitted = uncommittedFields(committed, desired);
    const both = [
      ...live({ tierId: 't9', owner: { id: 'u2' } }),
      ...liveOf([{ id: 'ptn_2', name: 'Globex', tierId: 't9' }]),
    ];
    const drift = planOf(desired, both, { kind: 'drift' }) as Plan;
    return { committed, uncommitted, acceptance: accept(drift, desired, only, uncommitted) };
  }

  test('is what the files say otherwise than the commit; a new partner has none of it', () => {
    const { committed, uncommitted, acceptance } = uncommittedEdits();
    expect(uncommitted).toEqual(new Map([['acme', new Set(['tier'])]]));
    expect(uncommittedFields(committed, committed)).toEqual(new Map());
    expect(acceptance.taken.map(({ address, field, uncommitted: is }) => [address, field, is])).toEqual([
      ['acme', 'tier', true],
      ['acme', 'owner', false],
      ['globex', 'tier', false],
    ]);
  });

  test('is spared', () => {
    const spared = withoutUncommitted(uncommittedEdits().acceptance, new Set());
    expect(taken(spared)).toEqual(['owner: u1 -> u2, stated', 'tier: silver -> t9, stated']);
    expect([...spared.edits]).toMatchObject([
      ['acme', [{ kind: 'set', field: { name: 'owner' } }]],
      ['globex', [{ kind: 'set', field: { name: 'tier' } }]],
    ]);
    expect(left(spared)).toEqual([
      "acme tier: this is an edit of yours that isn't committed. To take Introw's value, run accept acme.",
    ]);
  });

  test('is taken of partners that were named', () => {
    const { acceptance } = uncommittedEdits();
    expect(withoutUncommitted(acceptance, new Set(['acme']))).toEqual(acceptance);
    expect(withoutUncommitted(acceptance, new Set(['globex'])).left).toHaveLength(1);
  });

  test('leaves no edit of a partner of which it is all', () => {
    const spared = withoutUncommitted(uncommittedEdits(new Set(['tier'])).acceptance, new Set());
    expect([...spared.edits.keys()]).toEqual(['globex']);
  });
});
