/** What the files of a commit mean, built from what they meant before: only what differs is resolved again. */

import { lookUpIn } from '../desired/look-up.ts';
import { type Entry, type Merged, type Section, sectionNames } from '../desired/merge.ts';
import { checkPins } from '../desired/pins.ts';
import { catalogOf, resolvePartner, type Shared, sharedOf } from '../desired/resolve.ts';
import type { DesiredPartner } from '../desired/state.ts';
import { isObject } from '../json.ts';
import type { Handle } from '../partner.ts';
import { type Problem, problem } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';
import type { Content } from './content.ts';

/** One file of a commit. What isn't `named` explains handles, and is left out where it doesn't fit. */
export type CommitFile = { readonly path: string; readonly named: boolean; readonly content: Content };

export type State = {
  readonly partners: ReadonlyMap<Handle, DesiredPartner>;
  readonly blocks: ReadonlyMap<string, Entry>;
  readonly context: Context;
};

type Context = { readonly merged: Merged; readonly shared: Shared; readonly rests: readonly object[] };

export type Built =
  | { readonly valid: true; readonly state: State }
  | { readonly valid: false; readonly problem: Problem };

/** The state at a commit. `earlier` is any other state, best one that has much in common with it. */
export function buildState(files: readonly CommitFile[], earlier: State | null): Built {
  const problems: Problem[] = [];
  // Where in a file it is isn't known: only what the files mean together is looked at here.
  const note = (found: Problem) => void problems.push({ ...found, position: null });
  const sound: Sound[] = [];
  for (const { path, named, content } of files) {
    if (content.stage === 'sound') sound.push({ path, named, content });
    else problems.push(content.problem);
  }
  // Named files first: what they say counts against files that only explain.
  sound.sort((one, other) => Number(other.named) - Number(one.named));
  const context = contextOf(sound, earlier?.context ?? null, note);
  const blocks = new Map<string, Entry>();
  for (const { path, named, content } of sound) {
    for (const [handle, data] of content.partners) {
      const known = blocks.get(handle);
      if (known !== undefined) {
        if (named) note(twice('partners', handle, path, known.tree.file));
        continue;
      }
      const before = earlier?.blocks.get(handle);
      const isSame = before?.value === data && before.tree.file === path;
      blocks.set(handle, isSame ? before : entryOf(handle, data, path));
    }
  }
  const partners = new Map<Handle, DesiredPartner>();
  const lookUp = lookUpIn(context.merged, context.shared.catalog, new Set(), note);
  const isSameContext = context === earlier?.context;
  for (const [key, entry] of blocks) {
    const handle = key as Handle;
    const before = isSameContext && earlier?.blocks.get(key)?.value === entry.value ? earlier : null;
    const known = before?.partners.get(handle);
    const { merged, shared } = context;
    partners.set(handle, known ?? resolvePartner(handle, entry, merged, shared, lookUp, note));
  }
  lookUp.finish();
  const namedPaths = new Set(files.filter(({ named }) => named).map(({ path }) => path));
  const rows = [...context.merged.pins].filter(
    ([handle, row]) => blocks.has(handle) || namedPaths.has(row.tree.file),
  );
  checkPins(partners, { ...context.merged, pins: new Map(rows), partners: blocks }, new Set(), note);
  const [first] = problems;
  if (first !== undefined) return { valid: false, problem: first };
  return { valid: true, state: { partners, blocks, context } };
}

type Sound = Omit<CommitFile, 'content'> & { readonly content: Extract<Content, { stage: 'sound' }> };

/** What the files have in common for all partners; the earlier one where nothing about it differs. */
function contextOf(
  files: readonly Sound[],
  earlier: Context | null,
  note: (found: Problem) => void,
): Context {
  const rests = files.map(({ content }) => content.rest);
  if (earlier !== null && earlier.rests.length === rests.length)
    if (rests.every((rest, index) => rest === earlier.rests[index])) return earlier;
  const merged = Object.fromEntries(sectionNames.map((name) => [name, new Map<string, Entry>()])) as Record<
    Section,
    Map<string, Entry>
  >;
  let isSound = true;
  for (const { path, named, content } of files) {
    for (const name of sectionNames) {
      const into = merged[name];
      for (const [key, value] of Object.entries(sectionIn(content.rest, name))) {
        const known = into.get(key);
        if (known === undefined) into.set(key, entryOf(key, value, path));
        else if (named) {
          isSound = false;
          note(twice(name, key, path, known.tree.file));
        }
      }
    }
  }
  const noteUnsound = (found: Problem) => {
    isSound = false;
    note(found);
  };
  const lookUp = lookUpIn(merged, catalogOf(merged), new Set(), noteUnsound);
  const shared = sharedOf(merged, lookUp, noteUnsound);
  lookUp.finish();
  // One that is wrong is looked at again at the next commit, so that its problems are found there too.
  return { merged, shared, rests: isSound ? rests : [{}] };
}

/** The entries of a section, such as `catalog.tiers`. */
function sectionIn(rest: object, name: string): Readonly<Record<string, unknown>> {
  let found: unknown = rest;
  for (const key of name.split('.')) found = isObject(found) ? found[key] : undefined;
  return isObject(found) ? found : {};
}

function entryOf(key: string, value: unknown, path: string): Entry {
  return { value, parent: {}, key, tree: treeOf(path) };
}

const trees = new Map<string, Tree>();

/** History is about what files said, not about the lines: places are no more than the file. */
function treeOf(file: string): Tree {
  const known = trees.get(file);
  if (known !== undefined) return known;
  const start = { file, line: 1, column: 1 };
  const tree: Tree = {
    file,
    data: null,
    spelled: () => null,
    removed: () => [],
    keyAt: () => start,
    valueAt: () => start,
    isMerged: () => false,
    start,
  };
  trees.set(file, tree);
  return tree;
}

function twice(section: string, key: string, path: string, other: string): Problem {
  const message = `${section}.${key} is defined twice: also in ${other}.`;
  return problem('DEFINED_TWICE', message, { position: { file: path, line: 1, column: 1 } });
}
