/** Commands that hints name are to work on the same files: they repeat the -f of the command that shows them. */
import type { Plan } from '../plan/plan.ts';
import { Failure, type Problem } from '../problem.ts';
import { shellWord } from '../shell-word.ts';
import type { MaybeGiven } from './options.ts';

export type FilesGiven = MaybeGiven<'file'> & {
  /** The options that nobody gave. */
  readonly defaulted: ReadonlySet<string>;
};

const command =
  /\bintrowctl (?:accept|apply|drift|edit|export|fmt|history|import|pin|plan|rename|set|validate)\b/g;

/** The text, in which commands that read files name those that were given; as it is where the default was read. */
export function repeatFiles(text: string, { file = [], defaulted }: FilesGiven): string {
  if (defaulted.has('file')) return text;
  const files = file.map((path) => ` -f ${shellWord(path)}`).join('');
  return text.replace(command, (found) => `${found}${files}`);
}

/** The same for all hints of a plan. */
export function repeatFilesIn(plan: Plan, given: FilesGiven): Plan {
  if (given.defaulted.has('file')) return plan;
  const inMessage = <Each extends { readonly message: string }>(each: Each): Each => ({
    ...each,
    message: repeatFiles(each.message, given),
  });
  return {
    ...plan,
    blocked: plan.blocked.map((each) => inHint(each, given)),
    warnings: plan.warnings.map(inMessage),
    changes: plan.changes.map((change) =>
      change.warnings.length === 0 ? change : { ...change, warnings: change.warnings.map(inMessage) },
    ),
  };
}

/** The same for a failure. */
export function repeatFilesOf(failed: Failure, given: FilesGiven): Failure {
  const [first, ...others] = failed.problems;
  const problems = [inHint(first, given), ...others.map((each) => inHint(each, given))] as const;
  return new Failure(problems, failed);
}

/** The same for one hint. */
export function inHint<Each extends Pick<Problem, 'hint'>>(each: Each, given: FilesGiven): Each {
  return { ...each, hint: repeatFiles(each.hint, given) };
}
