import { fieldAt } from '../fields.ts';
import { memberOf } from '../json.ts';
import type { Position, ProblemCode } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';
import type { SchemaError } from './schema.ts';

/** Where an error is: the map or list, the entry in it, and how people would name the entry. */
export type Spot = {
  readonly parent: object;
  readonly key: string;
  readonly label: string;
  readonly value: unknown;
  /** The keys that lead there. */
  readonly path: readonly string[];
  /** The field that the entry states, or that it is a part of. */
  readonly field: ReturnType<typeof fieldAt>;
  readonly tree: Tree;
};

/** What to say about an error; where nothing else is given, it is at the entry's value. Null: another error says it. */
export type Explained = {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Position;
} | null;

export type Explain = (error: SchemaError, spot: Spot) => Explained;

/** The place that these keys lead to. */
export function spotOf(path: readonly string[], tree: Tree): Spot {
  let parent: object = {};
  let value: unknown = tree.data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) break;
    parent = value;
    value = memberOf(value, key);
  }
  const shortened = path[0] === 'partners' ? path.slice(1) : path;
  return {
    parent,
    key: path.at(-1) ?? '',
    label: labelOf(shortened.length > 0 ? shortened : path) || 'The file',
    value,
    path,
    field: fieldAt(path[0] === 'partners' ? path.slice(2) : path.slice(1)),
    tree,
  };
}

/** `globex.ignore[0]`. */
function labelOf(path: readonly string[]): string {
  return path
    .map((key, at) => (at > 0 && /^\d+$/.test(key) ? `[${key}]` : `${at === 0 ? '' : '.'}${key}`))
    .join('');
}

/** A missing key is the fault of the map's own key; the file's own map has none. */
export function keyPosition(spot: Spot): Position {
  return spot.key === '' ? spot.tree.start : spot.tree.keyAt(spot.parent, spot.key);
}

/** The value as a message shows it. */
export function shown({ value }: Spot): string {
  if (typeof value === 'object' && value !== null) return kindOf(value);
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 100)}…"`;
}

export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : 'a boolean';
}

/** The hint of last resort: what the schema gives as an example, where it gives one. */
export function exampleFor({ parentSchema }: SchemaError, { key }: Spot): { readonly hint?: string } {
  const examples: unknown = parentSchema?.examples;
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (example === undefined || key === '') return {};
  return { hint: `For example: ${key}: ${inFlow(example)}` };
}

/** Plain data on one line, as YAML has it. */
function inFlow(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(inFlow).join(', ')}]`;
  if (typeof data !== 'object' || data === null) return String(data);
  return `{ ${Object.entries(data)
    .map(([key, value]) => `${key}: ${inFlow(value)}`)
    .join(', ')} }`;
}
