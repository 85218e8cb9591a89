/**
 * Reads an edited sheet: which values of which partners it changes. A cell counts as changed where it differs from what
 * was exported, by the hashes in the last column; without that column, where it differs from what the files say.
 */
import { namesOf } from '../desired/catalog-names.ts';
import { valueReader } from '../desired/read-value.ts';
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { PartnerEdit } from '../edit/partner-edit.ts';
import type { SetValue } from '../edit/set-fields.ts';
import type { Field } from '../fields.ts';
import type { Handle } from '../partner.ts';
import { type Problem, throwOnAny } from '../problem.ts';
import type { Item } from '../yaml/item.ts';
import { cellChange } from './cell-change.ts';
import { cellEdit } from './cell-edit.ts';
import { cellHash, hashesIn } from './cell-hash.ts';
import { readCell, writeCell } from './cells.ts';
import { type Column, columns } from './columns.ts';
import { type FoundPartner, type Identity, partnerFinder } from './find-partner.ts';
import { type Header, headerOf } from './header.ts';
import { missingNeeds } from './missing-needs.ts';
import { newPartner } from './new-partner.ts';
import { identityColumn, identityOf } from './row-identity.ts';
import { desiredRow, shownIn } from './rows.ts';
import { cellProblem, type Place } from './sheet-problem.ts';

export type SheetEdits = {
  readonly edits: ReadonlyMap<Handle, readonly PartnerEdit[]>;
  readonly changes: readonly SetValue[];
  /** New partners, as entries for a file. */
  readonly added: readonly Item[];
  /** Why, by handle: only of partners that change or are new. */
  readonly reasons: ReadonlyMap<string, string>;
  /** The row of each partner that changes. */
  readonly places: ReadonlyMap<string, Place>;
  /** How many cells of fields were emptied, which leaves their values alone. */
  readonly emptied: number;
  /** The headers of columns that were left out, since no field is called so. */
  readonly otherColumns: readonly string[];
};

type Records = readonly (readonly string[])[];

/** Throws every problem of the sheet together, each at its row and column. `add` lets rows be new partners. */
export function readSheet(file: string, records: Records, desired: DesiredState, add: boolean): SheetEdits {
  const problems: Problem[] = [];
  const note = (found: Problem) => void problems.push(found);
  const header = headerOf(file, records[0] ?? [], note);
  throwOnAny(problems);
  const sheet = new Reading(file, header, desired, add, note);
  for (const [index, record] of records.entries()) if (index > 0) sheet.read(record, index);
  throwOnAny(problems);
  return sheet.result();
}

/** The state of one reading: what the rows up to here change, and who was in them. */
class Reading {
  readonly #edits = new Map<Handle, PartnerEdit[]>();
  readonly #changes: SetValue[] = [];
  #emptied = 0;
  readonly #added: Item[] = [];
  readonly #reasons = new Map<string, string>();
  readonly #places = new Map<string, Place>();
  readonly #rows = new Map<string, number>();
  readonly #find;
  readonly #read;
  readonly #names;
  readonly #taken: Set<string>;

  readonly file: string;
  readonly header: Header;
  readonly desired: DesiredState;
  readonly add: boolean;
  readonly note: (found: Problem) => void;

  constructor(
    file: string,
    header: Header,
    desired: DesiredState,
    add: boolean,
    note: (found: Problem) => void,
  ) {
    this.file = file;
    this.header = header;
    this.desired = desired;
    this.add = add;
    this.note = note;
    this.#find = partnerFinder(desired);
    this.#read = valueReader(desired, () => 'Leave the cell empty, or write (none) to clear the value.');
    this.#names = namesOf(desired.catalog);
    this.#taken = new Set<string>(desired.partners.keys());
  }

