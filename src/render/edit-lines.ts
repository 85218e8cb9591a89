/** What an edit comes to, in lines that serve a commit message or a pull request, too. */

import type { Double } from '../desired/doubles.ts';
import type { DesiredState } from '../desired/state.ts';
import { count, listed } from '../english.ts';
import { fields } from '../fields.ts';
import { grouped } from '../grouped.ts';
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

/** Files may say so of two pinned partners, such as in the middle of a swap; Introw could not tell them apart. */
export function twinLines(twins: readonly Double[]): string[] {
  return twins.map(
    ({ partner, other, field, shared }) =>
      `Warning: ${partner.handle} and ${other.handle} get the same ${field}: ${shared}. Apply refuses what would make two partners alike.`,
  );
}

/** What Introw can't clear stays there as it is, once the files give it no more. */
export function keptLines(
  changes: readonly Pick<ChangedValue, 'field' | 'to'>[],
  { defaults }: Pick<DesiredState, 'defaults'>,
): string[] {
  return fields.flatMap(({ name, clearable }) => {
    const partners = changes.filter(({ field, to }) => field === name && to === null).length;
    if (partners === 0 || clearable || defaults.values.has(name)) return [];
    const keep = `${count(partners, 'partner')} ${partners === 1 ? 'keeps' : 'keep'}`;
    return [`Introw can't clear ${name}: ${keep} the value there, which is no longer compared.`];
  });
}

function reasonLines(changes: readonly ChangedValue[]): string[] {
  const given = changes.filter(({ reason }) => reason !== null);
  return [...grouped(given, ({ address }) => address)].map(([handle, values]) => {
    const moves = values.map(({ field, from, to }) => `${field} ${named(null, from)} → ${named(null, to)}`);
    return `${handle}: ${moves.join(', ')} (${values[0]?.reason ?? ''})`;
  });
}
