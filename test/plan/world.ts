/** Random worlds for the laws of planning: files, a live organisation, and a model of what Introw does with a write. */
import fc from 'fast-check';
import { loadDesired } from '../../src/desired/load.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import { fieldNamed } from '../../src/fields.ts';
import { foldName } from '../../src/folding.ts';
import { parsePartner } from '../../src/introw/parse-partner.ts';
import type { Handle, LivePartner } from '../../src/partner.ts';
import { isDoubt } from '../../src/plan/doubts.ts';
import { makePlan, type PlanInput, type Planned } from '../../src/plan/make-plan.ts';
import type { Change } from '../../src/plan/plan.ts';
import { Failure } from '../../src/problem.ts';

export type FilePartner = Readonly<Record<string, unknown>>;
export type Files = Readonly<Record<string, FilePartner>>;
export type World = { readonly files: Files; readonly live: readonly Record<string, unknown>[] };

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const names = fc.constantFrom('Acme', 'acme ', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark');
const domains = fc.constantFrom(
  'acme.example',
  'ACME.example',
  'globex.example',
  'initech.example',
  'hooli.example',
);
const tiers = fc.constantFrom('t1', 't2');
const ids = fc.constantFrom('p0', 'p1', 'p2', 'p3');

const filePartner = fc
  .record({
    id: maybe(ids),
    name: names,
    domain: maybe(fc.option(domains)),
    tierId: maybe(tiers),
    ownerId: maybe(fc.constantFrom('o1', 'o2')),
    portal: maybe(fc.record({ experienceId: fc.constantFrom('e1', 'e2') })),
    ignore: maybe(fc.constant(['tier'])),
  })
  .map((partner) => Object.fromEntries(Object.entries(partner).filter(([, value]) => value !== undefined)));

export const filesArbitrary: fc.Arbitrary<Files> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  filePartner,
);

const livePartner = fc.record({
  name: names,
  domain: fc.option(domains),
  tierId: fc.option(tiers),
  phaseId: fc.constant('ph'),
  owner: fc.option(fc.constantFrom({ id: 'o1' }, { id: 'o2' })),
  experienceTemplateId: fc.option(fc.constantFrom('e1', 'e2')),
  createdAt: fc.constant('2026-01-01T00:00:00.000Z'),
});

export const worldArbitrary: fc.Arbitrary<World> = fc.record({
  files: filesArbitrary,
  live: fc
    .array(livePartner, { maxLength: 4 })
    .map((all) => all.map((partner, index) => ({ id: `p${index}`, ...partner }))),
});

/** JSON is YAML, so files need no writer of their own here. `more` is what a file says next to its partners. */
export function desiredOf(files: Files, more: Readonly<Record<string, unknown>> = {}): DesiredState {
  return loadDesired([
    { path: 'partners.yaml', text: JSON.stringify({ version: 1, ...more, partners: files }) },
  ]);
}

export function liveOf(json: readonly Record<string, unknown>[]): LivePartner[] {
  return json.map((each) => parsePartner(each, 'the test'));
}

export function planOf(
  desired: DesiredState,
  live: readonly LivePartner[],
  more: Partial<Omit<PlanInput, 'options'>> & { options?: Partial<PlanInput['options']> } = {},
): Planned {
  const { options, ...rest } = more;
  return makePlan({
    kind: 'plan',
    desired,
    base: null,
    live: { partners: live, complete: true },
    selection: null,
    ...rest,
    options: {
      publish: new Set<Handle>(),
      only: 'all',
      overwriteConflicts: false,
      recreate: false,
      maxChanges: null,
      ...options,
    },
  });
}

/** The plan, or null where the files are refused, the key seems to be another organisation's, or a handle is in doubt. */
export function planIfClear(world: World): { plan: Planned; desired: DesiredState } | null {
  try {
    const desired = desiredOf(world.files);
    const plan = planOf(desired, liveOf(world.live));
    return plan.blocked.some(isDoubt) ? null : { plan, desired };
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** What Introw does with the changes: PATCH by id, POST merged by name or domain as documented. */
export function serverModel(
  live: World['live'],
  changes: readonly Change[],
): { live: Record<string, unknown>[]; merged: number } {
  const partners = live.map((partner) => ({ ...partner }));
  let merged = 0;
  for (const change of changes.filter(({ action }) => action !== 'none')) {
    const body = Object.fromEntries(change.fields.map((row) => [fieldNamed(row.field).wire, row.after]));
    const values = Object.assign(
      {},
      ...change.fields.map((row) => fieldNamed(row.field).answered(row.after)),
    ) as Record<string, unknown>;
    const twin = partners.find(
      (partner) => same(partner.name, body.name) || same(partner.domain, body.domain),
    );
    const target = change.partner === null ? twin : partners.find(({ id }) => id === change.partner?.id);
    if (change.partner === null && twin !== undefined) merged++;
    if (target !== undefined) Object.assign(target, values);
    else
      partners.push({
        id: `new-${change.address}`,
        domain: null,
        tierId: null,
        owner: null,
        experienceTemplateId: null,
        ...values,
      });
  }
  return { live: partners, merged };
}

function same(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && foldName(one) === foldName(other);
}
