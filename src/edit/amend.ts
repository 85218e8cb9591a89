/**
 * The engine of every command that edits files: changes them so that they say something else about some partners, and
 * the same as before about all others.
 *
 * How to use it: say per handle what is to change (`PartnerEdit`: set, unset, drop, ignore, pin, unpin) and what is new in which
 * file (`Addition`); `amend` does all of it or throws EDIT_UNSAFE, `amendEach` leaves out the partners that can't be
 * changed by themselves. Both are pure: they return texts, and `writeFiles` writes them all or none. A new kind of edit
 * is a member of `PartnerEdit`, its splices in partner-edits.ts, and what it is to mean in expected-meaning.ts.
 *
 * How it works: the text is changed where a value is, so comments, order and quotes stay. Since a YAML anchor can make
 * one place speak for many partners, whatever the change can reach is read again: whoever would say something else now
 * gets what it said before as a line of its own; and if that doesn't settle it, nothing is changed.
 */

import type { Node } from 'yaml';
import { type Meaning, meanings, sameMeaning } from '../desired/meaning.ts';
import { reloadDesired } from '../desired/reload.ts';
import type { Catalog, DesiredState } from '../desired/state.ts';
import { fieldNamed } from '../fields.ts';
import type { SourceFile } from '../files/read.ts';
import type { Handle } from '../partner.ts';
import { Failure, failure } from '../problem.ts';
import { inStyleOf } from '../yaml/json-style.ts';
import { entriesOf, keyName } from '../yaml/map.ts';
import { withoutMark } from '../yaml/parse.ts';
import { sectionPieces, wholeSection } from '../yaml/section-pieces.ts';
import { applySplices, type Splice } from '../yaml/splice.ts';
import { addAll, catalogWith, newFiles, newPartners } from './additions.ts';
import type { Addition, Amendment, EditedFile } from './amendment.ts';
import { expected, restate } from './expected-meaning.ts';
import type { PartnerEdit } from './partner-edit.ts';
import { partnerSplices } from './partner-edits.ts';

/** The most often that one change made another partner say something else: anchors in anchors. */
const mostRounds = 5;

/** The files that change, and the state that they then mean. Throws EDIT_UNSAFE, and changes nothing, where that can't be right. */
export function amend(
  state: DesiredState,
  amendment: Amendment,
): { files: EditedFile[]; state: DesiredState } {
  const wanted = expected(state, amendment);
  const added = new Set(amendment.additions.flatMap(newPartners));
  let edits = new Map(amendment.edits);
  for (let round = 0; round < mostRounds; round++) {
    const files = [
      ...state.files.map((file) => amendFile(file, state, edits, amendment.additions, wanted)),
      ...newFiles(state, amendment.additions),
    ];
    const after = reload(
      state,
      files.map(({ path, after: text }) => ({ path, text })),
    );
    const now = meanings(after);
    const changed = [...wanted].filter(([handle, meaning]) => !sameMeaning(now.get(handle), meaning));
    if (changed.length === 0) {
      const invented = [...now.keys()].find((handle) => !wanted.has(handle) && !added.has(handle));
      if (invented !== undefined) throw unsafe(`${invented} would come into being`);
      if (headOf(after, after.catalog) !== headOf(state, catalogWith(state.catalog, amendment.additions)))
        throw unsafe(
          'an alias repeats the line in the catalog, the defaults, the settings or the organisation',
        );
      return { files: files.filter((file) => file.before !== file.after), state: after };
    }
    const restated = restate(edits, changed, now, state);
    if (restated === null) throw unsafe(`${changed[0]?.[0]} would say something else`);
    edits = restated;
  }
  throw unsafe('its anchors lead from one partner to the next');
}

function amendFile(
  file: SourceFile,
  state: DesiredState,
  edits: ReadonlyMap<Handle, readonly PartnerEdit[]>,
  additions: readonly Addition[],
  wanted: ReadonlyMap<Handle, Meaning>,
): EditedFile {
  const here = [...edits].filter(([handle]) => state.partners.get(handle)?.position.file === file.path);
  const added = additions.filter((addition) => addition.file === file.path);
  const { path, text: before } = file;
  if (here.length === 0 && added.length === 0) return { path, before, after: before };
  const text = withoutMark(before);
  const mark = before.length - text.length;
  const splices = inStyleOf(text, [
    ...(here.length === 0 ? [] : editPartners(text, here, state, wanted)),
    ...(added.length === 0 ? [] : addAll(text, added)),
  ]).map((splice) => ({ ...splice, start: splice.start + mark, end: splice.end + mark }));
  return { path, before, after: applySplices(before, splices) };
}

type PartnerEdits = readonly (readonly [Handle, readonly PartnerEdit[]])[];

function editPartners(
  text: string,
  edits: PartnerEdits,
  state: DesiredState,
  wanted: ReadonlyMap<Handle, Meaning>,
): readonly Splice[] {
  const byName = new Map<string | null, PartnerEdits[number]>(edits.map((edit) => [edit[0], edit]));
  const lines = edits.map(([handle]) => state.partners.get(handle)?.position.line ?? 0);
  const ignoring = (handle: Handle) => {
    const own = [...(wanted.get(handle)?.ignore ?? [])].filter((name) => !state.defaults.ignore.has(name));
    return [...new Set(own.map((name) => fieldNamed(name).path[0]))];
  };
  const splicesIn = (maps: Iterable<Node | null>) => {
    let found = 0;
    const splices: Splice[] = [];
    for (const map of maps)
      for (const entry of entriesOf(map)) {
        const edit = byName.get(keyName(entry));
        if (edit === undefined) continue;
        found++;
        splices.push(...partnerSplices(text, entry, edit[1], ignoring(edit[0])));
      }
    return { splices, isComplete: found === edits.length };
  };
  const { splices, isComplete } = splicesIn(sectionPieces(text, 'partners', new Set(lines)));
  return isComplete ? splices : splicesIn([wholeSection(text, 'partners')]).splices;
}

function reload(before: DesiredState, files: readonly SourceFile[]): DesiredState {
  try {
    return reloadDesired(before, files);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw unsafe(error.problems[0].message, error);
  }
}

/** All that the files say apart from the partners. */
function headOf({ organisation, settings, defaults }: DesiredState, catalog: Catalog): string {
  const names = Object.entries(catalog).map(([kind, entries]) => [kind, [...entries].sort()]);
  const values = [...defaults.values].map(([field, { value }]) => [field, value]);
  return JSON.stringify([organisation, names, settings, values, [...defaults.ignore]]);
}

function unsafe(why: string, cause?: unknown): Failure {
  const message = `The files can't be changed without changing more than was asked: ${why.replace(/\.$/, '')}.`;
  return failure('EDIT_UNSAFE', message, { cause });
}
