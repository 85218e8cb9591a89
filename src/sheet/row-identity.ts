/** Which partner the cells of a row name. */
import { readCell } from './cells.ts';
import { columns } from './columns.ts';
import type { Identity } from './find-partner.ts';
import type { Header } from './header.ts';

/** Null where there is no such column, or its cell is empty. */
export function identityOf(record: readonly string[], header: Header): Identity {
  const cell = (key: keyof Identity) => {
    const column = columns.find((each) => each.key === key);
    const at = column === undefined ? undefined : header.columns.get(column);
    return at === undefined ? null : (readCell(record[at] ?? '') ?? null);
  };
  return { handle: cell('handle'), id: cell('id'), externalId: cell('externalId') };
}

/** The column, from 0, by which a row was recognised. */
export function identityColumn({ handle, id, externalId }: Identity, header: Header): number {
  const given = new Map<string, string | null>(Object.entries({ handle, id, externalId }));
  const used = [...header.columns].filter(([{ field }]) => field === null);
  const [, at] = used.find(([{ key }]) => (given.get(key) ?? null) !== null) ?? used[0] ?? [null, 0];
  return at;
}
