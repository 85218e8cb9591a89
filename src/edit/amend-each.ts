/** One partner whose line can't be changed alone must not keep the others from being changed. */

import type { DesiredState } from '../desired/state.ts';
import type { Handle } from '../partner.ts';
import { Failure } from '../problem.ts';
import { amend } from './amend.ts';
import type { Amendment, EditedFile } from './amendment.ts';
import type { PartnerEdit } from './partner-edits.ts';

type Edits = ReadonlyMap<Handle, readonly PartnerEdit[]>;

export type AmendedMost = {
  readonly files: readonly EditedFile[];
  /** The partners that were left as they are, each with why. */
  readonly refused: ReadonlyMap<Handle, string>;
};

/** Like amend, but leaves out the partners that can't be changed without changing more than was asked. */
export function amendMost(state: DesiredState, amendment: Amendment): AmendedMost {
  const refused = new Map<Handle, string>();
  return { files: soundPart(state, amendment, refused).files, refused };
}

type Sound = { readonly edits: Edits; readonly files: readonly EditedFile[] };

/** Amends what can be amended: halves the edits until those that fail stand alone, and notes them in `refused`. */
function soundPart(state: DesiredState, amendment: Amendment, refused: Map<Handle, string>): Sound {
  const edits = [...amendment.edits];
  const part = (some: Iterable<readonly [Handle, readonly PartnerEdit[]]>) =>
    soundPart(state, { ...amendment, edits: new Map(some) }, refused);
  try {
    return { edits: amendment.edits, files: amend(state, amendment).files };
  } catch (error) {
    const last = edits.at(-1);
    if (!(error instanceof Failure) || last === undefined) throw error;
    const middle = Math.ceil(edits.length / 2);
    const sound =
      edits.length === 1
        ? []
        : [edits.slice(0, middle), edits.slice(middle)].flatMap((half) => [...part(half).edits]);
    if (sound.length < edits.length && edits.length > 1) return part(sound);
    // It fails alone, or only beside the others, which are no worse without it.
    refused.set(last[0], error.problems[0].message);
    return part(edits.slice(0, -1));
  }
}
