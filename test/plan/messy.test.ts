/** Never the wrong partner: laws that hold in messy worlds, with pins, external ids, bases, renames and moves of files. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { explainHandles } from '../../src/desired/moved-files.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import type { SourceFile } from '../../src/files/read.ts';
import { touchedHandles } from '../../src/plan/changed-handles.ts';
import { isDoubt } from '../../src/plan/doubts.ts';
import type { PlanInput, Planned } from '../../src/plan/make-plan.ts';
import { Failure } from '../../src/problem.ts';
import { enough, runs } from '../runs.ts';
import {
  baseArbitrary,
  carryOut,
  equalPairs,
  filesArbitrary,
  type LiveRecord,
  liveArbitrary,
} from './messy-world.ts';
import { desiredOf, type Files, liveOf, planOf } from './world.ts';

function loadOrNull(files: Files): DesiredState | null {
  try {
    return desiredOf(files);
  } catch (error) {
    if (error instanceof Failure) return null; // two handles with one pin
    throw error;
  }
}

/** The plan without the handles in doubt, as after --exclude; null where the key seems to be another organisation's. */
function clearPlan(
  desired: DesiredState,
  live: readonly LiveRecord[],
  base: DesiredState | null,
  options: Partial<PlanInput['options']>,
): Planned | null {
  let selection = new Set(desired.partners.keys());
  try {
    for (;;) {
      const plan = planOf(desired, liveOf(live), { base, selection, options });
      const doubtful = new Set(plan.blocked.filter(isDoubt).map(({ address }) => address));
      if (doubtful.size === 0) return plan;
      selection = new Set([...selection].filter((handle) => !doubtful.has(handle)));
    }
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

const optionsArbitrary = fc.record({
  only: fc.constantFrom('all', 'proposed'),
  recreate: fc.boolean(),
} as const);

test('only named partners and given fields change, nothing is merged, no two become equal, and the next plan is empty', () => {
  const seen = { create: 0, update: 0, rename: 0, doubt: 0 };
  fc.assert(
    fc.property(
      filesArbitrary,
      liveArbitrary,
      fc.option(baseArbitrary),
      optionsArbitrary,
      (files, live, baseFiles, options) => {
        const desired = loadOrNull(files);
        const base = baseFiles === null ? null : desiredOf(baseFiles);
        if (desired === null) return;
        const plan = clearPlan(desired, live, base, options);
        if (plan === null) return;
        const changes = plan.changes.filter(({ action }) => action !== 'none');
        const after = carryOut(live, changes);

        expect(after.merged).toEqual([]);
        for (const before of live) {
          const now = after.partners.find(({ id }) => id === before.id);
          const change = changes.find(({ partner }) => partner?.id === before.id);
          const allowed = new Set(change?.fields.map(({ field }) => (field === 'tier' ? 'tierId' : field)));
          for (const key of Object.keys(before)) if (!allowed.has(key)) expect(now?.[key]).toBe(before[key]);
          const file = change === undefined ? {} : (files[change.address] ?? {});
          for (const key of allowed) expect([key, now?.[key]]).toEqual([key, file[key]]);
          for (const { field } of change?.fields ?? []) expect(file.ignore ?? []).not.toContain(field);
        }
        const equalBefore = equalPairs(live);
        expect([...equalPairs(after.partners)].filter((pair) => !equalBefore.has(pair))).toEqual([]);

        // As in a pipeline: what was applied is the next base.
        if (options.only === 'all') {
          const planned = desiredOf(
            Object.fromEntries(plan.changes.map(({ address }) => [address, files[address] ?? {}])),
          );
          const next = planOf(planned, liveOf(after.partners), { base: planned });
          expect(next.changes.filter(({ action }) => action !== 'none')).toEqual([]);
        }
        for (const { action, fields } of changes) {
          if (action !== 'none') seen[action]++;
          if (action === 'update' && fields.some(({ field }) => field === 'name')) seen.rename++;
        }
        if (plan.changes.length < desired.partners.size) seen.doubt++;
      },
    ),
    runs(1000),
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(enough(20));
});

/** The same meaning, laid out in other files: the catalog and the defaults in one of them, each handle in one. */
const layoutArbitrary = fc.record({
  folder: fc.constantFrom('partners', 'people', 'crm/x'),
  head: fc.constantFrom('catalog.yaml', '1.yaml'),
  place: fc.array(fc.constantFrom('1.yaml', '2.yaml', '3.yaml'), { minLength: 4, maxLength: 4 }),
});

const catalog = { tiers: { gold: 't1', silver: 't2' } };
const defaults = { phaseId: 'ph', tier: 'gold' };

function layOut(
  files: Files,
  { folder, head, place }: { folder: string; head: string; place: readonly string[] },
): SourceFile[] {
  const data = new Map<string, { version: 1; partners?: Record<string, unknown>; [key: string]: unknown }>();
  const at = (name: string) => {
    const path = `${folder}/${name}`;
    const found = data.get(path) ?? { version: 1 as const };
    data.set(path, found);
    return found;
  };
  Object.assign(at(head), { catalog, defaults });
  for (const [index, [handle, partner]] of Object.entries(files).entries()) {
    const file = at(place[index] ?? '1.yaml');
    file.partners = { ...file.partners, [handle]: partner };
  }
  return [...data].map(([path, each]) => ({ path, text: JSON.stringify(each) }));
}

test('files of the same meaning, laid out in another way, plan nothing and release nothing', () => {
  let moved = 0;
  fc.assert(
    fc.property(
      filesArbitrary,
      layoutArbitrary,
      layoutArbitrary,
      liveArbitrary,
      (files, before, after, live) => {
        if (loadOrNull(files) === null) return;
        const now = loadDesired(layOut(files, after));
        const stayed = new Set(now.files.map(({ path }) => path));
        const was = layOut(files, before);
        const named = was.filter(({ path }) => stayed.has(path));
        const gone = was.filter(({ path }) => !stayed.has(path));
        const { partners, fromGone, unclear } = explainHandles(named, gone, now.partners);
        const base = { partners, explainOnly: fromGone };
        expect([...unclear]).toEqual([]);
        expect([...touchedHandles(base, now)]).toEqual([]);
        if (gone.length > 0) moved++;
        try {
          const plan = planOf(now, liveOf(live), { base, options: { only: 'proposed' } });
          expect(plan.changes.filter(({ action }) => action !== 'none')).toEqual([]);
          expect([plan.released, plan.blocked]).toEqual([[], []]);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
        }
      },
    ),
    runs(1000),
  );
  expect(moved).toBeGreaterThan(enough(100));
});

test('a handle that a gone file had is never released, whatever else that file said', () => {
  fc.assert(
    fc.property(filesArbitrary, filesArbitrary, liveArbitrary, (before, after, live) => {
      const [was, now] = [loadOrNull(before), loadOrNull(after)];
      if (was === null || now === null) return;
      const { partners, fromGone } = explainHandles([], was.files, now.partners);
      try {
        const plan = planOf(now, liveOf(live), { base: { partners, explainOnly: fromGone } });
        expect(plan.released).toEqual([]);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
      }
    }),
    runs(500),
  );
});
