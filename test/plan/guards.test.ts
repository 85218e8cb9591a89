/** What blocks a plan as a whole, and what lifts it. */
import { describe, expect, test } from 'vitest';
import type { Handle } from '../../src/partner.ts';
import { desiredOf, type FilePartner, type Files, liveOf, planOf } from './world.ts';

type Options = NonNullable<NonNullable<Parameters<typeof planOf>[2]>['options']>;

/** `a` to `z`: so many partners of which the files and Introw may say the same, or not. */
const handles = (count: number) =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index));
const eachOf = (count: number, partner: (index: number) => FilePartner): Files =>
  Object.fromEntries(
    handles(count).map((handle, index) => [
      handle,
      { id: `p${index}`, name: handle.toUpperCase(), ...partner(index) },
    ]),
  );
const liveFor = (count: number, more: Readonly<Record<string, unknown>> = {}) =>
  liveOf(handles(count).map((handle, index) => ({ id: `p${index}`, name: handle.toUpperCase(), ...more })));
const guardsOf = ({ blocked }: ReturnType<typeof planOf>) =>
  blocked.map(({ code, message }) => `${code}: ${message}`);

describe('too many changes', () => {
  const rows: readonly {
    readonly changed: number;
    readonly managed: number;
    readonly setting?: number | string;
    readonly option?: Options['maxChanges'];
    readonly says: string | null;
  }[] = [
    { changed: 10, managed: 10, says: null },
    { changed: 11, managed: 11, says: '11 partners would change, more than the 3 (30% of 11) allowed.' },
    { changed: 7, managed: 26, says: null },
    { changed: 11, managed: 26, says: '11 partners would change, more than the 7 (30% of 26) allowed.' },
    { changed: 0, managed: 3, setting: 0, says: null },
    { changed: 1, managed: 3, setting: 0, says: '1 partner would change, more than the 0 allowed.' },
    { changed: 2, managed: 3, setting: 2, says: null },
    { changed: 3, managed: 3, setting: 2, says: '3 partners would change, more than the 2 allowed.' },
    { changed: 1, managed: 3, setting: '50%', says: null },
    {
      changed: 2,
      managed: 3,
      setting: '50%',
      says: '2 partners would change, more than the 1 (50% of 3) allowed.',
    },
    { changed: 2, managed: 3, setting: 1, option: { partners: 2 }, says: null },
    { changed: 11, managed: 11, option: { percent: 100 }, says: null },
    {
      changed: 2,
      managed: 3,
      setting: 3,
      option: { partners: 1 },
      says: '2 partners would change, more than the 1 allowed.',
    },
  ];

  test.each(rows)('$changed of $managed with $setting and $option: $says', (row) => {
    const { changed, managed, setting, option = null, says } = row;
    const desired = desiredOf(
      eachOf(managed, (index) => ({ tierId: index < changed ? 'new' : 'old' })),
      setting === undefined ? {} : { settings: { maxChanges: setting } },
    );
    const plan = planOf(desired, liveFor(managed, { tierId: 'old' }), { options: { maxChanges: option } });
    expect(guardsOf(plan)).toEqual(says === null ? [] : [`TOO_MANY_CHANGES: ${says}`]);
  });

  test('a create counts as an update does', () => {
    const files = { new: { name: 'New' }, ...eachOf(1, () => ({ tierId: 'new' })) };
    const plan = planOf(desiredOf(files, { settings: { maxChanges: 1 } }), liveFor(1, { tierId: 'old' }));
    expect(guardsOf(plan)).toEqual(['TOO_MANY_CHANGES: 2 partners would change, more than the 1 allowed.']);
  });
});

describe('conflicts', () => {
  const plan = (count: number, options: Partial<Options> = {}) => {
    const said = (tierId: string) => desiredOf(eachOf(count, () => ({ tierId })));
    return planOf(said('new'), liveFor(count, { tierId: 'live' }), { base: said('base'), options });
  };

  test.each([
    [1, 'a'],
    [5, 'a, b, c, d, e'],
    [7, 'a, b, c, d, e and 2 more'],
  ])('of %i are named: %s', (count, named) => {
    expect(guardsOf(plan(count))).toEqual([`CONFLICT: This change and Introw both changed ${named}.`]);
  });

  test('may be overwritten', () => {
    expect(guardsOf(plan(2, { overwriteConflicts: true }))).toEqual([]);
  });

  test('are what both changed, and not drift or proposals', () => {
    const base = desiredOf({ ...eachOf(2, () => ({ tierId: 'base' })) });
    const files = eachOf(2, (index) => ({ tierId: index === 0 ? 'base' : 'new' }));
    const live = [...liveFor(1, { tierId: 'live' }), ...liveFor(2, { tierId: 'base' }).slice(1)];
    expect(guardsOf(planOf(desiredOf(files), live, { base }))).toEqual([]);
  });
});

