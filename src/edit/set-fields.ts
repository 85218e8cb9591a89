/** One value for many partners: as edits of the files, all of them or none. */

import { type Double, newDoubles, newTwins } from '../desired/doubles.ts';
import type { ReadValue } from '../desired/read-value.ts';
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { Field } from '../fields.ts';
import { append } from '../grouped.ts';
import type { Json } from '../json.ts';
import type { Handle } from '../partner.ts';
import { type Problem, problem, throwOnAny } from '../problem.ts';
import { amendEach } from './amend-each.ts';
import type { EditedFile } from './amendment.ts';
import { assign } from './assign.ts';
import type { PartnerEdit } from './partner-edit.ts';

/** A field and what it is to be; null is none. */
export type Assignment = { readonly field: Field; readonly wanted: ReadValue | null };

/** A value before and after, as the files write it; null where there is none. */
export type SetValue = {
  readonly address: Handle;
  readonly field: string;
  readonly from: Json;
  readonly to: Json;
};

/**
 * The files that change, and the values that do. Throws all problems together where a field can't have its value, an
 * entry can't be changed by itself, or two partners would become one.
 */
export function setFields(
  desired: DesiredState,
  partners: readonly DesiredPartner[],
  assignments: readonly Assignment[],
): {
  readonly files: readonly EditedFile[];
  readonly changes: readonly SetValue[];
  /** Pinned partners that come to share a name or a domain. */
  readonly twins: readonly Double[];
} {
  const problems: Problem[] = [];
  const edits = new Map<Handle, PartnerEdit[]>();
  const changes: SetValue[] = [];
  for (const partner of partners)
    for (const { field, wanted } of assignments) {
      const made = assign(partner, field, wanted);
      if (made.kind === 'refused')
        problems.push(problem(made.code, made.message, { hint: made.hint, position: partner.position }));
      if (made.kind !== 'edit') continue;
      const { edit, from, to } = made;
      append(edits, partner.handle, edit);
      changes.push({ address: partner.handle, field: field.name, from, to });
    }
  throwOnAny(problems);
  const { files, state, refused } = amendEach(desired, { edits, additions: [] });
  throwOnAny([...refused].map(([handle, why]) => refusal(handle, why, desired)));
  throwOnAny(newDoubles(desired, state).map(madeDouble));
  return { files, changes, twins: newTwins(desired, state) };
}

function refusal(handle: Handle, why: string, { partners }: DesiredState): Problem {
  const position = partners.get(handle)?.position ?? null;
  return problem('EDIT_UNSAFE', `${handle}: ${why}`, { position });
}

function madeDouble({ partner, other, field, shared }: Double): Problem {
  const message = `${partner.handle} and ${other.handle} would have the same ${field}: ${shared}.`;
  return problem('SAME_PARTNER', message, { hint: 'If they are two partners, pin each with id: first.' });
}
