/** YAML as plain data that remembers where everything is. */

import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Scalar,
  YAMLMap,
} from 'yaml';
import { type Position, type Problem, problem } from '../problem.ts';
import type { Entry } from './map.ts';
import type { Tree } from './tree.ts';

/** Entries of a map one after the other, parsed no sooner than they are asked for. */
export type Pairs = Iterable<Entry>;

/** A map whose pairs are parsed when they are asked for, once. */
export class MapInPieces extends YAMLMap<Node, Node | null> {
  readonly pairs: Pairs;

  constructor(start: number, pairs: Pairs) {
    super();
    this.range = [start, start, start];
    this.pairs = pairs;
  }
}

/** Where an entry of a map or list is: its key (for list items, the item) and its value, and how that is spelled. */
type Place = {
  readonly key: number;
  readonly value: number;
  /** What the source says where the value is a scalar. */
  readonly spelled: string | null;
  /** Whether `<<` has brought it in. */
  readonly isMerged: boolean;
};

const nowhere: Place = { key: 0, value: 0, spelled: null, isMerged: false };

/** More values than this come out of aliases that multiply, never out of a file that somebody wrote. */
const mostValues = 2_000_000;

type Built = { readonly data: unknown; readonly weight: number };

/** What `<<` brings in, and where it says so. */
type Merge = Built & { readonly offset: number };

