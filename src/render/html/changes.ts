/** The changes of a plan as rows: what each field is, what it will be, and why. */
import { identities, isPublishing } from '../../fields.ts';
import { isNone, type Json } from '../../json.ts';
import type { Change, FieldChange, Plan } from '../../plan/plan.ts';
import { partsOf } from '../sections.ts';
import { conflictText, named, sourceText } from '../value.ts';
import { type Html, html } from './html.ts';
import type { Row, Table, Tone } from './table.ts';

/** The tables of a plan in the order in which they should be read; with `verbose` also what stays as it is. */
export function changeTables(plan: Plan, verbose: boolean): Table[] {
  const parts = partsOf(plan).map(({ heading, changes, moved }, index) => ({
    id: `changes-${index + 1}`,
    heading: heading === '' ? headings[plan.kind] : heading,
    what: moved ? 'In Introw, and in the files' : 'What changes',
    hasPlaces: true,
    rows: changes.map((change) => rowOf(change, moved)),
  }));
  const same = verbose ? plan.changes.filter(({ action }) => action === 'none') : [];
  const rows = same.map((change) => rowOf(change, false));
  return [...parts, { id: 'same', heading: 'Unchanged', what: 'What changes', hasPlaces: true, rows }];
}

const headings = { plan: 'Changes', drift: 'What differs' } as const;

const kinds: Readonly<Record<Change['action'], { plan: string; moved: string; tone: Tone }>> = {
  create: { plan: 'create', moved: 'absent', tone: 'good' },
  update: { plan: 'update', moved: 'moved', tone: 'change' },
  none: { plan: 'unchanged', moved: 'unchanged', tone: 'quiet' },
};

function rowOf(change: Change, moved: boolean): Row {
  const { action, address, name, partner, position } = change;
  const isCreate = action === 'create';
  const fields = change.fields.filter(({ field }) => !isCreate || field !== identities.name.name);
  const since = change.fields.find((row) => row.since != null)?.since;
  return {
    kind: kinds[action][moved ? 'moved' : 'plan'],
    tone: kinds[action].tone,
    address,
    name,
    partnerId: partner?.id ?? null,
    fields: fields.map(({ field }) => field),
    what: [
      ...fields.map((row) => fieldLine(row, isCreate, moved)),
      ...(since == null ? [] : [note(`last changed in Introw on ${since.slice(0, 10)}`)]),
      ...change.warnings.map(({ message }) => html`<div class="why warn">${message}</div>`),
    ],
    position,
  };
}

function fieldLine(row: FieldChange, isCreate: boolean, moved: boolean): Html {
  const value = moved && !isCreate && !row.writeOnly ? movedValue(row) : changedValue(row, isCreate);
  return html`<div class="field"><span>${row.field}</span> <span>${value}</span></div>${reasons(row, isCreate).map(note)}`;
}

function changedValue(row: FieldChange, isCreate: boolean): Html {
  const after = html`<ins><bdi>${valueText(row.afterName, row.after)}</bdi></ins>`;
  if (isCreate || row.writeOnly) return after;
  return html`<del><bdi>${valueText(row.beforeName, row.before)}</bdi></del> → ${after}`;
}

/** An arrow would read as what Introw did, and mean what apply would do. */
function movedValue(row: FieldChange): Html {
  return html`<ins><bdi>${valueText(row.beforeName, row.before)}</bdi></ins> in Introw, <bdi>${valueText(row.afterName, row.after)}</bdi> in the files`;
}

function valueText(name: string | null, value: Json): string {
  return name === null && isNone(value) ? 'none' : named(name, value);
}

/** Why a field is as it is, as far as that is known. */
function reasons(row: FieldChange, isCreate: boolean): string[] {
  const source = isCreate ? null : sourceText(row);
  const { blame } = row;
  return [
    isPublishing(row.field) ? 'publishes the portal' : '',
    row.origin === 'conflict' ? `changed here and in Introw${conflictText(row)}` : '',
    source ?? '',
    row.known === true ? 'already reported' : '',
    blame == null
      ? ''
      : `in the files since ${blame.commit.slice(0, 8)}, ${blame.date.slice(0, 10)}: ${blame.subject}`,
  ].filter((reason) => reason !== '');
}

function note(text: string): Html {
  return html`<div class="why">${text}</div>`;
}
