/** Fields that a partner would have without the one that Introw takes them with. */
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { PartnerEdit } from '../edit/partner-edit.ts';
import { type Field, fieldNamed, fields } from '../fields.ts';

type MissingNeed = {
  readonly field: Field;
  readonly needed: Field;
  /** The fields of which one is to be looked at: those that the edits are about. */
  readonly edited: ReadonlySet<string>;
};

/** Only what the edits bring about: what the files lack already is another's to report. */
export function missingNeeds(
  partner: DesiredPartner,
  edits: readonly PartnerEdit[],
  { defaults }: DesiredState,
): MissingNeed[] {
  const edited = new Map(edits.flatMap((edit) => ('field' in edit ? [[edit.field.name, edit]] : [])));
  const has = (name: string) => {
    const edit = edited.get(name);
    if (edit === undefined) return partner.values.has(name);
    return edit.kind === 'set' || defaults.values.has(name);
  };
  return fields.flatMap((field) => {
    const { name, needs } = field;
    if (needs === null || !has(name) || has(needs) || !(edited.has(name) || edited.has(needs))) return [];
    return [{ field, needed: fieldNamed(needs), edited: new Set(edited.keys()) }];
  });
}
