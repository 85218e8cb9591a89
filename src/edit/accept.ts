/** Drift taken for right: what the files must say so that they say what Introw holds. */

import type { Refusal } from '../desired/can-state.ts';
import type { DesiredState, DesiredValue } from '../desired/state.ts';
import { type Field, fieldNamed, sectionOf } from '../fields.ts';
import { isNone, type Json } from '../json.ts';
import type { Handle } from '../partner.ts';
import type { Change, FieldChange, Plan } from '../plan/plan.ts';
import type { PartnerEdit } from './partner-edits.ts';

/** A live value that the files are to take over, and how. */
export type Taken = {
  readonly address: Handle;
  readonly field: string;
  /** What the files say now, and what Introw holds: catalog names where there are any. */
  readonly from: Json;
  readonly to: Json;
  /**
   * `stated` where the value stands; `stated apart` as the partner's own line, since the value comes from elsewhere;
   * `unstated` and `ignored` where Introw holds nothing and a file has no way to say so.
   */
  readonly how: 'stated' | 'stated apart' | 'unstated' | 'ignored';
};

/** A live value that the files can't take over. */
export type Left = { readonly address: Handle; readonly field: string; readonly why: string };

export type Acceptance = {
  readonly edits: ReadonlyMap<Handle, readonly PartnerEdit[]>;
  readonly taken: readonly Taken[];
  readonly left: readonly Left[];
};

/**
 * What of a drift document can be accepted. `only` names the fields to take, null takes all; `refusalOf` knows what a
 * file can't state. With a base, what the files propose stays theirs.
 */
export function accept(
  drift: Plan,
  desired: DesiredState,
  only: ReadonlySet<string> | null,
  refusalOf: Refusal,
): Acceptance {
  const edits = new Map<Handle, PartnerEdit[]>();
  const taken: Taken[] = [];
  const left: Left[] = [];
  for (const change of drift.changes.filter(({ action }) => action === 'update')) {
    for (const row of change.fields.filter((each) => isDrift(each) && (only?.has(each.field) ?? true))) {
      const field = fieldNamed(row.field);
      const why = isNone(row.before) ? null : refusalOf(field, row.before);
      if (why !== null) {
        left.push({ address: change.address, field: row.field, why: `Introw's value ${why}.` });
        continue;
      }
      const { edit, how } = decide(field, row, desired, change);
      edits.set(change.address, [...(edits.get(change.address) ?? []), edit]);
      const { address } = change;
      taken.push({
        address,
        field: row.field,
        from: row.afterName ?? row.after,
        to: row.beforeName ?? row.before,
        how,
      });
    }
  }
  return { edits, taken, left };
}

/** What is left of an acceptance when some partners' lines turn out not to be theirs alone to change. */
export function without(
  { edits, taken, left }: Acceptance,
  refused: ReadonlyMap<Handle, string>,
): Acceptance {
  const kept = <T>(entries: Iterable<readonly [Handle, T]>) =>
    [...entries].filter(([handle]) => !refused.has(handle));
  return {
    edits: new Map(kept(edits)),
    taken: taken.filter(({ address }) => !refused.has(address)),
    left: [
      ...left,
      ...taken.flatMap(({ address, field }) => {
        const why = refused.get(address);
        return why === undefined ? [] : [{ address, field, why }];
      }),
    ],
  };
}

function isDrift(row: FieldChange): boolean {
  return !row.writeOnly && row.origin !== 'proposed';
}

function decide(
  field: Field,
  row: FieldChange,
  desired: DesiredState,
  { address }: Change,
): { edit: PartnerEdit; how: Taken['how'] } {
  const now: DesiredValue | undefined = desired.partners.get(address)?.values.get(field.name);
  if (row.before !== null || field.clearable) {
    const edit: PartnerEdit = { kind: 'set', field, value: row.before, name: row.beforeName };
    return { edit, how: now?.from === 'partner' ? 'stated' : 'stated apart' };
  }
  // A file can't say "none" here. What the partner doesn't say itself can only be kept off by leaving the field to the CRM.
  return now?.from !== 'partner' || sectionOf(field).some(({ name }) => desired.defaults.values.has(name))
    ? { edit: { kind: 'ignore', field }, how: 'ignored' }
    : { edit: { kind: 'drop', field }, how: 'unstated' };
}
