/** One partner whose line can't be changed alone must not keep the others from being changed. */
import type { Handle } from '../../partner.ts';
import { Failure } from '../../problem.ts';
import type { DesiredState } from '../state.ts';
import { amend } from './amend.ts';
import type { Amendment, EditedFile } from './amendment.ts';
import type { PartnerEdit } from './partner.ts';

type Edits = ReadonlyMap<Handle, readonly PartnerEdit[]>;

export type AmendedMost = {
  readonly files: readonly EditedFile[];
  /** The partners that were left as they are, each with why. */
  readonly refused: ReadonlyMap<Handle, string>;
};

/** Like amend, but leaves out the partners that can't be changed without changing more than was asked. */
export function amendMost(state: DesiredState, { edits, additions }: Amendment): AmendedMost {
  const refused = new Map<Handle, string>();
  const possible = soundOf(state, edits, refused);
  return { files: amend(state, { edits: possible, additions }).files, refused };
}

/** Halves the edits until those that fail stand alone. */
function soundOf(state: DesiredState, edits: Edits, refused: Map<Handle, string>): Edits {
  const why = refusal(state, edits);
  if (why === null) return edits;
  const [first, ...rest] = edits;
  if (first === undefined) return edits;
  if (rest.length === 0) {
    refused.set(first[0], why);
    return new Map();
  }
  const all = [...edits];
  const middle = Math.ceil(all.length / 2);
  const halves = [all.slice(0, middle), all.slice(middle)].map((half) =>
    soundOf(state, new Map(half), refused),
  );
  return soundOf(state, new Map(halves.flatMap((half) => [...half])), refused);
}

function refusal(state: DesiredState, edits: Edits): string | null {
  try {
    amend(state, { edits, additions: [] });
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.problems[0].message;
    throw error;
  }
}
