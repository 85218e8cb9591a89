/** The files at --base, and what can be in doubt about them. */
import type { DesiredState } from '../desired/state.ts';
import { type Base, readBase } from '../git/base.ts';
import { Failure, failure, type Warning, warning } from '../problem.ts';
import type { Args } from './options.ts';

export type LoadedBase = Pick<Base, 'ref' | 'commit'> & {
  readonly state: DesiredState | null;
  readonly warnings: readonly Warning[];
};

/** The files at --base. With --changed and --applied they decide what is planned, so there nothing about them may be in doubt. */
export async function loadBase(args: Args, desired: DesiredState): Promise<LoadedBase | null> {
  if (args.base === undefined) {
    if (args.changed || args.only === 'proposed')
      throw failure('USAGE', `--${args.changed ? 'changed' : 'only proposed'} needs --base.`);
    return null;
  }
  const { loadDesired } = await import('../desired/load.ts');
  const { ref, commit, files, isAncestor } = await readBase(args.file, args.base);
  const warnings: Warning[] = [];
  const strict = args.changed || args.applied !== undefined;
  const doubt = (code: 'BASE_INVALID' | 'BASE_NOT_ANCESTOR', message: string, cause?: unknown) => {
    if (strict)
      throw failure(code, message, {
        cause,
        ...(args.applied === undefined ? {} : { hint: appliedHints[code] }),
      });
    warnings.push(warning(code, message));
  };
  if (files.length === 0) {
    const message = `${ref} has no ${args.file.join(' and no ')}, so every handle counts as new.`;
    warnings.push(warning('BASE_WITHOUT_FILES', message));
  }
  if (isAncestor === 'unknown') {
    const message = `In this shallow clone it can't be told whether ${ref} is an ancestor of HEAD; if it isn't, what only ${ref} has looks like drift.`;
    if (args.applied !== undefined) throw failure('SHALLOW_CLONE', message);
    warnings.push(warning('SHALLOW_CLONE', message));
  } else if (!isAncestor)
    doubt(
      'BASE_NOT_ANCESTOR',
      `${ref} is not an ancestor of HEAD, so what only ${ref} has looks like drift.`,
    );
  try {
    return { ref, commit, state: files.length === 0 ? emptyLike(desired) : loadDesired(files), warnings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [first] = error.problems;
    const where =
      first.position === null ? '' : ` (${first.position.file}:${first.position.line}: ${first.message})`;
    doubt('BASE_INVALID', `The files at ${ref} don't validate${where}, so nothing has an origin.`, error);
    return { ref, commit, state: null, warnings };
  }
}

const appliedHints = {
  BASE_NOT_ANCESTOR: 'A later commit than this one has been applied already: run this on the newest commit.',
  BASE_INVALID:
    'Delete the ref to plan everything that differs, or move it to a commit whose files validate.',
} as const;

/** Where no file existed at the base, every handle is new. */
function emptyLike(desired: DesiredState): DesiredState {
  return { ...desired, partners: new Map(), files: [] };
}