  read(record: readonly string[], index: number): void {
    if (record.length === 0) return;
    this.#checkWidth(record, index);
    const identity = identityOf(record, this.header);
    const hashes = hashesIn(this.header.hashes === null ? '' : (record[this.header.hashes] ?? ''));
    const found = this.#find(identity);
    if (found.kind === 'unknown') {
      this.#readUnknown(record, index, identity, hashes, found);
      return;
    }
    const { partner } = found;
    const place = { file: this.file, row: index, column: identityColumn(identity, this.header) };
    if (this.#isRepeated(partner.handle, place)) return;
    const edits: PartnerEdit[] = [];
    const row = desiredRow(partner);
    for (const [column, at] of this.header.columns) {
      const cell = { text: record[at] ?? '', current: shownIn(row, column, this.#names) };
      const edit = this.#editAt(column, cell, partner, hashes, { ...place, column: at });
      if (edit !== null) edits.push(edit);
    }
    this.#checkNeeds(partner, edits, place);
    if (edits.length === 0) return;
    this.#edits.set(partner.handle, edits);
    this.#changed(partner.handle, record, place);
  }

  result(): SheetEdits {
    return {
      edits: this.#edits,
      changes: this.#changes,
      added: this.#added,
      reasons: this.#reasons,
      places: this.#places,
      emptied: this.#emptied,
      otherColumns: this.header.others,
    };
  }

  #changed(handle: string, record: readonly string[], place: Place): void {
    this.#places.set(handle, place);
    const reason = this.header.reason === null ? undefined : readCell(record[this.header.reason] ?? '');
    if (typeof reason === 'string') this.#reasons.set(handle, reason.replace(/[\p{Cc}\s]+/gu, ' '));
  }

  /** What is beyond the last header belongs to no column. */
  #checkWidth(record: readonly string[], index: number): void {
    const beyond = record.findIndex((cell, at) => at >= this.header.width && cell.trim() !== '');
    if (beyond === -1) return;
    const place = { file: this.file, row: index, column: beyond };
    const message = 'the row has more cells than the header.';
    const hint = 'Delete the cell, or put quotes around the one whose text holds the separator.';
    this.note(cellProblem('INVALID_VALUE', place, 'no column', message, hint));
  }

  #isRepeated(handle: string, place: Place): boolean {
    const first = this.#rows.get(handle);
    if (first === undefined) this.#rows.set(handle, place.row);
    else {
      const message = `row ${first + 1} is about ${handle} already.`;
      this.note(cellProblem('DEFINED_TWICE', place, 'partner', message, 'Keep one of the two rows.'));
    }
    return first !== undefined;
  }

  #editAt(
    column: Column,
    { text, current }: { readonly text: string; readonly current: string | null | undefined },
    partner: DesiredPartner,
    hashes: ReadonlyMap<string, string>,
    place: Place,
  ): PartnerEdit | null {
    const { handle } = partner;
    const { header } = column;
    const change = cellChange(text, current, { handle, header, hash: hashes.get(header) });
    if (change.kind === 'emptied' && column.field !== null) this.#emptied++;
    const made = cellEdit(change, current, column, partner, this.#read);
    if (made.kind === 'refused')
      this.note(cellProblem(made.code, place, `${header} of ${handle}`, made.message, made.hint));
    if (made.kind !== 'edit' || column.field === null) return null;
    this.#changes.push({ address: handle, field: column.field.name, from: made.from, to: made.to });
    return made.edit;
  }

  /** Introw takes some fields only together with others. */
  #checkNeeds(partner: DesiredPartner, edits: readonly PartnerEdit[], place: Place): void {
    for (const { field, needed, edited } of missingNeeds(partner, edits, this.desired)) {
      const [here, other] = [headerFor(field), headerFor(needed)];
      const message = `Introw takes ${here} only together with ${other}, and there would be none.`;
      const hint = `Put (none) under ${here} too, or give ${other} a value.`;
      const at = [...this.header.columns].find(
        ([each]) => each.field !== null && edited.has(each.field.name),
      );
      const where = { ...place, column: at?.[1] ?? place.column };
      this.note(cellProblem('MISSING_KEY', where, `${here} of ${partner.handle}`, message, hint));
    }
  }

  #readUnknown(
    record: readonly string[],
    index: number,
    identity: Identity,
    hashes: ReadonlyMap<string, string>,
    found: Extract<FoundPartner, { kind: 'unknown' }>,
  ): void {
    const place = { file: this.file, row: index, column: identityColumn(identity, this.header) };
    const { handle } = identity;
    const what = handle === null ? 'partner' : 'handle';
    const wasThere =
      handle !== null && hashes.get('handle') === cellHash(handle, 'handle', writeCell(handle));
    if (wasThere) {
      const message = `${handle} was in the files when the sheet was exported, and isn't any more.`;
      const hint = 'Delete the row, or put the partner back into a file.';
      this.note(cellProblem('SHEET_CONFLICT', place, what, message, hint));
      return;
    }
    if (!this.add) {
      this.note(cellProblem('UNKNOWN_HANDLE', place, what, found.message, found.hint));
      return;
    }
    if (handle !== null && this.#isRepeated(handle, place)) return;
    const cells = new Map(
      [...this.header.columns].map(([column, at]) => [column, { text: record[at] ?? '', at }] as const),
    );
    const made = newPartner(
      identity,
      cells,
      this.desired,
      this.#read,
      this.#taken,
      (code, field, message, hint, at) =>
        this.note(cellProblem(code, { ...place, column: at ?? place.column }, field, message, hint)),
    );
    if (made === null) return;
    this.#added.push(made);
    this.#changed(made.key, record, place);
  }
}

function headerFor(field: Field): string {
  return columns.find((column) => column.field === field)?.header ?? field.name;
}
