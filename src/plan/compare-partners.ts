/** What each chosen handle comes to: a create, an update, nothing, a missing partner, or drift that is left alone. */
import { namesOf } from '../desired/catalog-names.ts';
import type { DesiredPartner } from '../desired/state.ts';
import { fieldNamed } from '../fields.ts';
import type { LivePartner } from '../partner.ts';
import type { Warning } from '../problem.ts';
import type { AtBase } from './base.ts';
import { compare, createdFields } from './compare.ts';
import { reference } from './doubts.ts';
import type { Doubts } from './find-doubts.ts';
import { findLookAlikes } from './look-alikes.ts';
import type { PlanInput } from './make-plan.ts';
import type { Matches } from './match.ts';
import type { Change, FieldChange, LeftAlone, Missing } from './plan.ts';
import type { Scope } from './scope.ts';
import { renamedEntirely } from './warnings.ts';

export type Compared = {
  readonly changes: readonly Change[];
  readonly missing: readonly Missing[];
  readonly leftAlone: readonly LeftAlone[];
  /** The field of every comparison that Introw's answer didn't allow. */
  readonly unreadable: readonly string[];
};

/** Compares every handle that is chosen and in no doubt. */
export function comparePartners(
  input: PlanInput,
  scope: Scope,
  matches: Matches,
  doubts: Doubts,
  atBase: AtBase,
): Compared {
  const clear = [...scope.compared.values()].filter(({ handle }) => !doubts.handles.has(handle));
  const creates = clear.filter(({ handle }) => matches.get(handle)?.kind === 'create');
  const lookAlikesOf = findLookAlikes(creates, input.live.partners);
  const names = namesOf(input.desired.catalog);
  const isShown = (row: FieldChange) => input.kind === 'plan' || hasDiffered(row);

  const changes: Change[] = [];
  const missing: Missing[] = [];
  const leftAlone: LeftAlone[] = [];
  const unreadable: string[] = [];
  for (const partner of clear) {
    const { handle, name, position } = partner;
    const match = matches.get(handle);
    const planned = scope.planned.has(handle);
    if (match?.kind === 'missing') {
      missing.push({ address: handle, name, pin: partner.id ?? partner.externalId, position });
    } else if (match?.kind === 'create') {
      const rows = createdFields(partner, names, input.base !== null);
      if (planned) changes.push(changeOf(partner, 'create', null, rows, lookAlikesOf(partner)));
      else leftAlone.push({ address: handle, name, fields: [] });
    } else if (match?.kind === 'matched') {
      const compared = compare(partner, match.live, {
        names,
        hasBase: input.base !== null,
        atBase: atBase.of(handle, match.live.id),
        partnerAtBase: atBase.ofPartner(match.live.id),
        publish: input.options.publish.has(handle),
      });
      unreadable.push(...compared.unreadable);
      const [rows, left] = planned
        ? chosenRows(compared.rows.filter(isShown), input.options.only)
        : [[], compared.rows];
      const fields = left.filter(hasDiffered).map(({ field }) => field);
      if (fields.length > 0) leftAlone.push({ address: handle, name, fields });
      const warnings = renamedEntirely(partner, match.live, rows);
      changes.push(changeOf(partner, rows.length > 0 ? 'update' : 'none', match.live, rows, warnings));
    }
  }
  return { changes, missing, leftAlone, unreadable };
}

/** What only goes along with what has drifted, unseen, doesn't differ as far as anybody knows. */
function hasDiffered({ writeOnly, origin }: FieldChange): boolean {
  return !writeOnly || origin === 'proposed';
}

/**
 * What is planned of some differences, and what is left alone. Fields that Introw takes only together are planned
 * together: what has drifted and has to be sent with a change of this run is then changed by both sides.
 */
function chosenRows(
  rows: readonly FieldChange[],
  only: PlanInput['options']['only'],
): readonly [chosen: readonly FieldChange[], left: readonly FieldChange[]] {
  if (only === 'all') return [rows, []];
  const sections = new Set(rows.flatMap((row) => (row.origin === 'drift' ? [] : sectionSentWith(row))));
  const isChosen = (row: FieldChange) =>
    row.origin !== 'drift' || sectionSentWith(row).some((section) => sections.has(section));
  const chosen = rows
    .filter(isChosen)
    .map((row): FieldChange => (row.origin === 'drift' ? { ...row, origin: 'conflict' } : row));
  return [chosen, rows.filter((row) => !isChosen(row))];
}

/** The section that a field is sent with, if it is sent with others. */
function sectionSentWith({ field }: FieldChange): readonly string[] {
  const { sentTogether, path } = fieldNamed(field);
  return sentTogether ? [path[0]] : [];
}

function changeOf(
  { handle, name, position }: DesiredPartner,
  action: Change['action'],
  live: LivePartner | null,
  fields: readonly FieldChange[],
  warnings: readonly Warning[],
): Change {
  const partner = live === null ? null : reference(live);
  return { address: handle, name, action, partner, fields, position, warnings };
}