/** Turns what was parsed into a tree, and empties it. `note` gets duplicate keys, aliases without end, and keys that aren't text. */
export function buildTree(
  file: string,
  contents: Node | null,
  lines: LineCounter,
  note: (found: Problem) => void,
): Tree {
  const places = new Map<object, Map<string, Place>>();
  const built = new Map<Node, Built | 'open'>();
  // Nodes are built in the order of the text, so this always holds what an alias at this point repeats. The parser's
  // own Alias.resolve() walks the complete document for every alias.
  const anchors = new Map<string, Node>();

  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };

  function build(node: Node | null): Built {
    if (node === null) return { data: null, weight: 1 };
    if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) {
      refuseHalfCharacter(node);
      return { data: node.value, weight: 1 };
    }
    // Only what has an anchor can come twice.
    if (isAlias(node) || node.anchor === undefined) return buildNested(node);
    const known = built.get(node);
    if (known === 'open') {
      note(
        problem('ALIAS_BOMB', 'This alias is inside what it repeats, without end.', {
          position: positionOf(startOf(node)),
        }),
      );
      return { data: null, weight: 1 };
    }
    if (known !== undefined) return known;
    built.set(node, 'open');
    const made = buildNested(node);
    built.set(node, made);
    return made;
  }

  function buildNested(node: Node): Built {
    if (isAlias(node)) return buildAlias(node);
    if (node instanceof MapInPieces) return buildMap(node.pairs);
    if (isMap<Node, Node | null>(node)) return buildMap(taken(node.items));
    return isSeq<Node>(node) ? buildList(node.items) : { data: null, weight: 1 };
  }

  function buildAlias(alias: Alias): Built {
    const target = anchors.get(alias.source);
    if (target !== undefined) return build(target);
    note(
      problem(
        'YAML_SYNTAX',
        `*${alias.source} repeats nothing: no anchor &${alias.source} comes before it.`,
        { position: positionOf(startOf(alias)) },
      ),
    );
    return { data: null, weight: 1 };
  }

  function buildList(items: readonly Node[]): Built {
    const data: unknown[] = [];
    const at = new Map<string, Place>();
    let weight = 1;
    for (const [index, item] of items.entries()) {
      const made = build(item);
      data.push(made.data);
      weight += made.weight;
      at.set(String(index), { ...nowhere, key: startOf(item), value: startOf(item) });
    }
    places.set(data, at);
    return { data, weight };
  }

  /** A surrogate by itself, as in "\\ud800", is no character: neither a file nor a request can carry it. */
  function refuseHalfCharacter(node: Scalar): void {
    if (typeof node.value !== 'string' || !/\p{Cs}/u.test(node.value)) return;
    const hint = 'Write the complete character, or leave it out.';
    const position = positionOf(startOf(node));
    note(problem('INVALID_VALUE', 'This text holds half of a character.', { position, hint }));
  }

  function buildMap(pairs: Pairs): Built {
    const data: Record<string, unknown> = Object.create(null);
    const at = new Map<string, Place>();
    const merges: Merge[] = [];
    let weight = 1;
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? textOfKey(key) : null;
      const keyOffset = startOf(key);
      if (isScalar(key) && name === '<<' && value !== null) {
        merges.push({ ...build(value), offset: startOf(value) });
        continue;
      }
      if (name === null) {
        const hint = 'Write the key as one word, followed by a colon.';
        note(problem('YAML_SYNTAX', 'A key must be text.', { position: positionOf(keyOffset), hint }));
        continue;
      }
      if (isScalar(key)) refuseHalfCharacter(key);
      const earlier = at.get(name);
      if (earlier !== undefined) {
        const message = `${name} is defined twice; the first is on line ${positionOf(earlier.key).line}.`;
        note(problem('DUPLICATE_KEY', message, { position: positionOf(keyOffset) }));
        // What is in it may be wrong too, and may have an anchor that is used further down.
        build(value);
        continue;
      }
      const made = build(value);
      weight += made.weight;
      data[name] = made.data;
      at.set(name, {
        key: keyOffset,
        value: value === null || isEmpty(value) ? keyOffset : startOf(value),
        spelled: isScalar(value) ? (value.source ?? null) : null,
        isMerged: false,
      });
    }
    places.set(data, at);
    for (const merge of merges) {
      mergeInto(data, merge);
      weight += merge.weight;
    }
    return { data, weight };
  }

  /** `<<: *defaults`, or a list of such: fills in what the map doesn't say itself. */
  function mergeInto(data: Record<string, unknown>, merge: Merge): void {
    for (const from of Array.isArray(merge.data) ? merge.data : [merge.data]) {
      if (typeof from !== 'object' || from === null || Array.isArray(from)) {
        note(
          problem('YAML_SYNTAX', '<< takes a map, or a list of maps, to merge in.', {
            position: positionOf(merge.offset),
            hint: 'Write an alias of a map after it, such as <<: *base',
          }),
        );
        continue;
      }
      for (const [name, value] of Object.entries(from)) {
        if (name in data) continue;
        data[name] = value;
        places.get(data)?.set(name, { ...placeOf(from, name), isMerged: true });
      }
    }
  }

  function placeOf(parent: object, key: string): Place {
    return places.get(parent)?.get(key) ?? nowhere;
  }

  const root = build(contents);
  if (root.weight > mostValues) {
    note(
      problem('ALIAS_BOMB', 'The aliases in this file multiply into millions of values.', {
        position: positionOf(0),
      }),
    );
  }
  return {
    file,
    data: root.data,
    spelled: (parent, key) => placeOf(parent, key).spelled,
    keyAt: (parent, key) => positionOf(placeOf(parent, key).key),
    valueAt: (parent, key) => positionOf(placeOf(parent, key).value),
    isMerged: (parent, key) => placeOf(parent, key).isMerged,
    removed: () => [],
    start: positionOf(startOf(contents)),
  };
}

/** Takes the pairs out of a map: of a large file, the nodes and the data needn't be in memory at once. */
function* taken(items: Entry[]) {
  items.reverse();
  for (let pair = items.pop(); pair !== undefined; pair = items.pop()) yield pair;
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

/** A key without a value has its value nowhere; the key is where people look. */
function isEmpty(value: Node): boolean {
  return isScalar(value) && value.value === null && (value.source ?? '') === '';
}

/** A key as it was written, which for 1e3 isn't how a number is. */
function textOfKey({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? String(value));
}
