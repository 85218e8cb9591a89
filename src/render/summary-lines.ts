/** What a plan comes to, in the sentences that every format uses. */

import { count, listed } from '../english.ts';
import { isDoubt } from '../plan/doubts.ts';
import type { Change, Cost, FieldChange, Plan, PlanCost } from '../plan/plan.ts';
import { shellWord } from '../shell-word.ts';
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
      ? ['Apply reverts what had drifted; with --only proposed, as in the pipelines, it is left alone.']
      : [],
    plan.kind === 'drift' ? driftWaysOut(plan) : [],
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
  if (handles === 0) return 'No handle of the files had to be checked.';
  return `Only ${count(handles, 'handle')} of the files ${handles === 1 ? 'was' : 'were'} checked.`;
}

/** `Cost: 3 requests spent; 62 of 100 credits left this month.` */
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

/** What can be done about drift: of a partner that isn't in Introw, there is nothing to accept. */
function driftWaysOut(plan: Plan): string[] {
  const { differing, absent } = movedIn(plan);
  const command = (name: string) => `introwctl ${name}${filesOption(plan.source.files)}`;
  const apply = command('apply');
  if (differing.length === 0)
    return absent.length === 0 ? [] : [`To create what Introw lacks, run ${apply}.`];
  const revert = absent.length === 0 ? 'to revert it' : 'to revert it and create what Introw lacks';
  return [`To keep what Introw has, run ${command('accept')}; ${revert}, run ${apply}.`];
}

/** The partners whose fields have drifted, and those that Introw lacks. */
function movedIn(plan: Plan) {
  const [{ changes }] = partsOf(plan);
  return {
    differing: changes.filter(({ action }) => action !== 'create'),
    absent: changes.filter(({ action }) => action === 'create'),
  };
}

/** How a command reads the files of a plan; nothing where it does so by itself. */
function filesOption(files: readonly string[]): string {
  if (files.length === 1 && files[0] === 'partners.yaml') return '';
  if (files.length > mostFiles) return ' with the same -f';
  return files.map((file) => ` -f ${shellWord(file)}`).join('');
}

const mostFiles = 3;

function driftLine(plan: Plan): string {
  const { missing, unchanged } = plan.summary;
  const [, { changes: waiting }] = partsOf(plan);
  const { differing, absent } = movedIn(plan);
  const fields = differing.flatMap((change) => change.fields);
  const ofTheFiles = (partners: number) => `${count(partners, 'partner')} of the files`;
  const drifted = [
    fields.length === 0
      ? []
      : `${count(fields.length, 'field')} of ${count(differing.length, 'partner')} ${fields.length === 1 ? 'differs' : 'differ'} from the files.`,
    absent.length === 0
      ? []
      : `${ofTheFiles(absent.length)} ${absent.length === 1 ? "isn't" : "aren't"} in Introw.`,
    missing === 0 ? [] : `${ofTheFiles(missing)} ${missing === 1 ? 'is' : 'are'} missing in Introw.`,
  ].flat();
  const others = [
    waiting.length === 0
      ? []
      : `${count(waiting.length, 'partner')} ${waiting.length === 1 ? 'is' : 'are'} not applied yet.`,
    plan.settled.length === 0 ? [] : `${count(plan.settled.length, 'difference')} resolved since.`,
  ].flat();
  const none = [inDoubt(plan) > 0 ? 'No drift elsewhere.' : 'No drift.', matchTheFiles(unchanged)];
  const all = drifted.length === 0 ? none : ['Drift:', ...drifted, ...knownOf(fields, absent)];
  return [...all, ...others].join(' ');
}

/** What of the drift an earlier report has. */
function knownOf(fields: readonly FieldChange[], absent: readonly Change[]): string[] {
  const known = fields.filter((row) => row.known).length;
  const all = [...fields, ...absent.flatMap((change) => change.fields)];
  if (all.length > 0 && all.every((row) => row.known)) return ['All of it is known.'];
  return known === 0 ? [] : [`${count(known, 'field')} of it ${known === 1 ? 'is' : 'are'} known.`];
}

function matchTheFiles(unchanged: number): string {
  return unchanged === 1 ? '1 partner matches the files.' : `${unchanged} partners match the files.`;
}
