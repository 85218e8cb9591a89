/**
 * What is left of a file without what the schema refuses, so that the rest of it is checked in the same run.
 *
 * A value that was refused is `undefined` here, which no file can say: its key is known, and nothing follows from what it
 * holds. A key that means nothing is taken out; whoever misses a key there may ask whether it was meant (`mayHave`).
 */
import { isObject } from '../json.ts';
import type { Tree } from '../yaml/tree.ts';
import { knownKeys, meantKey } from './known-keys.ts';
import { type Section, sectionNames } from './merge.ts';
import type { SchemaError } from './schema.ts';

/** A part of a file, and the sections of it that may have more entries than can be seen. */
export type SoundPart = { readonly tree: Tree; readonly open: readonly Section[] };

/** Null where the file is no map. Never changes the tree's own data: maps on the way to what is refused are copied. */
export function soundPart(tree: Tree, errors: readonly SchemaError[]): SoundPart | null {
  const copies = new Copies(tree.data);
  const open: Section[] = [];
  for (const error of errors) {
    const path = pathOf(error);
    const key = error.params.additionalProperty;
    if (error.keyword === 'additionalProperties' && typeof key === 'string') {
      const removed = copies.remove(path, key);
      open.push(...sectionsOpenedBy(path, key, removed));
    } else if (refusesValue(error)) {
      copies.refuse(path);
      open.push(...sectionsAt(path));
    }
  }
  if (!isObject(copies.root)) return null;
  const of = (map: object) => copies.originals.get(map) ?? map;
  return {
    tree: {
      ...tree,
      data: copies.root,
      spelled: (parent, key) => tree.spelled(of(parent), key),
      keyAt: (parent, key) => tree.keyAt(of(parent), key),
      valueAt: (parent, key) => tree.valueAt(of(parent), key),
      isMerged: (parent, key) => tree.isMerged(of(parent), key),
      removed: (map) => copies.removed.get(map) ?? [],
    },
    open,
  };
}

/** Whether a map may give a key that it doesn't have: what was taken out of it may have been meant so. */
export function mayHave(tree: Tree, map: object, key: string): boolean {
  return tree.removed(map).some((each) => (meantKey(each, knownKeys) ?? key) === key);
}

/** The keys that lead to where an error is. */
export function pathOf({ instancePath }: SchemaError): readonly string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Errors that leave the value as usable as it was: what is missing, is there twice, or is called so. */
const aboutOthers: ReadonlySet<string> = new Set(['required', 'uniqueItems', 'propertyNames', 'not', 'if']);

function refusesValue({ keyword, propertyName }: SchemaError): boolean {
  return propertyName === undefined && !aboutOthers.has(keyword);
}

/** The sections that a value is all of. */
function sectionsAt(path: readonly string[]): readonly Section[] {
  if (path.length === 0) return sectionNames;
  const isSection = path.length === 1 || (path.length === 2 && path[0] === 'catalog');
  return isSection ? sectionsCalled(path.at(-1) ?? '') : [];
}

/** Sections whose entries may be below a key that means nothing, such as a catalog that is indented too far. */
function sectionsOpenedBy(path: readonly string[], key: string, value: unknown): readonly Section[] {
  if (path.length === 0) {
    const meant = meantKey(key, topLevel);
    return meant === null ? sectionNames : sectionsCalled(meant);
  }
  if (path[0] !== 'partners') return [...path, key].flatMap(sectionsCalled);
  const within = [...path.slice(1), key].flatMap(sectionsCalled);
  return isObject(value) ? [...within, 'partners'] : within;
}

const topLevel = ['version', 'organisation', 'catalog', 'settings', 'defaults', 'pins', 'partners'];

function sectionsCalled(key: string): readonly Section[] {
  return sectionNames.filter(
    (section) => section === key || section === `catalog.${key}` || section.startsWith(`${key}.`),
  );
}

/** Data of which maps and lists are copied before they are changed, each once. */
class Copies {
  root: unknown;
  readonly originals = new WeakMap<object, object>();
  readonly removed = new WeakMap<object, string[]>();

  constructor(data: unknown) {
    this.root = this.copy(data);
  }

  refuse(path: readonly string[]): void {
    const key = path.at(-1);
    if (key === undefined) this.root = undefined;
    else this.at(path.slice(0, -1), (parent) => Reflect.set(parent, key, undefined));
  }

  remove(path: readonly string[], key: string): unknown {
    let value: unknown;
    this.at(path, (map) => {
      value = Reflect.get(map, key);
      Reflect.deleteProperty(map, key);
      this.removed.set(map, [...(this.removed.get(map) ?? []), key]);
    });
    return value;
  }

  private at(path: readonly string[], change: (copy: object) => void): void {
    let found = this.root;
    for (const key of path) {
      if (typeof found !== 'object' || found === null) return;
      const next: unknown = Reflect.get(found, key);
      const copy = this.copy(next);
      if (copy !== next) Reflect.set(found, key, copy);
      found = copy;
    }
    if (typeof found === 'object' && found !== null) change(found);
  }

  private copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.originals.has(value)) return value;
    const copy: object = Array.isArray(value) ? [...value] : Object.assign(Object.create(null), value);
    this.originals.set(copy, value);
    return copy;
  }
}
