/**
 * Delta debugging, in its simplest form: bisects a set of edits to find the partners whose edit fails, so that one
 * line that can't be changed by itself keeps nobody else from being changed. Written here because an edit that fails
 * says nothing about the others: the only way to know is to try, and halving tries log₂(n) times for each culprit.
 */

import type { DesiredState } from '../desired/state.ts';
import type { Handle } from '../partner.ts';
import { Failure } from '../problem.ts';
import { amend } from './amend.ts';
import type { Amendment, EditedFile } from './amendment.ts';
import type { PartnerEdit } from './partner-edit.ts';

type Edits = ReadonlyMap<Handle, readonly PartnerEdit[]>;

export type AmendedEach = {
  readonly files: readonly EditedFile[];
  /** What the files then mean. */
  readonly state: DesiredState;
  /** The partners that were left as they are, each with the reason. */
  readonly refused: ReadonlyMap<Handle, string>;
};

/** Like amend, but leaves out the partners that can't be changed without changing more than was asked. */
export function amendEach(state: DesiredState, amendment: Amendment): AmendedEach {
  const refused = new Map<Handle, string>();
  const { files, state: after } = workingPart(state, amendment, refused);
  return { files, state: after, refused };
}

type WorkingPart = Omit<AmendedEach, 'refused'> & { readonly edits: Edits };

/** Makes the edits that can be made: halves them until each one that fails is alone, and puts those in `refused`. */
function workingPart(state: DesiredState, amendment: Amendment, refused: Map<Handle, string>): WorkingPart {
  const edits = [...amendment.edits];
  const part = (some: Iterable<readonly [Handle, readonly PartnerEdit[]]>) =>
    workingPart(state, { ...amendment, edits: new Map(some) }, refused);
  try {
    return { edits: amendment.edits, ...amend(state, amendment) };
  } catch (error) {
    const last = edits.at(-1);
    if (!(error instanceof Failure) || last === undefined) throw error;
    if (edits.length > 1) {
      const middle = Math.ceil(edits.length / 2);
      const halves = [edits.slice(0, middle), edits.slice(middle)];
      const working = halves.flatMap((half) => [...part(half).edits]);
      if (working.length < edits.length) return part(working);
    }
    // It fails alone, or only together with the others, which work without it.
    refused.set(last[0], error.problems[0].message);
    return part(edits.slice(0, -1));
  }
}
