import type { SourceFile } from '../files/read.ts';
import { isObject } from '../json.ts';
import { type Problem, throwOnAny } from '../problem.ts';
import { parseFile } from '../yaml/parse.ts';
import type { Tree } from '../yaml/positioned-data.ts';
import { holdsOnlyComments } from '../yaml/trivia.ts';
import { explain } from './explain.ts';
import { mergeFiles } from './merge.ts';
import { resolveState } from './resolve.ts';
import { validatePartners } from './schema.ts';
import type { DesiredState } from './state.ts';

/**
 * files → what should be. Everything that is wrong with any of them is thrown as one Failure, with the files' texts
 * for framing the lines.
 */
export function loadDesired(files: readonly SourceFile[]): DesiredState {
  const problems: Problem[] = [];
  const note = (found: Problem) => void problems.push(found);
  const saying = filesThatSaySomething(files);
  const sound = saying.map((file) => checkedFile(file, note)).filter((tree) => tree !== null);
  const merged = mergeFiles(sound, note);
  const state = resolveState(merged, files, note, sound.length === saying.length);
  const pinsFile = sound.find(({ data }) => isObject(data) && data.pins !== undefined)?.file ?? null;
  throwOnAny(inOrder(problems, files), new Map(files.map((file) => [file.path, file.text])));
  return { ...state, pinsFile };
}

/** Checks each file by itself: its YAML and the schema, not what only all files together can answer for. */
export function checkFiles(files: readonly SourceFile[]): void {
  const problems: Problem[] = [];
  for (const file of files)
    if (!holdsOnlyComments(file.text)) checkedFile(file, (found) => void problems.push(found));
  throwOnAny(inOrder(problems, files), new Map(files.map((file) => [file.path, file.text])));
}

/** A file of comments alone is no reason to stop, unless there is no other. */
function filesThatSaySomething(files: readonly SourceFile[]): readonly SourceFile[] {
  const saying = files.filter(({ text }) => !holdsOnlyComments(text));
  return saying.length === 0 ? files : saying;
}

/** The file's data, if it fits the schema: only then can anything be said about what it means. */
export function checkedFile(file: SourceFile, note: (found: Problem) => void): Tree | null {
  const tree = parseFile(file, note);
  if (tree === null) return null;
  const problems = validatePartners(tree.data).flatMap((error) => explain(error, tree) ?? []);
  const places = new Set<string>();
  for (const found of problems) {
    const place = `${found.position?.line}:${found.position?.column}:${found.code}`;
    if (!places.has(place)) note(found);
    places.add(place);
  }
  return problems.length === 0 ? tree : null;
}

function inOrder(problems: readonly Problem[], files: readonly SourceFile[]): Problem[] {
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
