/** What is read for a question, and what it costs: single partners where that is cheaper and answers it, else the list. */
import { describe, expect, test } from 'vitest';
import type { Handle, LivePartner } from '../../src/partner.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import {
  chooseReading,
  listCost,
  needsList,
  type Question,
  recheck,
  requestsFor,
  savedReading,
} from '../../src/plan/read-strategy.ts';
import { plan } from '../render/documents.ts';
import { desiredOf, type Files, liveOf, planOf } from './world.ts';

type Asked = {
  readonly name: string;
  readonly files: Files;
  readonly chosen: readonly string[] | null;
  readonly base?: Files;
  readonly contains?: string;
  readonly kind?: Question['kind'];
};

const set = (handles: readonly string[]) => new Set(handles as readonly Handle[]);

const question = ({ files, chosen, base, contains, kind = 'plan' }: Asked): Question => ({
  kind,
  desired: desiredOf(files, contains === undefined ? {} : { organisation: { contains } }),
  base: base === undefined ? null : desiredOf(base),
  selection: chosen === null ? null : set(chosen),
});

/** So many more handles that the list takes `pages` requests. */
const pages = (count: number): Files =>
  Object.fromEntries(
    Array.from({ length: count * 100 - 50 }, (_, index) => [`more${index}`, { name: `More ${index}` }]),
  );
const a = { id: 'p0', name: 'Acme' };
const b = { id: 'p1', name: 'Globex' };
const crm = { externalId: 'x2', name: 'Initech' };

describe('before anything is read', () => {
  const rows: readonly (Asked & { readonly reads: string })[] = [
    { name: 'all handles', files: { a }, chosen: null, reads: 'list' },
    { name: 'one pinned handle', files: { a, b }, chosen: ['a'], reads: 'id p0' },
    { name: 'a handle that the CRM pins', files: { crm }, chosen: ['crm'], reads: 'externalId x2' },
    { name: 'a handle without a pin', files: { a: { name: 'Acme' } }, chosen: ['a'], reads: 'list' },
    { name: 'two pins, and one page', files: { a, b }, chosen: ['a', 'b'], reads: 'list' },
    {
      name: 'two pins, and two pages',
      files: { a, b, ...pages(2) },
      chosen: ['a', 'b'],
      reads: 'id p0, id p1',
    },
    {
      name: 'a pin and a handle without one, and two pages',
      files: { a, ...pages(2) },
      chosen: ['a', 'more1'],
      reads: 'list',
    },
    { name: 'no handle', files: { a }, chosen: [], reads: 'nothing' },
    {
      name: 'no handle, and a partner that must be there',
      files: { a },
      chosen: [],
      contains: 'p7',
      reads: 'nothing',
    },
    {
      name: 'a partner that must be there',
      files: { a },
      chosen: ['a'],
      contains: 'p7',
      reads: 'id p0, id p7',
    },
    {
      name: 'a partner that must be there and is chosen',
      files: { a },
      chosen: ['a'],
      contains: 'p0',
      reads: 'id p0',
    },
    {
      name: 'a partner that must be there and is one of the chosen',
      files: { a, b, ...pages(2) },
      chosen: ['a', 'b'],
      contains: 'p1',
      reads: 'id p0, id p1',
    },
    {
      name: 'a name that the change gives',
      files: { a },
      base: { a: { ...a, name: 'Old' } },
      chosen: ['a'],
      reads: 'list',
    },
    {
      name: 'a domain that the change gives',
      files: { a: { ...a, domain: 'new.example' } },
      base: { a },
      chosen: ['a'],
      reads: 'list',
    },
    {
      name: 'a domain spelled in another way',
      files: { a: { ...a, domain: 'acme.example' } },
      base: { a: { ...a, domain: 'ACME.example' } },
      chosen: ['a'],
      reads: 'id p0',
    },
    {
      name: 'a name that the change gives and leaves to the CRM',
      files: { a: { ...a, ignore: ['name'] } },
      base: { a: { ...a, name: 'Old' } },
      chosen: ['a'],
      reads: 'id p0',
    },
    {
      name: 'a name that the change gives, in drift',
      files: { a },
      base: { a: { ...a, name: 'Old' } },
      chosen: ['a'],
      kind: 'drift',
      reads: 'id p0',
    },
    { name: 'a handle that the base did not have', files: { a }, base: {}, chosen: ['a'], reads: 'id p0' },
    {
      name: 'a tier that the change gives',
      files: { a: { ...a, tierId: 't2' } },
      base: { a: { ...a, tierId: 't1' } },
      chosen: ['a'],
      reads: 'id p0',
    },
  ];

  test.each(rows)('$name: $reads', ({ reads, ...asked }) => {
    const reading = chooseReading(question(asked));
    const pins = reading.kind === 'list' ? [] : reading.pins.map(({ by, id }) => `${by} ${id}`);
    expect(reading.kind === 'list' ? 'list' : pins.join(', ') || 'nothing').toBe(reads);
    expect(requestsFor(reading, 9)).toBe(reads === 'list' ? 9 : pins.length);
  });
});

