import type { SourceFile } from '../files/read.ts';
import { isObject } from '../json.ts';
import { type Position, type Problem, problem, throwOnAny } from '../problem.ts';
import { withoutMark } from '../yaml/parse.ts';
import { parseFile } from '../yaml/parse-file.ts';
import type { Tree } from '../yaml/tree.ts';
import { holdsOnlyComments } from '../yaml/trivia.ts';
import { condense, type Found } from './condense.ts';
import { doublesIn, hasPin } from './doubles.ts';
import { explain } from './explain.ts';
import { type Finding, findSlips, type Repaired } from './find-slips.ts';
import { type Merged, mergeFiles, type Section, sectionNames } from './merge.ts';
import { mayBePinned } from './pins.ts';
import { resolveState } from './resolve.ts';
import { type SchemaError, validatePartners } from './schema.ts';
import { type SoundPart, soundPart } from './sound-part.ts';
import type { DesiredState } from './state.ts';
import { namesAsIds, suspiciousValues } from './suspicious.ts';

/**
 * files → what should be. Everything that is wrong with any of them is thrown as one Failure, with the files' texts
 * for framing the lines.
 */
export function loadDesired(files: readonly SourceFile[]): DesiredState {
  return load(files, [], () => []);
}

/**
 * The same for whoever sees nothing but the files: two handles that would be matched with one partner are wrong too. With
 * `unread`, what is wrong with further files that can't be read.
 */
export function loadDistinct(files: readonly SourceFile[], unread: readonly Problem[] = []): DesiredState {
  return load(files, unread, (state, merged, open) => {
    const cannotTell = (handle: string) => {
      const entry = merged.partners.get(handle);
      return open.has('pins') || entry === undefined || mayBePinned(entry, merged);
    };
    return doublesIn(state, (partner) => hasPin(partner) || cannotTell(partner.handle));
  });
}

type Check = (
  state: Pick<DesiredState, 'partners'>,
  merged: Merged,
  open: ReadonlySet<Section>,
) => readonly Problem[];

function load(files: readonly SourceFile[], unread: readonly Problem[], check: Check): DesiredState {
  const problems: Problem[] = [...unread];
  const parts = filesThatSaySomething(files).map((file) =>
    partOf(file, (found) => void problems.push(found)),
  );
  const open = new Set<Section>(unread.length > 0 ? sectionNames : []);
  for (const part of parts) for (const section of part?.open ?? sectionNames) open.add(section);
  const trees = parts.flatMap((part) => part?.tree ?? []);
  const note = (found: Problem) => {
    if (!parts.some((part) => isGuessed(part, found.position))) problems.push(found);
  };
  const merged = mergeFiles(trees, note);
  const state = resolveState(merged, files, note, open);
  for (const found of check(state, merged, open)) note(found);
  const pinsFile = trees.find(({ data }) => isObject(data) && data.pins !== undefined)?.file ?? null;
  const texts = new Map(files.map((file) => [file.path, file.text]));
  throwOnAny(inOrder(problems, files), texts);
  const warnings = onDemand(() => [...suspiciousValues(merged, texts), ...namesAsIds(state)]);
  return {
    ...state,
    pinsFile,
    get warnings() {
      return warnings();
    },
  };
}

/** Made when it is asked for first; then what it was made of may be forgotten. */
function onDemand<T>(make: () => T): () => T {
  let get = () => {
    const made = make();
    get = () => made;
    return made;
  };
  return () => get();
}

/** Whether a place is on a line of which only a guess is known: nothing that follows from a guess is reported. */
function isGuessed(part: Part | null, position: Position | null): boolean {
  return position !== null && part?.tree.file === position.file && part.guessed.has(position.line);
}

/** Checks each file by itself: its YAML and the schema, not what only all files together can answer for. */
export function checkFiles(files: readonly SourceFile[]): void {
  const problems: Problem[] = [];
  for (const file of files)
    if (!holdsOnlyComments(file.text)) partOf(file, (found) => void problems.push(found));
  throwOnAny(inOrder(problems, files), new Map(files.map((file) => [file.path, file.text])));
}

/** A file of comments alone is no reason to stop, unless there is no other. */
function filesThatSaySomething(files: readonly SourceFile[]): readonly SourceFile[] {
  const saying = files.filter(({ text }) => !holdsOnlyComments(text));
  return saying.length === 0 ? files : saying;
}

