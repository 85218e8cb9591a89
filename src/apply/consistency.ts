/** Whether a saved plan can be meant: a document that was edited by hand, or merged by git, may contradict itself. */
import { fieldNamed, isPublishing } from '../fields.ts';
import { foldDomain, foldName } from '../folding.ts';
import type { Change, Plan } from '../plan/plan.ts';
import { failure } from '../problem.ts';
import { sentIdentity } from './identity.ts';

/** Throws PLAN_UNREADABLE for the first contradiction that the schema lets pass; the fields must be known. */
export function throwOnContradiction(plan: Plan, path: string): void {
  const todo = plan.changes.filter(({ action }) => action !== 'none');
  const contradiction = todo.flatMap(withinChange)[0] ?? betweenChanges(todo) ?? miscounted(plan);
  if (contradiction !== null)
    throw failure('PLAN_UNREADABLE', `${path} contradicts itself: ${contradiction}.`);
}

function withinChange(change: Change): string[] {
  const { address, action, partner, fields } = change;
  const twice = firstRepeated(fields.map(({ field }) => field));
  const misnamed = fields.find(
    (row) => row.writeOnly && (action === 'create' || fieldNamed(row.field).returned === 'yes'),
  );
  const held = fields.find((row) => action === 'create' && row.before !== null);
  const cleared = fields.find((row) => row.after === null && !fieldNamed(row.field).clearable);
  const unfit = fields.flatMap(({ field, after }) => {
    const refusal = after === null ? null : fieldNamed(field).shape.refusal(after);
    return refusal === null ? [] : [`${address} sends ${field}, which ${refusal}`];
  });
  return [
    unfit,
    action === 'create' && partner !== null ? [`${address} is created and has a partner`] : [],
    twice === null ? [] : [`${address} has ${twice} twice`],
    misnamed === undefined ? [] : [`${address} calls ${misnamed.field} write-only, which can be read`],
    held === undefined ? [] : [`${address} is created, and has a value of ${held.field} before`],
    cleared === undefined ? [] : [`${address} clears ${cleared.field}, which can't be cleared`],
  ].flat();
}

function betweenChanges(changes: readonly Change[]): string | null {
  const handle = firstRepeated(changes.map(({ address }) => address));
  if (handle !== null) return `${handle} is in it twice`;
  const partner = firstRepeated(changes.flatMap((change) => change.partner?.id ?? []));
  if (partner !== null) return `${partner} is changed twice`;
  const creates = changes.filter(({ action }) => action === 'create').map(sentIdentity);
  const name = firstRepeated(creates.map((create) => foldName(create.name)));
  if (name !== null) return `two partners are created with the name ${name}`;
  const domain = firstRepeated(
    creates.flatMap((create) => (create.domain === null ? [] : foldDomain(create.domain))),
  );
  return domain === null ? null : `two partners are created with the domain ${domain}`;
}

/** Reviewers read the figures, so they must be those of the changes. */
function miscounted({ summary, changes }: Plan): string | null {
  const count = (holds: (change: Change) => boolean) => changes.filter(holds).length;
  const publishes = count(({ fields }) => fields.some(({ field }) => isPublishing(field)));
  const figures = [
    ['creates', summary.create, count(({ action }) => action === 'create')],
    ['updates', summary.update, count(({ action }) => action === 'update')],
    ['published portals', summary.publishes, publishes],
  ] as const;
  const wrong = figures.find(([, stated, counted]) => stated !== counted);
  return wrong === undefined ? null : `its summary has ${wrong[1]} ${wrong[0]}, and its changes ${wrong[2]}`;
}

function firstRepeated(texts: readonly string[]): string | null {
  const seen = new Set<string>();
  return texts.find((text) => seen.has(text) || !seen.add(text)) ?? null;
}
