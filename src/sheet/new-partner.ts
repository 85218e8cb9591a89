/** A row that is a partner of its own, as the entry of a file. */

import type { ReadValue } from '../desired/read-value.ts';
import type { DesiredState } from '../desired/state.ts';
import { canBeHandle, newHandle } from '../edit/new-handle.ts';
import { newEntry } from '../edit/statement.ts';
import { type Field, fields, identities, sections } from '../fields.ts';
import { append } from '../grouped.ts';
import { sameJson } from '../json.ts';
import type { ProblemCode } from '../problem.ts';
import type { Item, NewEntry } from '../yaml/item.ts';
import { entryText } from '../yaml/map.ts';
import { scalarText } from '../yaml/scalar.ts';
import { calculated } from './cell-edit.ts';
import { readCell } from './cells.ts';
import type { Column } from './columns.ts';
import { notAValue } from './conversions.ts';
import type { Identity } from './find-partner.ts';

type Cells = ReadonlyMap<Column, { readonly text: string; readonly at: number }>;

type Note = (code: ProblemCode, what: string, message: string, hint: string, at: number | null) => void;

/** Null where something about the row was noted. What the defaults say isn't written again. */
export function newPartner(
  identity: Identity,
  cells: Cells,
  { defaults }: DesiredState,
  read: (field: Field, text: string) => ReadValue,
  taken: Set<string>,
  note: Note,
): Item | null {
  let isSound = true;
  const refuse: Note = (...about) => {
    isSound = false;
    note(...about);
  };
  const stated = new Map<string, NewEntry[]>();
  const texts = new Map<Field, string>();
  for (const [{ field, header }, { text, at }] of cells) {
    const cell = readCell(text);
    if (field === null || cell === undefined) continue;
    if (cell === null) {
      if (field.clearable) add(stated, field, newEntry({ field, value: null, name: null }));
      continue;
    }
    texts.set(field, cell);
    const what = notAValue(text);
    const value =
      what === null ? read(field, cell) : ({ kind: 'refused', ...calculated(cell, what) } as const);
    if (value.kind === 'refused') {
      const code = field.catalog === null || what !== null ? 'INVALID_VALUE' : 'UNKNOWN_NAME';
      refuse(code, `${header} of a new partner`, value.message, value.hint, at);
    } else if (!sameJson(value.value, defaults.values.get(field.name)?.value))
      add(stated, field, newEntry({ field, value: value.value, name: value.name }));
  }
  const name = texts.get(identities.name);
  if (name === undefined)
    refuse('MISSING_KEY', 'a new partner', 'every partner has a name.', 'Give it one under name.', null);
  const { handle } = identity;
  if (handle !== null && !canBeHandle(handle))
    refuse(
      'INVALID_VALUE',
      'handle',
      `${JSON.stringify(handle)} can't be a handle.`,
      'Use lower-case letters, digits, dots, dashes and underscores, or leave the cell empty to have one made.',
      null,
    );
  if (!isSound) return null;
  const key = handle ?? newHandle(name ?? null, texts.get(identities.domain) ?? null, taken);
  taken.add(key);
  return { key, value: [...pinOf(identity), ...linesOf(stated)] };
}

function add(stated: Map<string, NewEntry[]>, { path }: Field, entry: NewEntry): void {
  append(stated, path[0], entry);
}

/** In the order of the table of fields; a section of several fields is one line. */
function linesOf(stated: ReadonlyMap<string, readonly NewEntry[]>): NewEntry[] {
  return [...new Set(fields.map(({ path }) => path[0]))].flatMap((section) => {
    const entries = stated.get(section) ?? [];
    if (sections[section] === undefined || entries.length === 0) return entries;
    return [{ key: section, text: `{ ${entries.map(entryText).join(', ')} }` }];
  });
}

function pinOf({ id, externalId }: Identity): NewEntry[] {
  if (id !== null) return [{ key: 'id', text: scalarText(id) }];
  return externalId === null ? [] : [{ key: 'externalId', text: scalarText(externalId) }];
}
