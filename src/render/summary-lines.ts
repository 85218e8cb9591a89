/** What a plan comes to, in the sentences that every format uses. */

import { count, listed } from '../english.ts';
import { isDoubt } from '../plan/doubts.ts';
import type { Cost, Plan, PlanCost } from '../plan/plan.ts';
import { partsOf } from './sections.ts';

/** The first line: what the plan comes to. */
export function headline(plan: Plan): string {
  const { create, update, unchanged, unmanaged } = plan.summary;
  const outside =
    unmanaged === 0
      ? ''
      : ` ${count(unmanaged, 'partner')} in Introw ${unmanaged === 1 ? "isn't" : "aren't"} in any file (unmanaged).`;
  const rest = `${doubtsSentence(plan)}${outside}`;
  if (plan.kind === 'drift') return `${driftLine(plan)}${rest}`;
  const open = create + update + plan.released.length + inDoubt(plan) + (plan.leftAlone ?? []).length;
  if (open === 0 && (plan.complete || plan.source.base === null))
    return `No changes. ${matchTheFiles(unchanged)}${rest}`;
  if (plan.source.base !== null) return `${changeLine(plan)}${rest}`;
  return `Plan: ${create} to create, ${update} to update, ${unchanged} unchanged.${rest}`;
}

/** How many handles are in doubt: nobody knows what they come to, so no plan with one says "no changes". */
function inDoubt({ blocked }: Plan): number {
  return new Set(blocked.filter(isDoubt).map(({ address }) => address)).size;
}

function doubtsSentence(plan: Plan): string {
  const handles = inDoubt(plan);
  return handles === 0 ? '' : ` ${count(handles, 'handle')} ${handles === 1 ? 'is' : 'are'} in doubt.`;
}

/** With a base: what this change does, and apart from it what had drifted before. */
function changeLine(plan: Plan): string {
  const [does, had] = partsOf(plan);
  const counts = [
    ['creates', does.changes.filter((change) => change.action === 'create').length],
    ['updates', does.changes.filter((change) => change.action === 'update').length],
    ['releases', plan.released.length],
  ] as const;
  const deeds = counts
    .filter(([, n]) => n > 0)
    .map(([verb, n], index) => `${verb} ${index === 0 ? count(n, 'partner') : n}`);
  const moved = had.changes.length;
  const left = (plan.leftAlone ?? []).length;
  return [
    deeds.length === 0 ? 'This change does nothing in Introw.' : `This change ${listed(deeds)}.`,
    ...(moved === 0 ? [] : [`${count(moved, 'partner')} had already drifted in Introw.`]),
    ...(left === 0
      ? []
      : [
          `${count(left, 'partner')} ${left === 1 ? 'differs' : 'differ'} from the files in Introw and ${left === 1 ? 'is' : 'are'} left alone.`,
        ]),
  ].join(' ');
}

/** What else there is to know: what it costs, what it publishes, what was left out. */
export function totals(plan: Plan): string[] {
  const { publishes, released, conflicts } = plan.summary;
  return [
    publishes === 0 || plan.kind === 'drift'
      ? []
      : [`It publishes ${count(publishes, 'portal')}, which partners see and which can't be undone here.`],
    conflicts === 0 ? [] : [`${count(conflicts, 'field')} changed both here and in Introw.`],
    released === 0 || plan.kind === 'plan'
      ? []
      : [
          `${count(released, 'partner')} ${released === 1 ? 'is' : 'are'} released: no longer in the files, still in Introw.`,
        ],
    plan.kind === 'plan' && plan.source.base !== null && partsOf(plan)[1].changes.length > 0
      ? ['Apply reverts what had drifted; with --only proposed it is left alone.']
      : [],
    plan.kind === 'drift' && partsOf(plan)[0].changes.length > 0
      ? ['To keep what Introw has, run introwctl accept; to revert it, run introwctl apply.']
      : [],
    plan.complete ? [] : [onlyChecked(plan)],
    [costLine(plan)],
  ].flat();
}

/** A handle in doubt or missing was checked too, and has no change. */
function onlyChecked({ summary, changes, blocked, missing }: Plan): string {
  const changed = new Set<string>(changes.map(({ address }) => address));
  const others = [...blocked, ...missing].flatMap(({ address }) =>
    address == null || changed.has(address) ? [] : [address],
  );
  const handles = summary.create + summary.update + summary.unchanged + new Set(others).size;
  return `Only ${count(handles, 'handle')} of the files ${handles === 1 ? 'was' : 'were'} checked.`;
}

export function costLine(document: Priced): string {
  const { cost } = document;
  const apply = document.kind === 'plan' ? toApply(document.cost) : '';
  const credits =
    cost.creditsRemaining === null
      ? ''
      : `; ${cost.creditsRemaining}${cost.creditsLimit === null ? '' : ` of ${cost.creditsLimit}`} credits left this month`;
  return `Cost: ${count(cost.requestsSpent, 'request')} spent${apply}${credits}.`;
}

type Priced =
  | { readonly kind: 'plan'; readonly cost: PlanCost }
  | { readonly kind: 'drift' | 'outcome'; readonly cost: Cost };

/** A plan that is applied later is checked first, which costs requests too. */
function toApply({ requestsToApply, requestsToApplySaved }: PlanCost): string {
  const saved = requestsToApply === 0 ? '' : `, or ${requestsToApplySaved} from a saved plan`;
  return `, ${requestsToApply} more to apply${saved}`;
}

function driftLine(plan: Plan): string {
  const { missing, unchanged } = plan.summary;
  const [{ changes: moved }, { changes: waiting }] = partsOf(plan);
  const fields = moved.flatMap((change) => change.fields);
  const gone =
    missing === 0
      ? ''
      : ` ${count(missing, 'partner')} of the files ${missing === 1 ? 'is' : 'are'} missing in Introw.`;
  const settled =
    plan.settled.length === 0 ? '' : ` ${count(plan.settled.length, 'difference')} resolved since.`;
  const unapplied =
    waiting.length === 0
      ? ''
      : ` ${count(waiting.length, 'partner')} ${waiting.length === 1 ? 'is' : 'are'} not applied yet.`;
  const rest = `${unapplied}${settled}`;
  if (moved.length === 0)
    return `${gone === '' ? `${inDoubt(plan) > 0 ? 'No drift elsewhere.' : 'No drift.'} ${matchTheFiles(unchanged)}` : `Drift:${gone}`}${rest}`;
  const known = fields.filter((row) => row.known).length;
  const ofThose =
    known === 0
      ? ''
      : ` ${known === fields.length ? 'All of it is' : `${count(known, 'field')} of it ${known === 1 ? 'is' : 'are'}`} known.`;
  return `Drift: ${count(fields.length, 'field')} of ${count(moved.length, 'partner')} ${fields.length === 1 ? 'differs' : 'differ'} from the files.${gone}${ofThose}${rest}`;
}

function matchTheFiles(unchanged: number): string {
  return unchanged === 1 ? '1 partner matches the files.' : `${unchanged} partners match the files.`;
}
