/** Reasons as comments: at the end of the line that states what changed, after the comment that is there already. */
import { meanings, sameMeaning } from '../desired/meaning.ts';
import { reloadDesired } from '../desired/reload.ts';
import type { DesiredState } from '../desired/state.ts';
import type { Position } from '../problem.ts';
import { type Failure, failure } from '../problem.ts';
import { isJson } from '../yaml/json-style.ts';
import { applySplices } from '../yaml/splice.ts';
import type { EditedFile } from './amendment.ts';

/** Why a partner changes, and in which fields; none for a partner that is new. */
export type Reason = { readonly handle: string; readonly fields: readonly string[]; readonly text: string };

/** The changed files with the reasons in them. Throws EDIT_UNSAFE where a comment would become part of a value. */
export function withReasons(
  before: DesiredState,
  files: readonly EditedFile[],
  reasons: readonly Reason[],
): readonly EditedFile[] {
  const changed = new Map(files.map(({ path, after }) => [path, after]));
  const sources = [
    ...before.files.map(({ path, text }) => ({ path, text: changed.get(path) ?? text })),
    ...files.filter((file) => file.before === null).map(({ path, after }) => ({ path, text: after })),
  ];
  const state = reloadDesired(before, sources);
  const comments = new Map<string, Map<number, string[]>>();
  for (const reason of reasons)
    for (const { file, line } of placesOf(state, reason)) {
      const lines = comments.get(file) ?? new Map<number, string[]>();
      const texts = lines.get(line) ?? [];
      comments.set(file, lines.set(line, texts.includes(reason.text) ? texts : [...texts, reason.text]));
    }
  const json = sources.find(({ path, text }) => comments.has(path) && isJson(text));
  if (json !== undefined)
    throw unsafe(`A reason can't be written into ${json.path}, which is JSON and can't hold comments.`);
  const commented = sources.map(({ path, text }) => ({
    path,
    text: commentLines(text, comments.get(path) ?? new Map<number, string[]>()),
  }));
  refuseOtherMeaning(state, commented);
  const texts = new Map(commented.map(({ path, text }) => [path, text]));
  return files.map((file) => ({ ...file, after: texts.get(file.path) ?? file.after }));
}

/** The lines of the changed values; that of the handle where a line went, and for a new partner. */
function placesOf({ partners }: DesiredState, { handle, fields }: Reason): Position[] {
  const partner = [...partners.values()].find((each) => each.handle === handle);
  if (partner === undefined) return [];
  const stated = fields.map((field) => partner.values.get(field));
  const own = stated.flatMap((value) => (value?.from === 'partner' ? [value.position] : []));
  return own.length === 0 ? [partner.position] : own;
}

function commentLines(text: string, comments: ReadonlyMap<number, readonly string[]>): string {
  const lines = text.split('\n');
  let at = 0;
  const splices = lines.flatMap((line, index) => {
    const end = at + line.trimEnd().length;
    at += line.length + 1;
    const found = comments.get(index + 1);
    return found === undefined ? [] : [{ start: end, end, text: ` # ${found.join('; ')}` }];
  });
  return applySplices(text, splices);
}

/** The line may go on in the next one, as text in quotes can. */
function refuseOtherMeaning(state: DesiredState, sources: DesiredState['files']): void {
  try {
    const now = meanings(reloadDesired(state, sources));
    if ([...meanings(state)].every(([handle, meaning]) => sameMeaning(now.get(handle), meaning))) return;
  } catch {
    // What can't be read any more says something else, too.
  }
  throw unsafe("A reason can't be written as a comment, since a value goes on in the next line.");
}

function unsafe(why: string): Failure {
  return failure('EDIT_UNSAFE', why, { hint: 'Leave --reasons out; nothing was written.' });
}
