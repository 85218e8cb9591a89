import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { fieldNamed, sameValue } from '../../src/fields.ts';
import { touchedHandles } from '../../src/plan/changed-handles.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import { Failure } from '../../src/problem.ts';
import type { FieldValue } from '../../src/shapes.ts';
import { enough, runs } from '../runs.ts';
import { desiredOf, type FilePartner, type Files, liveOf, planOf, worldArbitrary } from './world.ts';

/** What a file says of a field, by the keys that the random worlds use. */
const inFile = (partner: FilePartner | undefined, field: string) =>
  partner?.[{ name: 'name', domain: 'domain', tier: 'tierId', owner: 'ownerId' }[field] ?? ''] as
    | string
    | null
    | undefined;

/** What was different at the base: some handles were not there, and some fields had another value or none. */
const editsArbitrary = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.oneof(
    fc.constant(null),
    fc.record(
      {
        name: fc.constantFrom('Acme', 'Globex', 'Initech'),
        domain: fc.constantFrom('acme.example', 'hooli.example', null),
        tierId: fc.constantFrom('t1', 't2', 't3', undefined),
        ownerId: fc.constantFrom('o1', 'o3', undefined),
      },
      { requiredKeys: [] },
    ),
  ),
);

function edited(files: Files, edits: Readonly<Record<string, FilePartner | null>>): Files {
  const was = Object.entries(files).map(([handle, partner]): [string, FilePartner | null] => {
    const edit = edits[handle];
    return [handle, edit === null ? null : { ...partner, ...edit }];
  });
  return Object.fromEntries(
    was.flatMap(([handle, partner]) => (partner === null ? [] : [[handle, partner]])),
  );
}

test('the origin of every difference, for random files now and at the base, and a random Introw', () => {
  const seen = { proposed: 0, drift: 0, conflict: 0 };
  fc.assert(
    fc.property(worldArbitrary, editsArbitrary, ({ files, live }, edits) => {
      const base = edited(files, edits);
      let [changes, blocked]: [Planned['changes'], Planned['blocked']] = [[], []];
      try {
        ({ changes, blocked } = planOf(desiredOf(files), liveOf(live), { base: desiredOf(base) }));
      } catch (error) {
        if (error instanceof Failure) return; // a doubt about who is who: nothing is planned
        throw error;
      }
      // A handle may have taken over the partner of one that is in doubt, and is compared with what that one was.
      const doubted = new Set(blocked.flatMap(({ candidates = [] }) => candidates.map(({ id }) => id)));
      const rows = changes
        .filter(
          ({ action, partner }) => action === 'update' && (partner === null || !doubted.has(partner.id)),
        )
        .flatMap(({ address, fields }) => fields.map((row) => ({ address, ...row })));
      for (const { address, field, before, origin } of rows) {
        if (field === 'portal.experience') continue; // compared by partner, not by handle
        const [was, now] = [inFile(base[address], field), inFile(files[address], field)];
        const same = (one: FieldValue) => sameValue(fieldNamed(field), was, one);
        const moved = same(now) ? 'drift' : 'conflict';
        const expected = was === undefined || same(before) ? 'proposed' : moved;
        expect({ address, field, origin }).toEqual({ address, field, origin: expected });
        seen[expected]++;
      }
    }),
    runs(1000),
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(enough(5));
});

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const names = fc.constantFrom('gold', 'silver');
const tier = fc.oneof(
  names.map((name) => ({ tier: name })),
  fc.constantFrom('t1', 't2').map((id) => ({ tierId: id })),
  fc.constant({}),
);
type Said = { tier?: string; tierId?: string; ignore?: readonly string[] };

const stateArbitrary = fc.record({
  catalog: fc.record({ gold: fc.constantFrom('t1', 't2'), silver: fc.constantFrom('t1', 't2') }),
  defaults: fc
    .tuple(tier, fc.record({ phaseId: maybe(fc.constantFrom('ph1', 'ph2')) }), maybe(fc.constant(['owner'])))
    .map(([tiers, more, ignore]): Said & { phaseId?: string | undefined } => ({
      ...tiers,
      ...more,
      ...(ignore === undefined ? {} : { ignore }),
    })),
  pins: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constant('')),
  partners: fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc
      .tuple(tier, fc.constantFrom('Acme', 'Globex'), maybe(fc.constant(['tier', 'owner'])))
      .map(([tiers, name, ignore]): Said & { name: string } => ({
        name,
        ...tiers,
        ...(ignore === undefined ? {} : { ignore }),
      })),
  ),
});
type State = typeof stateArbitrary extends fc.Arbitrary<infer T> ? T : never;

const pinsOf = ({ pins, partners }: State) =>
  Object.fromEntries(
    Object.keys(pins)
      .filter((handle) => handle in partners)
      .map((handle) => [handle, `ptn_${handle}`]),
  );

const load = (state: State) =>
  loadDesired([
    {
      path: 'partners.yaml',
      text: JSON.stringify({
        version: 1,
        catalog: { tiers: state.catalog },
        defaults: state.defaults,
        pins: pinsOf(state),
        partners: state.partners,
      }),
    },
  ]);

/** What a state means for a handle, worked out without the code that is tested. */
function meaning(state: State, handle: string): unknown {
  const own = state.partners[handle];
  if (own === undefined) return null;
  const says = (own.tier ?? own.tierId) ? own : state.defaults;
  const tierId = says.tierId ?? state.catalog[says.tier as 'gold' | 'silver'];
  const ignore = [...new Set([...(own.ignore ?? []), ...(state.defaults.ignore ?? [])])].sort();
  return { name: own.name, tierId, phaseId: state.defaults.phaseId, pin: pinsOf(state)[handle], ignore };
}

test('--changed touches the handles whose meaning differs from the base, and no other', () => {
  let touchedOnes = 0;
  let untouched = 0;
  fc.assert(
    fc.property(stateArbitrary, stateArbitrary, (base, now) => {
      const touched = touchedHandles(load(base), load(now));
      for (const handle of Object.keys(now.partners)) {
        const differs = JSON.stringify(meaning(base, handle)) !== JSON.stringify(meaning(now, handle));
        expect({ handle, touched: [...touched].some((each) => each === handle) }).toEqual({
          handle,
          touched: differs,
        });
        if (differs) touchedOnes++;
        else untouched++;
      }
    }),
    runs(1000),
  );
  expect(Math.min(touchedOnes, untouched)).toBeGreaterThan(enough(20));
});
