/** All files as one: every entry keeps the place where it is written. */
import { type CatalogKind, catalogKinds } from '../fields.ts';
import { type Position, type Problem, problem } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';

/** The files' data after the schema has checked it. */
export type Entry = {
  readonly value: unknown;
  readonly parent: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly tree: Tree;
};

/** Each top-level section with its entries under their own keys. */
export type Merged = Readonly<Record<Section, ReadonlyMap<string, Entry>>>;

const sections = ['organisation', 'settings', 'defaults', 'pins', 'partners'] as const;

export type Section = (typeof sections)[number] | `catalog.${CatalogKind}`;

/** Merges files that fit the schema; the same key in two of them is a problem that names both places. */
export function mergeFiles(trees: readonly Tree[], note: (found: Problem) => void): Merged {
  const merged = Object.fromEntries(
    [...sections, ...catalogKinds.map((kind) => `catalog.${kind}`)].map((section) => [
      section,
      new Map<string, Entry>(),
    ]),
  ) as Record<Section, Map<string, Entry>>;
  for (const tree of trees) {
    const root = tree.data as Record<string, Record<string, unknown> | undefined>;
    for (const section of sections) add(merged[section], root[section], tree, section, note);
    const catalog = root.catalog as Record<string, Record<string, unknown> | undefined> | undefined;
    for (const kind of catalogKinds)
      add(merged[`catalog.${kind}`], catalog?.[kind], tree, `catalog.${kind}`, note);
  }
  return merged;
}

function add(
  into: Map<string, Entry>,
  from: Readonly<Record<string, unknown>> | undefined,
  tree: Tree,
  section: string,
  note: (found: Problem) => void,
): void {
  for (const [key, value] of Object.entries(from ?? {})) {
    const earlier = into.get(key);
    if (earlier === undefined) into.set(key, { value, parent: from ?? {}, key, tree });
    else {
      const message = `${section}.${key} is defined twice: also at ${placeText(keyPosition(earlier))}.`;
      note(problem('DEFINED_TWICE', message, { position: tree.keyAt(from ?? {}, key) }));
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
