/** What partners are to say after an edit, and what to do about those that then say something else. */

import { type Meaning, meanings, sameIgnore } from '../desired/meaning.ts';
import type { DesiredState } from '../desired/state.ts';
import { fieldNamed, sectionOf } from '../fields.ts';
import { sameJson } from '../json.ts';
import type { Handle } from '../partner.ts';
import type { Amendment } from './amendment.ts';
import type { PartnerEdit } from './partner-edit.ts';

/** What every partner is to say once the edits are made. */
export function expected(state: DesiredState, { edits, additions }: Amendment): Map<Handle, Meaning> {
  const wanted = meanings(state);
  const pins = new Map(additions.flatMap((each) => (each.section === 'pins' ? [...each.pins] : [])));
  for (const [handle, id] of pins) {
    const before = wanted.get(handle);
    if (before !== undefined) wanted.set(handle, { ...before, id });
  }
  for (const [handle, list] of edits) {
    const before = wanted.get(handle);
    if (before === undefined) continue;
    const values = new Map(before.values);
    const ignore = new Set(before.ignore);
    let { id, externalId } = before;
    for (const edit of list) {
      if (edit.kind === 'pin') [id, externalId] = [edit.id, null];
      else if (edit.kind === 'unpin') id = pins.get(handle) ?? null;
      else if (edit.kind === 'set') values.set(edit.field.name, edit.field.shape.sorted(edit.value));
      else if (edit.kind === 'unset') {
        const byDefault = state.defaults.values.get(edit.field.name);
        if (byDefault === undefined) values.delete(edit.field.name);
        else values.set(edit.field.name, edit.field.shape.sorted(byDefault.value));
      } else
        for (const { name } of sectionOf(edit.field)) {
          if (edit.kind === 'drop') values.delete(name);
          else ignore.add(name);
        }
    }
    wanted.set(handle, { ...before, id, externalId, values, ignore });
  }
  return wanted;
}

/** Lets the partners whose meaning changed say themselves what they are to say; null where that is no help. */
export function restate(
  edits: Map<Handle, readonly PartnerEdit[]>,
  changed: readonly (readonly [Handle, Meaning])[],
  now: ReadonlyMap<Handle, Meaning>,
  state: DesiredState,
): Map<Handle, readonly PartnerEdit[]> | null {
  const restated = new Map(edits);
  let helped = false;
  for (const [handle, meaning] of changed) {
    const made = restated.get(handle) ?? [];
    const missing = [...meaning.values].filter(
      ([field, value]) =>
        !sameJson(now.get(handle)?.values.get(field), value) &&
        !made.some((edit) => (edit.kind === 'set' || edit.kind === 'unset') && edit.field.name === field),
    );
    const [ignored] = meaning.ignore;
    const changedList =
      ignored !== undefined &&
      !sameIgnore(meaning, now.get(handle)) &&
      !made.some((edit) => edit.kind === 'ignore')
        ? [{ kind: 'ignore', field: fieldNamed(ignored) } as const]
        : [];
    if (missing.length + changedList.length > 0) helped = true;
    const own = missing.map(([field, value]): PartnerEdit => {
      const before = state.partners.get(handle)?.values.get(field);
      return {
        kind: 'set',
        field: fieldNamed(field),
        value,
        name: before?.value === value ? (before?.name ?? null) : null,
      };
    });
    restated.set(handle, [...made, ...own, ...changedList]);
  }
  return helped ? restated : null;
}