describe('after single partners were read', () => {
  const acme = { id: 'p0', name: 'Acme', domain: null };
  const rows: readonly (Asked & {
    readonly live: readonly Record<string, unknown>[];
    readonly list: boolean;
  })[] = [
    { name: 'the pinned partner', files: { a }, chosen: ['a'], live: [acme], list: false },
    {
      name: 'another name in Introw',
      files: { a },
      chosen: ['a'],
      live: [{ ...acme, name: 'Old' }],
      list: true,
    },
    {
      name: 'another name in Introw, in drift',
      files: { a },
      chosen: ['a'],
      kind: 'drift',
      live: [{ ...acme, name: 'Old' }],
      list: false,
    },
    {
      name: 'another name in Introw that is left to the CRM',
      files: { a: { ...a, ignore: ['name'] } },
      chosen: ['a'],
      live: [{ ...acme, name: 'Old' }],
      list: false,
    },
    {
      name: 'a domain to be cleared',
      files: { a: { ...a, domain: null } },
      chosen: ['a'],
      live: [{ ...acme, domain: 'acme.example' }],
      list: true,
    },
    { name: 'a pin that is gone', files: { a }, chosen: ['a'], live: [], list: false },
    { name: 'two pins that are gone', files: { a, b }, chosen: ['a', 'b'], live: [], list: true },
    {
      name: 'two pins that are gone, and two that are not',
      files: { a, b, c: { id: 'p2', name: 'C' }, d: { id: 'p3', name: 'D' } },
      chosen: ['a', 'b', 'c', 'd'],
      live: [
        { ...acme, id: 'p2', name: 'C' },
        { ...acme, id: 'p3', name: 'D' },
      ],
      list: false,
    },
    {
      name: 'the partner that must be there',
      files: { a },
      chosen: ['a'],
      contains: 'p7',
      live: [acme, { ...acme, id: 'p7', name: 'Witness' }],
      list: false,
    },
    {
      name: 'a partner that nobody asked for',
      files: { a },
      chosen: ['a'],
      contains: 'p7',
      live: [acme, { ...acme, id: 'p8', name: 'Other' }],
      list: true,
    },
    {
      name: 'a partner by the external id, with its name',
      files: { crm },
      chosen: ['crm'],
      live: [{ id: 'p2', externalId: 'x2', name: 'initech', domain: null }],
      kind: 'drift',
      list: false,
    },
    {
      name: 'a partner by the external id, with another name',
      files: { crm },
      chosen: ['crm'],
      kind: 'drift',
      live: [{ id: 'p2', externalId: 'x2', name: 'Other', domain: null }],
      list: true,
    },
    {
      name: 'a partner by the external id, with the name of the base',
      files: { crm },
      base: { crm: { ...crm, name: 'Other' } },
      chosen: ['crm'],
      kind: 'drift',
      live: [{ id: 'p2', externalId: 'x2', name: 'Other', domain: null }],
      list: false,
    },
    {
      name: 'a partner by the external id, which is the id of another',
      files: { crm },
      chosen: ['crm'],
      contains: 'x2',
      live: [{ id: 'x2', externalId: null, name: 'Initech', domain: null }],
      list: true,
    },
    {
      name: 'a partner by the external id of one of the chosen, which is the id of another',
      files: { a, crm },
      chosen: ['a', 'crm'],
      contains: 'x2',
      live: [acme, { id: 'x2', externalId: null, name: 'Initech', domain: null }],
      list: true,
    },
    {
      name: 'a partner that no other handle names',
      files: { a, other: { name: 'Other' } },
      chosen: ['a'],
      live: [acme],
      list: false,
    },
    {
      name: 'a partner that another handle names as well',
      files: { a, other: { name: 'ACME' } },
      chosen: ['a'],
      live: [acme],
      list: true,
    },
    {
      name: 'a partner that another chosen handle names as well',
      files: { a, b: { ...b, name: 'Acme' } },
      chosen: ['a', 'b'],
      kind: 'drift',
      live: [acme, { ...acme, id: 'p1' }],
      list: false,
    },
    {
      name: 'a partner that another handle has by its external id',
      files: { a, other: { externalId: 'x0', name: 'Other' } },
      chosen: ['a'],
      live: [{ ...acme, externalId: 'x0' }],
      list: true,
    },
    {
      name: 'a partner that another pinned handle is called like',
      files: { a, b: { ...b, name: 'Acme' } },
      chosen: ['a'],
      live: [acme],
      list: false,
    },
  ];

  test.each(rows)('$name: reads the list: $list', ({ live, list, ...asked }) => {
    expect(needsList(question(asked), { partners: liveOf(live), complete: false })).toBe(list);
    expect(needsList(question(asked), { partners: liveOf(live), complete: true })).toBe(false);
  });
});

