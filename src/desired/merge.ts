/** All files as one: every entry keeps the place where it is written. */

import { type CatalogKind, catalogKinds } from '../fields.ts';
import { foldName } from '../folding.ts';
import { grouped } from '../grouped.ts';
import { type Position, type Problem, problem } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';

/** The files' data after the schema has checked it. */
export type Entry = {
  /** `undefined` where the schema refused it. */
  readonly value: unknown;
  readonly parent: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly tree: Tree;
};

/** Each top-level section with its entries under their own keys. */
export type Merged = Readonly<Record<Section, ReadonlyMap<string, Entry>>>;

const sections = ['organisation', 'settings', 'defaults', 'pins', 'partners'] as const;

export type Section = (typeof sections)[number] | `catalog.${CatalogKind}`;

export const sectionNames: readonly Section[] = [
  ...sections,
  ...catalogKinds.map((kind) => `catalog.${kind}` as const),
];

/** Merges what fits the schema of some files; the same key in two of them is a problem that names both places. */
export function mergeFiles(trees: readonly Tree[], note: (found: Problem) => void): Merged {
  const merged = Object.fromEntries(
    sectionNames.map((section) => [section, new Map<string, Entry>()]),
  ) as Record<Section, Map<string, Entry>>;
  const twice: Twice[] = [];
  for (const tree of trees) {
    const root = tree.data as Record<string, Record<string, unknown> | undefined>;
    for (const section of sections) add(merged[section], root[section], tree, section, twice);
    const catalog = root.catalog as Record<string, Record<string, unknown> | undefined> | undefined;
    for (const kind of catalogKinds)
      add(merged[`catalog.${kind}`], catalog?.[kind], tree, `catalog.${kind}`, twice);
  }
  reportTwice(twice, note);
  for (const kind of catalogKinds) refuseLookAlikes(kind, merged[`catalog.${kind}`], note);
  return merged;
}

/** An entry that another file has already. */
type Twice = { readonly name: string; readonly earlier: Position; readonly position: Position };

/** So many entries that two files share are no accident: one of them is a copy of the other. */
const copied = 3;

/** Each entry that is defined twice; where two files share many, once for the two. */
function reportTwice(twice: readonly Twice[], note: (found: Problem) => void): void {
  const pairs = grouped(twice, ({ earlier, position }) => `${earlier.file}\n${position.file}`);
  for (const shared of pairs.values()) {
    const [first] = shared;
    if (first === undefined) continue;
    if (shared.length < copied) {
      for (const { name, earlier, position } of shared)
        note(
          problem('DEFINED_TWICE', `${name} is defined twice: also at ${placeText(earlier)}.`, { position }),
        );
      continue;
    }
    const message = `${first.position.file} defines ${shared.length.toLocaleString('en')} entries that ${first.earlier.file} has too, the first of them ${first.name}.`;
    const hint = `Is one a copy of the other? Move ${first.position.file} out of the folder, or pass only the file that counts with -f.`;
    note(problem('DEFINED_TWICE', message, { position: first.position, hint }));
  }
}

/** Names that people can't tell apart would let a slip of a key choose another id. */
function refuseLookAlikes(
  kind: CatalogKind,
  entries: ReadonlyMap<string, Entry>,
  note: (found: Problem) => void,
): void {
  const seen = new Map<string, Entry>();
  for (const [name, entry] of entries) {
    const key = foldName(name);
    const earlier = seen.get(key);
    seen.set(key, earlier ?? entry);
    if (earlier === undefined) continue;
    const message = `catalog.${kind} has ${JSON.stringify(name)} and ${JSON.stringify(earlier.key)} (${placeText(keyPosition(earlier))}), which differ only in case or in how they are encoded.`;
    note(
      problem('DEFINED_TWICE', message, {
        position: keyPosition(entry),
        hint: 'Rename one of the two, or keep only one.',
      }),
    );
  }
}

function add(
  into: Map<string, Entry>,
  from: Readonly<Record<string, unknown>> | undefined,
  tree: Tree,
  section: string,
  twice: Twice[],
): void {
  for (const [key, value] of Object.entries(from ?? {})) {
    const earlier = into.get(key);
    if (earlier === undefined) into.set(key, { value, parent: from ?? {}, key, tree });
    else {
      twice.push({
        name: `${section}.${key}`,
        earlier: keyPosition(earlier),
        position: tree.keyAt(from ?? {}, key),
      });
    }
  }
}

export function keyPosition(entry: Entry): Position {
  return entry.tree.keyAt(entry.parent, entry.key);
}

export function valuePosition(entry: Entry): Position {
  return entry.tree.valueAt(entry.parent, entry.key);
}

export function placeText({ file, line }: Position): string {
  return `${file}:${line}`;
}
