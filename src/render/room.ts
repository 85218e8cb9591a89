/** A text's room, in UTF-16 units: never fewer than the characters that a limit counts. */
export type Room = {
  /** As many of the first items as still fit, whole. */
  readonly take: <T>(items: readonly T[], lengthOf: (item: T) => number) => T[];
};

export function roomFor(characters: number): Room {
  let left = characters;
  return {
    take: (items, lengthOf) => {
      const fitting = items.findIndex((item) => {
        const length = lengthOf(item);
        if (length > left) return true;
        left -= length;
        return false;
      });
      return items.slice(0, fitting === -1 ? items.length : fitting);
    },
  };
}
