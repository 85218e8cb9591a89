/** Which handles a run is about, and what the options ask for them. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import type { DesiredState, MaxChanges } from '../desired/state.ts';
import type { Handle } from '../partner.ts';
import type { BaseState } from '../plan/base.ts';
import { touchedHandles } from '../plan/changed-handles.ts';
import { type PlanOptions, planDefaults } from '../plan/make-plan.ts';
import { failure } from '../problem.ts';
import type { MaybeGiven } from './options.ts';

/** What chooses the handles; the positionals of accept are handles, and have no other meaning elsewhere. */
export type SelectionArgs = MaybeGiven<'target' | 'exclude' | 'changed'> & {
  readonly positionals: readonly string[];
};

/** What decides what is done with them. */
export type JudgementArgs = MaybeGiven<
  'publish' | 'only' | 'overwrite-conflicts' | 'recreate' | 'max-changes'
>;

/** Handles from an option, commas allowed; each must be in the files. */
function handlesFrom(
  option: string,
  given: readonly string[] | undefined,
  desired: DesiredState,
  words: readonly string[] = [],
): Set<Handle> {
  const handles = new Set<Handle>();
  const texts = (given ?? []).flatMap((each) => each.split(',')).map((each) => each.trim());
  if (texts.includes(''))
    throw failure('USAGE', `--${option} has a comma with no handle next to it.`, {
      hint: 'Separate handles with one comma, as in acme,globex; was a variable of the pipeline not set?',
    });
  for (const text of texts) {
    const known = [...desired.partners.keys()].find((handle) => handle === text);
    if (known === undefined) {
      const isWord = words.some((word) => word.split(',').some((each) => each.trim() === text));
      throw unknownHandle(option, text, desired, isWord);
    }
    handles.add(known);
  }
  return handles;
}

/** `isWord` where it was given as a word of its own, as accept takes it. */
function unknownHandle(option: string, text: string, desired: DesiredState, isWord: boolean) {
  const meant = nearest(text, desired.partners.keys());
  const named = JSON.stringify(text);
  const what = isWord
    ? `No file has a handle ${named}.`
    : `--${option} names ${named}, which isn't in any file.`;
  return failure('UNKNOWN_HANDLE', `${what}${didYouMean(meant)}`);
}

/** The handles that --target, --exclude and --changed leave; null when none of them is given. */
export function selectionOf(
  args: SelectionArgs,
  desired: DesiredState,
  base: BaseState | null,
): Set<Handle> | null {
  const targets = handlesFrom('target', args.target, desired, args.positionals);
  const excluded = handlesFrom('exclude', args.exclude, desired);
  const touched = args.changed && base !== null ? touchedHandles(base, desired) : null;
  if (targets.size === 0 && excluded.size === 0 && touched === null) return null;
  const asked = [...desired.partners.keys()].filter(
    (handle) => (targets.size === 0 || targets.has(handle)) && !excluded.has(handle),
  );
  if (asked.length === 0 && desired.partners.size > 0)
    throw failure(
      'USAGE',
      `--exclude leaves out every handle${targets.size === 0 ? '' : ' that --target names'}.`,
      {
        hint: 'Leave one of them out of --exclude.',
      },
    );
  const chosen = asked.filter((handle) => touched?.has(handle) ?? true);
  return new Set(chosen);
}

export function planOptions(args: JudgementArgs, desired: DesiredState): PlanOptions {
  return {
    publish: handlesFrom('publish', args.publish, desired),
    only: args.only ?? planDefaults.only,
    overwriteConflicts: args['overwrite-conflicts'] ?? false,
    recreate: args.recreate ?? false,
    maxChanges: maxChangesFrom(args['max-changes']),
  };
}

/** What --max-changes gives; null where it isn't given. */
export function maxChangesFrom(text: string | undefined): MaxChanges | null {
  if (text === undefined) return null;
  const match = /^(?:(\d{1,6})|(100|\d{1,2})%)$/.exec(text);
  if (match === null)
    throw failure(
      'USAGE',
      `--max-changes takes a number or a share such as 30%, not ${JSON.stringify(text)}.`,
    );
  return match[1] === undefined ? { percent: Number(match[2]) } : { partners: Number(match[1]) };
}
