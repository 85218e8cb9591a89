/** --since and --until: dates or git refs. */
import { commitIn } from '../git/base.ts';
import type { Commit } from '../git/commits.ts';
import { git } from '../git/git.ts';
import type { Repository } from '../git/repository.ts';
import { failure } from '../problem.ts';

/** A point in the history: a moment, in milliseconds, or a commit. */
export type Point =
  | { readonly kind: 'date'; readonly time: number }
  | { readonly kind: 'commit'; readonly commit: string };

const day = 24 * 60 * 60 * 1000;

/** What an option names. A date alone is a day in UTC: --since counts from its beginning, --until to its end. */
export async function pointOf(
  { folder }: Repository,
  option: 'since' | 'until',
  text: string,
): Promise<Point> {
  const date = dateIn(text, option);
  const commit = await commitIn(folder, text);
  if (date !== null && commit !== null && !/^[0-9a-f]{7,}$/i.test(text))
    throw failure('USAGE', `--${option} ${text} is a date, and also the name of a git ref here.`, {
      hint: `Write refs/tags/${text} or refs/heads/${text} for the ref, or ${text}T00:00Z for the date.`,
    });
  if (date !== null) return { kind: 'date', time: date };
  if (commit !== null) return { kind: 'commit', commit };
  throw failure(
    'UNKNOWN_REF',
    `--${option} ${JSON.stringify(text)} is neither a date nor a ref that git knows here.`,
    {
      hint: 'Write a date as YYYY-MM-DD, or the name of a branch, a tag or a commit.',
    },
  );
}

function dateIn(text: string, option: 'since' | 'until'): number | null {
  const match = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (match === null) return null;
  const [, time] = match;
  const zoned = time === undefined || /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const at = Date.parse(zoned);
  if (
    Number.isNaN(at) ||
    new Date(Date.parse(text.slice(0, 10))).toISOString().slice(0, 10) !== text.slice(0, 10)
  )
    throw failure('USAGE', `--${option} ${text} is not a date in the calendar.`);
  return time === undefined && option === 'until' ? at + day - 1 : at;
}

/** Whether a commit is in the range. `since` excludes a commit and all that it has; a date includes its own moment. */
export async function rangeOf(
  { folder }: Repository,
  head: string,
  since: Point | null,
  until: Point | null,
): Promise<(commit: Commit) => boolean> {
  const time = ({ committer }: Commit) => Date.parse(committer.date);
  const isEarly = until?.kind === 'date' ? (commit: Commit) => time(commit) <= until.time : () => true;
  if (since === null) return isEarly;
  if (since.kind === 'date') return (commit) => isEarly(commit) && time(commit) >= since.time;
  const { stdout } = await git(folder, ['rev-list', head, `^${since.commit}`]);
  const later = new Set(stdout.toString().split('\n'));
  return (commit) => isEarly(commit) && later.has(commit.id);
}
