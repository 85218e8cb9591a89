/** What apply refuses to do without an option that allows it. Plan shows everything and names the guard. */

import type { DesiredPartner, DesiredState, MaxChanges } from '../desired/state.ts';
import { firstOf } from '../english.ts';
import { leadsToPublishing } from '../fields.ts';
import type { Handle } from '../partner.ts';
import { type ProblemCode, problem } from '../problem.ts';
import type { BaseState } from './base.ts';
import type { Blocked, Change, FieldChange } from './plan.ts';

/** Creates can't be undone and a tier has consequences: beyond this share of the managed partners somebody must look. */
const defaultMaxChanges: MaxChanges = { percent: 30 };
/** Below this the default share says nothing: 4 of 10 partners is nothing unusual. */
const grace = 10;

export type Judged = {
  readonly desired: DesiredState;
  readonly base: BaseState | null;
  readonly changes: readonly Change[];
  readonly unmanaged: number;
  readonly maxChanges: MaxChanges | null;
  readonly publish: ReadonlySet<Handle>;
  readonly overwriteConflicts: boolean;
};

/** The guards that this plan is over, in the order in which people should read them. */
export function guard(plan: Judged): Blocked[] {
  return [...conflicts(plan), ...tooMany(plan), ...unaskedPublishes(plan), ...unmanagedPartners(plan)];
}

function conflicts({ changes, overwriteConflicts }: Judged): Blocked[] {
  const handles = changes.filter((change) => change.fields.some((field) => field.origin === 'conflict'));
  if (overwriteConflicts || handles.length === 0) return [];
  return [
    blocked(
      'CONFLICT',
      `This change and Introw both changed ${firstOf(
        handles.map((change) => change.address),
        mostNamed,
      )}.`,
    ),
  ];
}

function tooMany({ desired, changes, maxChanges }: Judged): Blocked[] {
  const limit = maxChanges ?? desired.settings.maxChanges;
  const count = changes.filter((change) => change.action !== 'none').length;
  if (limit === null && count <= grace) return [];
  return tooManyChanges(count, desired.partners.size, limit ?? defaultMaxChanges);
}

/** The guard of a plan's size; empty where so many changes of so many managed partners are allowed. */
export function tooManyChanges(count: number, managed: number, given: MaxChanges): Blocked[] {
  const most = 'partners' in given ? given.partners : Math.floor((managed * given.percent) / 100);
  if (count <= most) return [];
  const share = 'percent' in given ? ` (${given.percent}% of ${managed})` : '';
  return [
    blocked(
      'TOO_MANY_CHANGES',
      `${count === 1 ? '1 partner' : `${count} partners`} would change, more than the ${most}${share} allowed.`,
    ),
  ];
}

/** One edit of the catalog or the defaults can publish many portals at once; a partner's own line publishes one. */
function unaskedPublishes({ desired, base, changes, publish }: Judged): Blocked[] {
  const indirect = changes.filter((change) => {
    const own = desired.partners.get(change.address);
    const before = base?.partners.get(change.address);
    return (
      change.action === 'update' &&
      !publish.has(change.address) &&
      change.fields.some((field) => causedElsewhere(field, own, before))
    );
  });
  if (indirect.length < 2) return [];
  const message = `An edit of the catalog or the defaults would publish the portals of ${firstOf(
    indirect.map((change) => change.address),
    mostNamed,
  )}.`;
  return [blocked('PUBLISH_NOT_ASKED', message)];
}

function causedElsewhere(
  field: FieldChange,
  own: DesiredPartner | undefined,
  before: DesiredPartner | undefined,
): boolean {
  if (!leadsToPublishing(field.field)) return false;
  const now = own?.values.get(field.field);
  const then = before?.values.get(field.field);
  const renumbered = now?.name != null && now.name === then?.name && now.value !== then.value;
  return now?.from === 'defaults' || renumbered;
}

function unmanagedPartners({ desired, unmanaged }: Judged): Blocked[] {
  if (desired.settings.unmanaged !== 'error' || unmanaged === 0) return [];
  const message =
    unmanaged === 1
      ? "1 partner in Introw isn't in any file (unmanaged)."
      : `${unmanaged} partners in Introw aren't in any file (unmanaged).`;
  return [blocked('UNMANAGED_PARTNERS', message)];
}

function blocked(code: ProblemCode, message: string): Blocked {
  const { hint } = problem(code, message);
  return { code, message, hint, address: null, candidates: [], position: null };
}

/** How many handles a refusal names. */
const mostNamed = 5;
