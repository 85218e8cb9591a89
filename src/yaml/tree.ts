/** The plain data of a file with its positions. It is apart from the parser, whose types no program is to need. */
import type { Position } from '../problem.ts';

/** Plain data of one file, and where each of its parts is. */
export type Tree = {
  readonly file: string;
  /**
   * Objects without a prototype, arrays and scalars. What aliases repeat is shared, not copied. `undefined` is a value
   * that was refused, in what is left of a file that is wrong.
   */
  readonly data: unknown;
  /** How the source spells the value at an entry, where it is a scalar. */
  readonly spelled: (parent: object, key: string) => string | null;
  readonly keyAt: (parent: object, key: string) => Position;
  readonly valueAt: (parent: object, key: string) => Position;
  /** Whether an entry was merged in with `<<`, so that what the map says itself wins. */
  readonly isMerged: (parent: object, key: string) => boolean;
  /** Keys that were taken out of a map since they mean nothing; none of a file that is right. */
  readonly removed: (map: object) => readonly string[];
  readonly start: Position;
};
