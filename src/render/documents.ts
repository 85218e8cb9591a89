/**
 * The JSON documents of the commands that have no folder of their own. Each is described by schemas/NAME.schema.json,
 * which a test holds to these types.
 */
import type { Left, Taken } from '../edit/accept.ts';
import type { NamedId } from '../edit/import.ts';
import type { Named } from '../edit/rename.ts';
import type { SetValue } from '../edit/set-fields.ts';
import type { Handle, PartnerId } from '../partner.ts';
import type { Blocked, Cost, Missing } from '../plan/plan.ts';
import type { Problem, Warning } from '../problem.ts';

/** A file that is changed, or would be: its unified diff. */
export type FilePatch = { readonly path: string; readonly patch: string };

/** What showing edits adds to a document. */
export type WithFiles<Document> = Document & { readonly files: readonly FilePatch[] };

/** What accept prints. */
export type AcceptDocument = {
  readonly taken: readonly Taken[];
  /** Live values that the files can't take over. */
  readonly left: readonly Left[];
  readonly missing: readonly Missing[];
  readonly doubts: readonly Blocked[];
  readonly cost: Cost;
};

/** A value that edit or set changes. */
export type ChangedValue = SetValue & {
  /** What the sheet says under reason. */
  readonly reason: string | null;
};

/** What edit and set print. */
export type EditDocument = {
  readonly changes: readonly ChangedValue[];
  /** The handles of new partners. */
  readonly added: readonly string[];
  /** The columns of the sheet that are no field. */
  readonly otherColumns: readonly string[];
};

/** What rename prints. */
export type RenameDocument = { readonly renamed: Named };

/** What pin prints. */
export type PinDocument = {
  readonly pinned: Readonly<Record<string, PartnerId>>;
  /** Handles whose pins move to the file of --into. */
  readonly moved: readonly Handle[];
  /** Handles that can't be pinned. */
  readonly left: readonly { readonly address: Handle; readonly why: string }[];
  readonly doubts: readonly Blocked[];
  readonly cost: Cost;
};

/** What import prints. */
export type ImportDocument = {
  /** The new handles. */
  readonly imported: readonly string[];
  /** New names in the catalog, for ids that Introw returned with a name. */
  readonly named: readonly NamedId[];
  readonly doubts: readonly Blocked[];
  readonly cost: Cost;
};

/** What fmt prints. */
export type FmtDocument = {
  /** The paths of the files that weren't formatted. */
  readonly formatted: readonly string[];
};

/** What validate prints for valid files; for others it is the error document. */
export type ValidateDocument = {
  readonly valid: true;
  /** How many partners the files have. */
  readonly partners: number;
  readonly files: readonly string[];
  /** What is valid and probably not meant. */
  readonly warnings: readonly Warning[];
};

/** What any command prints that fails with --format json. */
export type ErrorDocument = {
  /** The first problem, with the number of the others in its message. */
  readonly error: Pick<Problem, 'code' | 'message' | 'hint'> & { readonly problems: readonly Problem[] };
};