/** The file's data, if nothing is wrong with it by itself. */
export function checkedFile(file: SourceFile, note: (found: Problem) => void): Tree | null {
  let isSound = true;
  const part = partOf(file, (found) => {
    isSound = false;
    note(found);
  });
  return isSound ? (part?.tree ?? null) : null;
}

/** `guessed` are the lines that were corrected for reading the others. */
type Part = SoundPart & { readonly guessed: ReadonlySet<number> };

/** What of a file can be told: all of it, or what is left where something is wrong with it by itself; null for nothing. */
function partOf(file: SourceFile, note: (found: Problem) => void): Part | null {
  const looked = look(file);
  if (looked.stage === 'sound') return { tree: looked.tree, open: [], guessed: new Set() };
  const text = withoutMark(file.text);
  const { slips, left, repaired } = findSlips(text, looked, (other) =>
    look({ path: file.path, text: other }),
  );
  const found: Found[] = slips.map(({ code, message, hint, line, column, kind }) => ({
    ...problem(code, message, { hint, position: { file: file.path, line, column } }),
    kind,
  }));
  const rest = repaired === null ? null : restOf(file, repaired);
  for (const each of condense(onePerPlace([...found, ...left, ...(rest?.problems ?? [])]))) note(each);
  return rest;
}

type Rest = Part & { readonly problems: readonly Found[] };

/** What is left of a file of which all has been reported that its text alone shows, and what its data adds to that. */
function restOf({ path }: SourceFile, repaired: Repaired): Rest | null {
  for (const text of repaired.texts) {
    const parsed = parseFile({ path, text });
    if (parsed.stage === 'syntax' || parsed.tree === null) continue;
    const tree = asInFile(parsed.tree, repaired);
    const errors = validatePartners(tree.data).filter((error) => repaired.isComplete || !isAboutEnd(error));
    const problems = explained(errors, tree);
    const guessed = repaired.lines;
    const sure = problems.filter(({ position }) => !guessed.has(position?.line ?? 0));
    const part = soundPart(tree, errors);
    if (part === null) return null;
    return { ...part, open: repaired.isComplete ? part.open : sectionNames, problems: sure, guessed };
  }
  return null;
}

/** What a file lacks may be in the part of it that couldn't be read. */
function isAboutEnd({ instancePath, keyword }: SchemaError): boolean {
  return instancePath === '' && keyword === 'required';
}

/** A tree of the repaired text that knows where the file has its parts. */
function asInFile(tree: Tree, { numberIn }: Repaired): Tree {
  const inFile = (position: Position): Position => ({ ...position, line: numberIn(position.line) });
  return {
    ...tree,
    keyAt: (parent, key) => inFile(tree.keyAt(parent, key)),
    valueAt: (parent, key) => inFile(tree.valueAt(parent, key)),
    start: inFile(tree.start),
  };
}

/** The file's data; null where anything is wrong with it by itself. */
export function soundTree(file: SourceFile): Tree | null {
  const looked = look(file);
  return looked.stage === 'sound' ? looked.tree : null;
}

export type Looked = { readonly stage: 'sound'; readonly tree: Tree } | Finding;

/** Checks a file by itself: its YAML, then the schema. */
export function look(file: SourceFile): Looked {
  const parsed = parseFile(file);
  if (parsed.stage !== 'sound')
    return { stage: parsed.stage, problems: inOrder(parsed.problems, [file]).map(ofNoKind) };
  const problems = explained(validatePartners(parsed.tree.data), parsed.tree);
  return problems.length === 0 ? parsed : { stage: 'schema', problems: inOrder(problems, [file]) };
}

/** The errors of the schema as problems. */
function explained(errors: readonly SchemaError[], tree: Tree): Found[] {
  return onePerPlace(errors.flatMap((error) => explain(error, tree) ?? []));
}

/** Of several problems of a code at one place, the first says it. */
function onePerPlace(problems: readonly Found[]): Found[] {
  const places = new Set<string>();
  return problems.filter(({ code, position }) => {
    const place = `${position?.line}:${position?.column}:${code}`;
    return !places.has(place) && places.add(place);
  });
}

function ofNoKind(found: Problem): Found {
  return { ...found, kind: null };
}

function inOrder<Each extends Problem>(problems: readonly Each[], files: readonly SourceFile[]): Each[] {
  const rank = new Map(files.map((file, index) => [file.path, index]));
  const key = ({ position }: Problem) => [
    rank.get(position?.file ?? '') ?? 0,
    position?.line ?? 0,
    position?.column ?? 0,
  ];
  return [...problems].sort((one, other) => {
    const a = key(one);
    const b = key(other);
    return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
  });
}
