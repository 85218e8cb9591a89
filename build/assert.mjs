// What yargs uses of node:assert, in place of all of it.
export function strictEqual(one, other, message) {
  if (!Object.is(one, other)) throw new TypeError(message);
}

export function notStrictEqual(one, other, message) {
  if (Object.is(one, other)) throw new TypeError(message);
}
