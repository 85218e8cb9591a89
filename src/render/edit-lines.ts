/** What an edit comes to, in lines that serve a commit message or a pull request, too. */

import { count, listed } from '../english.ts';
import type { ChangedValue, EditDocument } from './documents.ts';
import { named } from './value.ts';

export function editLines({ changes, added, otherColumns }: EditDocument): string[] {
  const left = otherColumns.map((header) => JSON.stringify(header));
  return [
    ...(left.length === 0
      ? []
      : [
          `Left out ${count(left.length, 'column')} that ${left.length === 1 ? 'is' : 'are'} no field: ${listed(left)}.`,
        ]),
    ...totalsOf(changes, added.length),
    ...reasonLines(changes),
  ];
}

/** `Changes 3 values of 2 partners.` */
export function totalsOf(changes: readonly ChangedValue[], added: number): string[] {
  const partners = new Set(changes.map(({ address }) => address)).size;
  const totals = [
    ...(changes.length === 0
      ? []
      : [`Changes ${count(changes.length, 'value')} of ${count(partners, 'partner')}.`]),
    ...(added === 0 ? [] : [`Adds ${count(added, 'partner')}.`]),
  ];
  return totals.length === 0 ? ['Nothing to change.'] : totals;
}

function reasonLines(changes: readonly ChangedValue[]): string[] {
  const byPartner = new Map<string, ChangedValue[]>();
  for (const each of changes)
    if (each.reason !== null) byPartner.set(each.address, [...(byPartner.get(each.address) ?? []), each]);
  return [...byPartner].map(([handle, values]) => {
    const moves = values.map(({ field, from, to }) => `${field} ${named(null, from)} → ${named(null, to)}`);
    return `${handle}: ${moves.join(', ')} (${values[0]?.reason ?? ''})`;
  });
}
