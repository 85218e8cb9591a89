import type { DesiredState, MaxChanges } from '../desired/state.ts';
import type { Handle, LiveState } from '../partner.ts';
import { type BaseState, lookAtBase, releasedPartners } from './base.ts';
import { claimedPartners, unmanagedPartners } from './claims.ts';
import { comparePartners } from './compare-partners.ts';
import { withWayOut } from './doubts.ts';
import { findDoubts } from './find-doubts.ts';
import { guard } from './guard.ts';
import { indexLive } from './live.ts';
import { matchPartners } from './match.ts';
import { fieldMoves } from './moves.ts';
import { refuseOtherOrganisation } from './organisation.ts';
import type { Plan } from './plan.ts';
import { scopeOf } from './scope.ts';
import { summarise } from './summary.ts';
import { newTwins } from './twins.ts';
import { unreadableWarnings, unrelatedDoubts } from './warnings.ts';

/** What a plan is made from. */
export type PlanInput = {
  readonly kind: Plan['kind'];
  readonly desired: DesiredState;
  /** The files at the base, where --base gives one. */
  readonly base: BaseState | null;
  readonly live: LiveState;
  /** The handles to plan; null for all. */
  readonly selection: ReadonlySet<Handle> | null;
  readonly options: PlanOptions;
};

export type PlanOptions = {
  /** --publish: send these handles' portals in any case. */
  readonly publish: ReadonlySet<Handle>;
  /** `proposed` plans only the handles that the change since the base touches, and leaves drift alone. */
  readonly only: 'all' | 'proposed';
  readonly overwriteConflicts: boolean;
  readonly recreate: boolean;
  /** --max-changes; null leaves it to the files. */
  readonly maxChanges: MaxChanges | null;
};

/** What is planned where no option says otherwise. */
export const planDefaults: PlanOptions = {
  publish: new Set(),
  only: 'all',
  overwriteConflicts: false,
  recreate: false,
  maxChanges: null,
};

/** What planning finds out; the rest of the document is where and when it was made. */
export type Planned = Pick<
  Plan,
  | 'kind'
  | 'organisation'
  | 'complete'
  | 'summary'
  | 'changes'
  | 'moves'
  | 'unmanaged'
  | 'released'
  | 'missing'
  | 'settled'
  | 'leftAlone'
  | 'blocked'
  | 'warnings'
>;

/**
 * (desired, live, base) → what differs. A doubt about who a handle is blocks that handle: it is named under `blocked`
 * and has no change. Throws a Failure where the key opens another organisation than the files are for.
 */
export function makePlan(input: PlanInput): Planned {
  const { kind, desired, base, live, options } = input;
  const index = indexLive(live);
  const scope = scopeOf(input);

  const matches = matchPartners(scope.matched.values(), index, base, options.recreate);
  refuseOtherOrganisation(desired, live, scope, matches);
  const doubts = findDoubts(kind, scope, matches);
  const compared = comparePartners(input, scope, matches, doubts, lookAtBase(base, index));
  const { changes, leftAlone, missing, unreadable } = compared;

  const claimed = claimedPartners(matches, doubts);
  const released = releasedPartners(base, desired.partners, live, index, claimed);
  const unmanaged = unmanagedPartners(live, claimed, released);

  const twins = kind === 'plan' ? newTwins(changes, desired.partners, matches, live.partners) : [];
  const pinned = new Set([...desired.partners.values()].flatMap(({ id }) => id ?? []));
  const guards = guard({
    ...options,
    desired,
    base,
    changes,
    // A plan of some handles may not have read the list, so it never answers for partners in no file.
    unmanaged: scope.isEverything ? unmanaged.length : 0,
  });
  return {
    kind,
    organisation: desired.organisation,
    complete: input.selection === null,
    summary: summarise(changes, {
      leftAlone,
      unmanaged: unmanaged.length,
      released: released.length,
      missing: missing.length,
      hasBase: base !== null,
    }),
    changes,
    moves: fieldMoves({ kind, hasBase: base !== null, changes, tierOrder: desired.settings.tierOrder }),
    unmanaged: input.selection === null && desired.settings.unmanaged !== 'ignore' ? unmanaged : [],
    released,
    missing,
    settled: [],
    leftAlone,
    blocked: [...[...doubts.blocking, ...twins].map((each) => withWayOut(each, pinned)), ...guards],
    warnings: [...unrelatedDoubts(doubts.unrelated), ...unreadableWarnings(unreadable)],
  };
}
