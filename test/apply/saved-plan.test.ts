/** A saved plan, taken up later: what is left to do, what is done, and what has moved so that it must be made again. */
import { describe, expect, test } from 'vitest';
import { checkFresh, throwOnOtherOrganisation } from '../../src/apply/saved-plan.ts';
import type { PartnerId } from '../../src/partner.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { Failure } from '../../src/problem.ts';
import { desiredOf, type Files, liveOf, planOf } from '../plan/world.ts';
import { plan as documentOf } from '../render/documents.ts';

type Live = readonly Record<string, unknown>[];

const acme = { id: 'p0', name: 'Acme', domain: 'acme.example', tierId: 't1', owner: null };
const globex = { id: 'p1', name: 'Globex', domain: null, tierId: 't1', owner: null };
const tier = { a: { id: 'p0', name: 'Acme', tierId: 't2' } };
const portal = { a: { id: 'p0', name: 'Acme', portal: { experienceId: 'e1', access: 'RESTRICTED_USERS' } } };

const saved = (files: Files, before: Live): Plan =>
  documentOf(planOf(desiredOf(files), liveOf(before)).changes);

type Row = {
  readonly name: string;
  readonly files: Files;
  readonly before?: Live;
  readonly after: Live;
  /** Handles that are left to do and that are done, and what has moved. */
  readonly comes: readonly string[];
};

const rows: readonly Row[] = [
  { name: 'nothing has moved', files: tier, after: [acme], comes: ['to do a'] },
  { name: 'it is done already', files: tier, after: [{ ...acme, tierId: 't2' }], comes: ['done a'] },
  {
    name: 'the value has moved',
    files: tier,
    after: [{ ...acme, tierId: 't3' }],
    comes: ['a: tier was t1 and is now t3.'],
  },
  {
    name: 'the value was cleared',
    files: tier,
    after: [{ ...acme, tierId: null }],
    comes: ['a: tier was t1 and is now empty.'],
  },
  { name: 'another field has moved', files: tier, after: [{ ...acme, phaseId: 'ph2' }], comes: ['to do a'] },
  {
    name: 'the partner is gone',
    files: tier,
    after: [globex],
    comes: ['a: its partner p0 is gone from Introw.'],
  },
  {
    name: 'the partner is called otherwise',
    files: tier,
    after: [{ ...acme, name: 'Other ' }],
    comes: ['a: name was Acme and is now "Other ".'],
  },
  {
    name: 'all that has moved of a partner is named at once',
    files: { a: { id: 'p0', name: 'Acme 2', tierId: 't2', phaseId: 'ph2' } },
    before: [{ ...acme, phaseId: 'ph1' }],
    after: [{ ...acme, name: 'The "A"  team', domain: null, tierId: 't3', phaseId: 'ph3' }],
    comes: [
      `a: name was Acme and is now 'The "A"  team', domain was acme.example and is now empty, tier was t1 and is now t3, phase was ph1 and is now ph3.`,
    ],
  },
  {
    name: 'the partner has another domain',
    files: tier,
    after: [{ ...acme, domain: 'other.example' }],
    comes: ['a: domain was acme.example and is now other.example.'],
  },
  {
    name: 'the partner has its domain in another spelling',
    files: tier,
    after: [{ ...acme, domain: 'ACME.example' }],
    comes: ['to do a'],
  },
  {
    name: 'the partner has its new name already',
    files: { a: { id: 'p0', name: 'New', tierId: 't2' } },
    after: [{ ...acme, name: 'New' }],
    comes: ['to do a'],
  },
  {
    name: 'the partner has its new name and tier already',
    files: { a: { id: 'p0', name: 'New', tierId: 't2' } },
    after: [{ ...acme, name: 'New', tierId: 't2' }],
    comes: ['done a'],
  },
  {
    name: 'one of two fields is done',
    files: { a: { id: 'p0', name: 'Acme', tierId: 't2', phaseId: 'ph2' } },
    before: [{ ...acme, phaseId: 'ph1' }],
    after: [{ ...acme, tierId: 't2', phaseId: 'ph1' }],
    comes: ['to do a'],
  },
  {
    name: 'a portal whose access can not be seen is never done',
    files: portal,
    before: [{ ...acme, experienceTemplateId: 'e2' }],
    after: [{ ...acme, experienceTemplateId: 'e1' }],
    comes: ['to do a'],
  },
  {
    name: 'the partner has its new domain already, and another name',
    files: { a: { id: 'p0', name: 'Acme', domain: 'new.example' } },
    after: [{ ...acme, domain: 'new.example', name: 'Other' }],
    comes: ['a: name was Acme and is now Other.'],
  },
  { name: 'a create has found nobody', files: { new: { name: 'New' } }, after: [acme], comes: ['to do new'] },
  {
    name: 'a create is there already',
    files: { new: { name: 'New', tierId: 't2' } },
    after: [acme, { ...globex, id: 'p9', name: 'New', tierId: 't2' }],
    comes: ['done new'],
  },
  {
    name: 'a create is there already, with a portal that Introw does not show',
    files: { new: { name: 'New', portal: { experienceId: 'e1', access: 'RESTRICTED_USERS' } } },
    after: [acme, { ...globex, id: 'p9', name: 'New', experienceTemplateId: 'e1' }],
    comes: ['done new'],
  },
  {
    name: 'a create has found a partner of that name with other values',
    files: { new: { name: 'New', tierId: 't2' } },
    after: [acme, { ...globex, id: 'p9', name: 'NEW', domain: 'new.example' }],
    comes: ['new: it was to be created, and Introw now has NEW <new.example> p9.'],
  },
  {
    name: 'a create has found a partner with that domain',
    files: { new: { name: 'New', domain: 'new.example' } },
    after: [acme, { ...globex, id: 'p9', name: 'Other', domain: 'new.example' }],
    comes: ['new: it was to be created, and Introw now has Other <new.example> p9.'],
  },
  {
    name: 'a rename would make a twin now',
    files: { a: { id: 'p0', name: 'New' } },
    after: [acme, { ...globex, name: 'new' }],
    comes: ['to do a', 'a would get the name of new p1.'],
  },
  {
    name: 'of several changes each is judged alone',
    files: {
      ...tier,
      b: { id: 'p1', name: 'Globex', tierId: 't2' },
      c: { id: 'p2', name: 'C', tierId: 't1' },
    },
    before: [acme, globex, { ...globex, id: 'p2', name: 'C' }],
    after: [acme, { ...globex, tierId: 't2' }, { ...globex, id: 'p2', name: 'C', tierId: 't9' }],
    comes: ['to do a', 'done b'],
  },
];