describe('publishing that nobody asked for', () => {
  /** What the partners of a file share, at the base and now. */
  const experiences = (id: string) => ({ catalog: { experiences: { reseller: id } } });
  const byName = { portal: { experience: 'reseller' } };
  const byDefault = (id: string) => ({ defaults: { portal: { experienceId: id } } });
  const blocks = [
    'PUBLISH_NOT_ASKED: An edit of the catalog or the defaults would publish the portals of a, b.',
  ];

  type Side = { readonly shared?: Readonly<Record<string, unknown>>; readonly own?: FilePartner };
  type Row = {
    readonly name: string;
    readonly was: Side;
    readonly is: Side;
    readonly count?: number;
    readonly publish?: readonly string[];
    readonly says: readonly string[];
  };
  const rows: readonly Row[] = [
    {
      name: 'a catalog name gets another id',
      was: { shared: experiences('e1'), own: byName },
      is: { shared: experiences('e2'), own: byName },
      says: blocks,
    },
    {
      name: 'the defaults get another portal',
      was: { shared: byDefault('e1') },
      is: { shared: byDefault('e2') },
      says: blocks,
    },
    {
      name: 'the defaults get another access, which is sent with the portal',
      was: {
        shared: { defaults: { portal: { access: 'RESTRICTED_USERS' } } },
        own: { portal: { experienceId: 'e1' } },
      },
      is: {
        shared: { defaults: { portal: { access: 'RESTRICTED_DOMAINS' } } },
        own: { portal: { experienceId: 'e1' } },
      },
      says: blocks,
    },
    {
      name: 'it is one portal',
      count: 1,
      was: { shared: experiences('e1'), own: byName },
      is: { shared: experiences('e2'), own: byName },
      says: [],
    },
    {
      name: '--publish names one of the two',
      publish: ['b'],
      was: { shared: byDefault('e1') },
      is: { shared: byDefault('e2') },
      says: [],
    },
    {
      name: "the partners' own lines change",
      was: { own: { portal: { experienceId: 'e1' } } },
      is: { own: { portal: { experienceId: 'e2' } } },
      says: [],
    },
    {
      name: "the partners' own names change",
      was: { shared: experiences('e1'), own: { portal: { experienceId: 'e1' } } },
      is: {
        shared: { catalog: { experiences: { reseller: 'e1', other: 'e2' } } },
        own: { portal: { experience: 'other' } },
      },
      says: [],
    },
    {
      name: 'the defaults get another tier, which publishes nothing',
      was: { shared: { defaults: { tierId: 't1' } } },
      is: { shared: { defaults: { tierId: 't2' } } },
      says: [],
    },
  ];

  test.each(rows)('where $name: $says', ({ was, is, count = 2, publish = [], says }) => {
    const side = ({ shared = {}, own = {} }: Side) =>
      desiredOf(
        eachOf(count, () => own),
        shared,
      );
    const options = { publish: new Set(publish as Handle[]) };
    const plan = planOf(side(is), liveFor(count, { tierId: 't1' }), { base: side(was), options });
    expect(plan.summary.update).toBe(count);
    expect(guardsOf(plan)).toEqual(says);
  });

  test('portals that have drifted are put back, which no edit of the catalog causes', () => {
    const said = desiredOf(
      eachOf(2, () => byName),
      experiences('e1'),
    );
    const plan = planOf(said, liveFor(2, { experienceTemplateId: 'e2' }), { base: said });
    expect([plan.summary.publishes, guardsOf(plan)]).toEqual([2, []]);
  });

  test('a create publishes what its entry says, wherever that comes from', () => {
    const files = { x: { name: 'X' }, y: { name: 'Y' } };
    const plan = planOf(desiredOf(files, byDefault('e1')), [], { base: desiredOf({}) });
    expect([plan.summary.create, plan.summary.publishes, guardsOf(plan)]).toEqual([2, 2, []]);
  });
});

describe('partners in no file', () => {
  const strict = { settings: { unmanaged: 'error' } };
  const plan = (live: number, more = strict, selection: ReadonlySet<Handle> | null = null) =>
    planOf(
      desiredOf(
        eachOf(1, () => ({})),
        more,
      ),
      liveFor(live),
      { selection },
    );

  test.each([
    [1, []],
    [2, ["UNMANAGED_PARTNERS: 1 partner in Introw isn't in any file (unmanaged)."]],
    [3, ["UNMANAGED_PARTNERS: 2 partners in Introw aren't in any file (unmanaged)."]],
  ])('of %i live partners one is managed: %s', (live, says) => {
    expect(guardsOf(plan(live))).toEqual(says);
  });

  test('are an error only where the files say so, and only in a plan of everything', () => {
    expect(guardsOf(plan(3, { settings: { unmanaged: 'report' } }))).toEqual([]);
    expect(guardsOf(plan(3, strict, new Set(['a' as Handle])))).toEqual([]);
    const said = desiredOf(
      eachOf(1, () => ({})),
      strict,
    );
    expect(guardsOf(planOf(said, liveFor(3), { base: said, options: { only: 'proposed' } }))).toEqual([]);
  });
});

test('guards come in the order in which people should read them, each with what to do', () => {
  const said = (tierId: string, experienceId: string) =>
    desiredOf(
      eachOf(2, () => ({ tierId })),
      {
        settings: { unmanaged: 'error', maxChanges: 1 },
        defaults: { portal: { experienceId } },
      },
    );
  const { blocked } = planOf(said('new', 'e2'), liveFor(3, { tierId: 'live' }), { base: said('base', 'e1') });
  expect(blocked.map(({ code }) => code)).toEqual([
    'CONFLICT',
    'TOO_MANY_CHANGES',
    'PUBLISH_NOT_ASKED',
    'UNMANAGED_PARTNERS',
  ]);
  for (const { hint, address, candidates, position } of blocked)
    expect({ isHinted: hint !== '', address, candidates, position }).toEqual({
      isHinted: true,
      address: null,
      candidates: [],
      position: null,
    });
});
