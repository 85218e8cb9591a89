/** The files at --base, and what can be in doubt about them. */
import type { DesiredState } from '../desired/state.ts';
import type { SourceFile } from '../files/read.ts';
import { type Base, readBase } from '../git/base.ts';
import type { Handle } from '../partner.ts';
import type { BaseState } from '../plan/base.ts';
import { touchedHandles } from '../plan/changed-handles.ts';
import { type Doubt, doubt } from '../plan/doubts.ts';
import { Failure, failure, type Warning, warning } from '../problem.ts';
import type { Given, MaybeGiven } from './options.ts';

export type LoadedBase = Pick<Base, 'ref' | 'commit'> & {
  /** Null where the files at the base don't validate. */
  readonly state: BaseState | null;
  readonly warnings: readonly Warning[];
};

/**
 * The files at --base. Where they decide what is planned (--changed, --only proposed, --applied), nothing about them may
 * be in doubt.
 */
export async function loadBase(
  args: Given<'file'> & MaybeGiven<'base' | 'applied' | 'changed' | 'only'>,
  desired: DesiredState,
): Promise<LoadedBase | null> {
  if (args.base === undefined) {
    if (args.changed || args.only === 'proposed')
      throw failure('USAGE', `--${args.changed ? 'changed' : 'only proposed'} needs --base.`);
    return null;
  }
  const { ref, commit, files, isAncestor } = await readBase(args.file, args.base);
  const warnings: Warning[] = [];
  const strict = args.changed || args.only === 'proposed' || args.applied !== undefined;
  const refuseOrWarn = (code: 'BASE_INVALID' | 'BASE_NOT_ANCESTOR', message: string, cause?: unknown) => {
    if (strict)
      throw failure(code, message, {
        cause,
        ...(args.applied === undefined ? {} : { hint: appliedHints[code] }),
      });
    warnings.push(warning(code, message));
  };
  if (isAncestor === 'unknown') {
    const message = `In this shallow clone it isn't known whether ${ref} is an ancestor of HEAD; if it isn't, what only ${ref} has looks like drift.`;
    if (args.applied !== undefined) throw failure('SHALLOW_CLONE', message);
    warnings.push(warning('SHALLOW_CLONE', message));
  } else if (!isAncestor)
    refuseOrWarn(
      'BASE_NOT_ANCESTOR',
      `${ref} is not an ancestor of HEAD, so what only ${ref} has looks like drift.`,
    );
  try {
    const state = await stateAt(commit, files, desired);
    if (state.partners.size === 0 && files.length === 0) {
      const message = `${ref} has no ${args.file.join(' and no ')}, so every handle counts as new.`;
      warnings.push(warning('BASE_WITHOUT_FILES', message));
    }
    return { ref, commit, state, warnings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [first] = error.problems;
    // Files that can't be read say nothing of whether they are valid.
    if (first.code === 'GIT_FAILED') throw error;
    const where =
      first.position === null ? '' : ` (${first.position.file}:${first.position.line}: ${first.message})`;
    refuseOrWarn(
      'BASE_INVALID',
      `The files at ${ref} don't validate${where}, so nothing has an origin.`,
      error,
    );
    return { ref, commit, state: null, warnings };
  }
}

const appliedHints = {
  BASE_NOT_ANCESTOR: 'A later commit than this one has been applied already: run this on the newest commit.',
  BASE_INVALID:
    'Delete the ref to plan everything that differs, or move it to a commit whose files validate.',
} as const;

/**
 * What the base said. Where the named files don't say there what today's files say, files that are gone since are read
 * too: renaming, moving, splitting and joining files is no change.
 */
async function stateAt(
  commit: string,
  named: readonly SourceFile[],
  desired: DesiredState,
): Promise<BaseState> {
  const { partners: now } = desired;
  const { loadDesired } = await import('../desired/load.ts');
  const alone = named.length === 0 ? noPartners : attempt(() => loadDesired(named));
  if (!(alone instanceof Failure) && touchedHandles(alone, desired).size === 0) return alone;
  const { readGoneFiles } = await import('../git/gone-files.ts');
  const here = new Set(named.map(({ path }) => path));
  const gone = (await readGoneFiles(commit)).filter(({ path }) => !here.has(path));
  if (gone.length === 0) {
    if (alone instanceof Failure) throw alone;
    return alone;
  }
  const { explainHandles } = await import('../desired/moved-files.ts');
  const { partners, fromGone, unclear } = explainHandles(named, gone, now);
  const doubts = new Map<Handle, Doubt>();
  for (const [handle, why] of unclear) {
    const partner = now.get(handle);
    const message = `What the base said of ${handle} is unclear: ${why}.`;
    if (partner !== undefined) doubts.set(handle, doubt('BASE_AMBIGUOUS', partner, message));
  }
  return { partners, explainOnly: fromGone, doubts };
}

const noPartners: BaseState = { partners: new Map() };

function attempt<T>(load: () => T): T | Failure {
  try {
    return load();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