test.each(rows)('$name: $comes', ({ files, before = [acme], after, comes }) => {
  const live = { partners: liveOf(after), complete: true };
  const { changes, done, stale } = checkFresh(saved(files, before), live);
  expect([
    ...changes.map(({ address }) => `to do ${address}`),
    ...done.map(({ address }) => `done ${address}`),
    ...stale.map(({ message }) => message),
  ]).toEqual(comes);
  expect(stale.every(({ code }) => code === 'PLAN_STALE')).toBe(true);
});

test('a rename to a name that the same plan creates makes twins', () => {
  const changes = [{ a: { id: 'p0', name: 'New' } }, { new: { name: 'New' } }].flatMap(
    (files: Files) => planOf(desiredOf(files), liveOf([acme])).changes,
  );
  const { stale } = checkFresh(documentOf(changes), { partners: liveOf([acme]), complete: true });
  expect(stale.map(({ message }) => message)).toEqual([
    'a would get the name of new.',
    'new would get the name of Acme <acme.example> p0.',
  ]);
});

describe('a key of another organisation', () => {
  type Asked = {
    readonly name: string;
    readonly files?: Files;
    readonly contains?: string;
    readonly witness?: string | null;
    readonly someDone?: boolean;
    readonly after: Live;
    readonly says: string | null;
  };
  const created = { new: { name: 'New' } };
  const other = { ...globex, id: 'p7', name: 'Other' };
  const asked: readonly Asked[] = [
    { name: 'shows a partner of the plan', after: [acme], says: null },
    { name: 'shows a partner of the plan, and no witness', witness: 'p5', after: [acme], says: null },
    {
      name: 'shows one of the partners of the plan',
      files: { ...tier, new: { name: 'New' } },
      witness: 'p5',
      after: [acme],
      says: null,
    },
    { name: 'shows the partner that must be there', contains: 'p7', after: [acme, other], says: null },
    {
      name: 'lacks the partner that must be there',
      contains: 'p7',
      after: [acme],
      says: 'plan.json is for an organisation with p7, and this key opens one without it.',
    },
    { name: 'shows the witness of a create', files: created, witness: 'p7', after: [other], says: null },
    {
      name: 'lacks the partners of the plan and the witness',
      witness: 'p5',
      after: [other],
      says: 'Introw has none of the partners that plan.json changes, nor p5, which it had when the plan was made.',
    },
    {
      name: 'lacks the witness, and some changes are done',
      files: created,
      someDone: true,
      after: [other],
      says: null,
    },
    { name: 'shows nobody, as when the plan was made', files: created, witness: null, after: [], says: null },
    {
      name: 'shows partners where there were none',
      files: created,
      witness: null,
      after: [other, acme],
      says: 'plan.json was made when Introw had no partner, and now it has 2 of which the plan knows none.',
    },
    {
      name: 'is of no interest to a plan that changes nothing',
      files: { a: { id: 'p0', name: 'Acme', tierId: 't1' } },
      contains: 'p9',
      after: [other],
      says: null,
    },
  ];

  test.each(asked)(
    '$name: $says',
    ({ files = tier, contains, witness = 'p0', someDone = false, after, says }) => {
      const made = saved(files, [acme]);
      const plan: Plan = {
        ...made,
        organisation: { name: null, contains: (contains ?? null) as PartnerId | null },
        source: { ...made.source, witness: witness as PartnerId | null },
      };
      const live = { partners: liveOf(after), complete: true };
      const refusal = () => {
        try {
          throwOnOtherOrganisation(plan, live, someDone, 'plan.json');
          return null;
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          const [{ message, hint }] = error.problems;
          expect(hint).toContain(contains === undefined ? 'it probably opens another organisation' : 'key');
          return message;
        }
      };
      expect(refusal()).toBe(says);
    },
  );
});
