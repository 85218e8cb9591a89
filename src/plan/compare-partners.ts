/** What each chosen handle comes to: a create, an update, nothing, a missing partner, or drift that is left alone. */
import { namesOf } from '../desired/catalog-names.ts';
import type { DesiredPartner } from '../desired/state.ts';
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
      const isLeft = ({ origin }: FieldChange) =>
        !planned || (input.options.only === 'proposed' && origin === 'drift');
      const rows = compared.rows.filter((row) => !isLeft(row));
      const left = compared.rows.filter(isLeft).map(({ field }) => field);
      if (left.length > 0) leftAlone.push({ address: handle, name, fields: left });
      const warnings = renamedEntirely(partner, match.live, rows);
      changes.push(changeOf(partner, rows.length > 0 ? 'update' : 'none', match.live, rows, warnings));
    }
  }
  return { changes, missing, leftAlone, unreadable };
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
