/** The preview of a change, which may read single partners, and the plan that applies it, which reads all, judge alike. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DesiredState } from '../../src/desired/state.ts';
import type { LivePartner, LiveState } from '../../src/partner.ts';
import { touchedHandles } from '../../src/plan/changed-handles.ts';
import { isDoubt } from '../../src/plan/doubts.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import { chooseReading, needsList, type Question } from '../../src/plan/read-strategy.ts';
import { Failure } from '../../src/problem.ts';
import { enough, runs } from '../runs.ts';
import { baseArbitrary, filesArbitrary, type LiveRecord, liveArbitrary } from './messy-world.ts';
import { desiredOf, type Files, liveOf, planOf } from './world.ts';

const contains = fc.option(fc.constantFrom('p0', 'p1', 'p4', 'p9'), { freq: 3 });

/** A change of names has to be judged against everybody's, so what isn't one is tried more often. */
const edits = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ name: 'Umbrella', tierId: 't9' }) },
  { weight: 4, arbitrary: fc.constant({ tierId: 't9' }) },
);

/** What is read for a question, as Introw answers: by its id, or the CRM's. */
function read(question: Question, all: readonly LivePartner[]): LiveState {
  const reading = chooseReading(question);
  if (reading.kind === 'list') return { partners: all, complete: true };
  const found = reading.pins.flatMap(
    ({ id }) => all.find((each) => each.id === id) ?? all.find((each) => each.externalId === id) ?? [],
  );
  const some = { partners: [...new Set(found)], complete: false };
  return needsList(question, some) ? { partners: all, complete: true } : some;
}

function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return error.problems[0].code;
    throw error;
  }
}

/** What a plan comes to for the handles that the change touches: the doubts, and what apply would do. */
function judgement(plan: Planned | string, touched: ReadonlySet<string>) {
  if (typeof plan === 'string') return plan;
  return {
    doubts: plan.blocked.filter(isDoubt).map(({ code, message }) => `${code} ${message}`),
    changes: plan.changes
      .filter(({ address, action }) => touched.has(address) && action !== 'none')
      .map(({ action, address, partner, warnings }) => ({
        action: `${action} ${address} ${partner?.id}`,
        warnings: warnings.map(({ code }) => code),
      })),
  };
}

/** Of several partners with one external id, Introw answers with one; that there are others only the list shows. */
function isHidden({ partners }: DesiredState, live: readonly LiveRecord[]): boolean {
  return [...partners.values()].some(
    ({ externalId }) =>
      externalId !== null && live.filter((each) => each.externalId === externalId).length > 1,
  );
}

test('--changed and --only proposed come to the same doubts and the same changes', () => {
  const seen = { each: 0, both: 0, doubt: 0 };
  fc.assert(
    fc.property(
      filesArbitrary,
      fc.option(baseArbitrary, { freq: 1 }),
      fc.constantFrom('a', 'b', 'c', 'd'),
      edits,
      liveArbitrary,
      contains,
      (files, others, edited, edit, records, guard) => {
        const organisation = guard === null ? {} : { organisation: { contains: guard } };
        const load = (some: Files) => ({ ...desiredOf(some), ...organisation }) as DesiredState;
        const was: Files = others ?? {
          ...files,
          [edited]: { ...files[edited], ...edit },
        };
        const loaded = attempt(() => [load(files), load(was)] as const);
        if (typeof loaded === 'string') return; // two handles with one pin
        const [desired, base] = loaded;
        if (isHidden(desired, records)) return;
        const touched = touchedHandles(base, desired);
        if (touched.size === 0) return; // nothing is read
        const all = liveOf(records);
        const question: Question = { kind: 'plan', desired, base, selection: touched };
        const live = read(question, all);
        // Drift of other fields is what --only proposed is there to leave alone.
        const options = { only: 'proposed' } as const;
        const preview = attempt(() =>
          planOf(desired, live.partners, { base, live, selection: touched, options }),
        );
        const applied = attempt(() => planOf(desired, all, { base, options }));
        expect(judgement(preview, touched)).toEqual(judgement(applied, touched));
        if (!live.complete) seen.each++;
        if (live.complete && chooseReading(question).kind === 'each') seen.both++;
        if (typeof applied !== 'string' && applied.blocked.some(isDoubt)) seen.doubt++;
      },
    ),
    runs(1000),
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(enough(20));
});
