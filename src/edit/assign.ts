/** What somebody wants a field of a partner to be, as an edit of the files. */
import type { ReadValue } from '../desired/read-value.ts';
import type { DesiredPartner } from '../desired/state.ts';
import type { Field } from '../fields.ts';
import { type Json, sameJson } from '../json.ts';
import type { ProblemCode } from '../problem.ts';
import type { PartnerEdit } from './partner-edit.ts';

export type Assigned =
  | { readonly kind: 'edit'; readonly edit: PartnerEdit; readonly from: Json; readonly to: Json }
  /** The files say so already. */
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly message: string; readonly hint: string };

/** A value for a field; null is none: it clears what can be cleared, and takes the partner's own line of others away. */
export function assign(partner: DesiredPartner, field: Field, wanted: ReadValue | null): Assigned {
  const given = partner.values.get(field.name);
  const from = given === undefined ? null : (given.name ?? given.value);
  if (wanted === null) return clear(partner, field, from);
  if (wanted.kind === 'refused') {
    const { message, hint } = wanted;
    return {
      kind: 'refused',
      code: field.catalog === null ? 'INVALID_VALUE' : 'UNKNOWN_NAME',
      message,
      hint,
    };
  }
  const { value, name } = wanted;
  if (given !== undefined && sameJson(field.shape.sorted(value), field.shape.sorted(given.value)))
    return { kind: 'same' };
  return { kind: 'edit', edit: { kind: 'set', field, value, name }, from, to: name ?? value };
}

function clear({ handle, values }: DesiredPartner, field: Field, from: Json): Assigned {
  const given = values.get(field.name);
  if (field.clearable)
    return given?.value === null
      ? { kind: 'same' }
      : { kind: 'edit', edit: { kind: 'set', field, value: null, name: null }, from, to: null };
  if (field.identity !== null)
    return {
      kind: 'refused',
      code: 'NOT_CLEARABLE',
      message: `Every partner has a ${field.name}, so it can't be none.`,
      hint: 'Give it a value.',
    };
  if (given === undefined) return { kind: 'same' };
  if (given.from === 'partner') return { kind: 'edit', edit: { kind: 'unset', field }, from, to: null };
  const { file, line } = given.position;
  const source = given.from === 'defaults' ? 'the defaults' : 'a line that others share';
  return {
    kind: 'refused',
    code: 'NOT_CLEARABLE',
    message: `${handle} has its ${field.name} from ${source} (${file}:${line}), so it has no line of its own to take out.`,
    hint: 'Change that line, or give the partner a value of its own.',
  };
}
