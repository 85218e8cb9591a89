import type { SourceFile } from '../files/read.ts';
import { isObject } from '../json.ts';
import { type Problem, problem, throwOnAny } from '../problem.ts';
import { parseFile, withoutMark } from '../yaml/parse.ts';
import type { Tree } from '../yaml/tree.ts';
import { holdsOnlyComments } from '../yaml/trivia.ts';
import { condense, type Found } from './condense.ts';
import { explain } from './explain.ts';
import { type Finding, findSlips } from './find-slips.ts';
import { mergeFiles } from './merge.ts';
import { resolveState } from './resolve.ts';
import { validatePartners } from './schema.ts';
import type { DesiredState } from './state.ts';
import { suspiciousValues } from './suspicious.ts';

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
  const texts = new Map(files.map((file) => [file.path, file.text]));
  throwOnAny(inOrder(problems, files), texts);
  return { ...state, pinsFile, warnings: suspiciousValues(merged, texts) };
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

/** The file's data, if nothing is wrong with it by itself: only then can anything be said about what it means. */
export function checkedFile(file: SourceFile, note: (found: Problem) => void): Tree | null {
  const looked = look(file);
  if (looked.stage === 'sound') return looked.tree;
  const text = withoutMark(file.text);
  const { slips, left } = findSlips(text, looked, (other) => look({ path: file.path, text: other }));
  const found = slips.map(({ code, message, hint, line, column, kind }) => ({
    ...problem(code, message, { hint, position: { file: file.path, line, column } }),
    kind,
  }));
  for (const each of condense([...found, ...left])) note(each);
  return null;
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
  const { tree } = parsed;
  const places = new Set<string>();
  const problems = validatePartners(tree.data)
    .flatMap((error) => explain(error, tree) ?? [])
    .filter(({ code, position }) => {
      const place = `${position?.line}:${position?.column}:${code}`;
      return !places.has(place) && places.add(place);
    });
  return problems.length === 0 ? parsed : { stage: 'schema', problems: inOrder(problems, [file]) };
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
