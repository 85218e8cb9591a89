/** JSON that was damaged: as text, or so that it is JSON and says something else. */
import fc from 'fast-check';
import { isObject } from '../../src/json.ts';

/** The pieces that matter to whoever reads JSON. */
export const jsonTokens = [
  ...['"', '\\', '\\u0000', '\\ud800', '{', '}', '[', ']', ',', ':', 'null', 'true', '1e999', '-0', '""'],
  ...['"__proto__":', '"kind":"drift"', '"formatVersion":"9.0"', '"changes":[]', '[[[[[[', '\u0000'],
];

/** The text of a document in which the value at one place is another. */
export function otherwise(json: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: 200 }), anyValue)
    .map(([at, value]) => JSON.stringify(withValue(JSON.parse(json), at, value)));
}

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', -1, 1e21, [], {}, 'ptn_1', 'create', 'name', '\u202e', [null]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The same document with the value at one place replaced, so that it is JSON and says something else. */
function withValue(json: unknown, at: number, value: unknown): unknown {
  let seen = 0;
  const walk = (node: unknown): unknown => {
    if (seen++ === at) return value;
    if (Array.isArray(node)) return node.map(walk);
    if (isObject(node))
      return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, walk(each)]));
    return node;
  };
  return walk(json);
}