describe('again before an apply', () => {
  const tier = (index: number) => ({ id: `p${index}`, name: `P ${index}`, tierId: 'new' });
  const live = (index: number, more = {}) => ({
    id: `p${index}`,
    name: `P ${index}`,
    domain: null,
    tierId: 'old',
    ...more,
  });
  const many = <T>(make: (index: number) => T) => Array.from({ length: 4 }, (_, index) => make(index));
  const rows: readonly {
    readonly name: string;
    readonly files: Files;
    readonly live: readonly Record<string, unknown>[];
    readonly contains?: string;
    readonly listPages: number | null;
    readonly reads: string;
  }[] = [
    {
      name: 'nothing to change',
      files: { a: tier(0) },
      live: [live(0, { tierId: 'new' })],
      listPages: 1,
      reads: 'nothing',
    },
    { name: 'one update', files: { a: tier(0) }, live: [live(0)], listPages: 1, reads: 'p0' },
    { name: 'a create', files: { a: { name: 'New' } }, live: [live(0)], listPages: 9, reads: 'list' },
    {
      name: 'a rename',
      files: { a: { ...tier(0), name: 'New' } },
      live: [live(0)],
      listPages: 9,
      reads: 'list',
    },
    {
      name: 'a new domain',
      files: { a: { ...tier(0), domain: 'a.example' } },
      live: [live(0)],
      listPages: 9,
      reads: 'list',
    },
    {
      name: 'more updates than pages',
      files: Object.fromEntries(many(tier).map((each) => [each.id, each])),
      live: many(live),
      listPages: 3,
      reads: 'list',
    },
    {
      name: 'as many updates as pages',
      files: Object.fromEntries(many(tier).map((each) => [each.id, each])),
      live: many(live),
      listPages: 4,
      reads: 'p0 p1 p2 p3',
    },
    {
      name: 'as many updates as pages, and a partner that must be there',
      files: Object.fromEntries(many(tier).map((each) => [each.id, each])),
      live: [...many(live), live(7)],
      contains: 'p7',
      listPages: 4,
      reads: 'list',
    },
    {
      name: 'updates of partners that were read alone',
      files: Object.fromEntries(many(tier).map((each) => [each.id, each])),
      live: many(live),
      listPages: null,
      reads: 'p0 p1 p2 p3',
    },
  ];

  test.each(rows)(
    '$name, with a list of $listPages requests: $reads',
    ({ files, live: json, contains, listPages, reads }) => {
      const planned = planOf(
        desiredOf(files, contains === undefined ? {} : { organisation: { contains } }),
        liveOf(json),
      );
      const reading = recheck(planned, listPages);
      const ids = reading.kind === 'list' ? [] : reading.pins.map(({ by, id }) => (by === 'id' ? id : by));
      expect(reading.kind === 'list' ? 'list' : ids.join(' ') || 'nothing').toBe(reads);
      expect(requestsFor(reading, listPages)).toBe(reading.kind === 'list' ? listPages : ids.length);
    },
  );

  test('a saved plan is held to the cost that it states', () => {
    const planned: Planned = planOf(desiredOf({ a: tier(0), b: tier(1) }), liveOf([live(0), live(1)]));
    const saved = { ...plan(planned.changes) };
    const reading = (requestsToApplySaved: number) =>
      savedReading({ ...saved, cost: { ...saved.cost, requestsToApply: 2, requestsToApplySaved } }).kind;
    expect([reading(3), reading(4)]).toEqual(['list', 'each']);
  });
});

test('a list costs what its reading took, or a request for each hundred partners', () => {
  const of = (count: number): LivePartner[] =>
    liveOf(Array.from({ length: count }, (_, id) => ({ id: `p${id}`, name: 'P' })));
  const cost = (count: number, listRequests?: number) =>
    listCost({
      partners: of(count),
      complete: true,
      ...(listRequests === undefined ? {} : { listRequests }),
    });
  expect([cost(0), cost(1), cost(100), cost(101), cost(250), cost(250, 4)]).toEqual([1, 1, 1, 2, 3, 4]);
  expect([requestsFor({ kind: 'list' }, null), requestsFor({ kind: 'list' }, 7)]).toEqual([1, 7]);
});
