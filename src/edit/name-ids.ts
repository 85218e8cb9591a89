import { catalogName, namesOf } from '../desired/catalog-names.ts';
import type { DesiredState } from '../desired/state.ts';
import { fieldNamed } from '../fields.ts';
import { append } from '../grouped.ts';
import type { Handle } from '../partner.ts';
import type { PartnerEdit } from './partner-edit.ts';

/** What lets every partner say by the catalog's name what it says by an id that has one. */
export function nameIds({ catalog, partners }: DesiredState): Map<Handle, PartnerEdit[]> {
  const names = namesOf(catalog);
  const edits = new Map<Handle, PartnerEdit[]>();
  for (const [handle, { values }] of partners) {
    for (const [name, { value, name: given, from }] of values) {
      const field = fieldNamed(name);
      if (given !== null || from !== 'partner') continue;
      const known = catalogName(names, field, value);
      if (known === null) continue;
      append(edits, handle, { kind: 'set', field, value, name: known });
    }
  }
  return edits;
}
