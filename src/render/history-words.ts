/** What a history says in words, for every format that people read. */

import { count, firstOf } from '../english.ts';
import type { FieldStep, Stated } from '../history/changes.ts';
import type { Answer, Applied, CommitRef, History, HistoryChange, Run } from '../history/history.ts';
import { isBeyond } from '../history/history-fields.ts';
import { named, shortened } from './value.ts';

/** Dates are shown as days in UTC. */
export function dayOf(date: string): string {
  return date.slice(0, 10);
}

/** How many handles, commits or lines are listed before the rest is only counted. */
export const mostNamed = 10;

/** A value by its catalog name and id: `silver (tier_123)`. */
export function statedText(stated: Stated): string {
  if (stated === null) return '(not stated)';
  const text = shortened(named(stated.name, stated.value));
  return stated.name === null ? text : `${text} (${shortened(named(null, stated.value))})`;
}

/** The answers, with one for a partner that no file has any more. */
export function answersOf({ answers, entries }: History): readonly Answer[] {
  const removals = entries.flatMap(({ commit, changes }) =>
    changes.filter(({ kind }) => kind === 'removed').map(({ partner }) => `${partner} ${commit}`),
  );
  const isGone = ({ partner, value, since }: Answer) =>
    value === null && since !== null && removals.includes(`${partner} ${since.commit}`);
  const seen = new Set<string>();
  return answers.filter((answer) => {
    if (!isGone(answer)) return true;
    return !seen.has(answer.partner) && seen.add(answer.partner);
  });
}

/** `tier is silver (tier_123)`, with the value as `emphasised`. */
export function valueIsText({ field, value }: Answer, emphasised: (text: string) => string): string {
  return value === null ? `${field} is stated in no file` : `${field} is ${emphasised(statedText(value))}`;
}

/** Since when, who decided it, and whether it was applied; without the value itself. */
export function answerParts({ value, since, setIn, applied }: Answer, history: History): string[] {
  if (since === null) return [`since before ${dayOf(history.begins?.date ?? '')}, where this history begins`];
  const by = setIn ?? since;
  return [
    `since ${dayOf(since.date)}`,
    `${value === null ? 'removed' : 'set'} by ${by.author.name} in ${commitText(by)}`,
    ...(value === null ? ['nothing is applied: Introw keeps what it has'] : []),
    ...(value === null || history.recorded === 'no'
      ? []
      : [appliedText(applied) ?? 'there is nothing to apply']),
  ];
}

/** `0a69f4f6: Move Acme to silver (#42)  https://…`. */
function commitText({ commit, subject, url, review }: CommitRef): string {
  const link = review?.url ?? url;
  return `${commit.slice(0, 8)}: ${subject}${link === null ? '' : `  ${link}`}`;
}

/** Who wrote a commit, and who committed it where that was another person: GitHub commits what is merged on its pages. */
export function peopleText({ author, committer }: CommitRef): string {
  const isWebsite = committer.email === 'noreply@github.com';
  return isWebsite || author.name === committer.name
    ? author.name
    : `${author.name}, committed by ${committer.name}`;
}

const becoming = {
  applied: 'applied',
  adopted: 'applied, by adopting a partner that Introw had',
  kept: 'sent, but Introw kept another value,',
  failed: 'not applied: it failed',
  unknown: 'perhaps applied: the answer was lost',
  skipped: 'not applied: it was never sent',
  unchanged: 'already in Introw',
  superseded: 'never applied: another value came first',
  pending: 'not applied yet',
} as const;

/** What became of a value in Introw; null where there is nothing to say. */
export function appliedText(applied: Applied): string | null {
  if (applied === null) return null;
  const { status, run } = applied;
  if (run === null) return becoming[status];
  return `${becoming[status]} on ${dayOf(run.finishedAt)}${run.url === null ? '' : `  ${run.url}`}`;
}

export function bridgedText(bridged: readonly string[]): string {
  const commits = bridged.map((commit) => commit.slice(0, 8));
  return `Here or in ${firstOf(commits, 3)}, whose files don't validate:`;
}

/** A line about a change: what changed, and what became of it. */
type Line = { readonly what: string; readonly after: readonly string[] };

/** The changes of a commit, a line each; what is the same for many partners is one line. */
export function changeLines(changes: readonly HistoryChange[]): string[] {
  const lines = new Map<string, Line & { readonly partners: string[] }>();
  for (const change of changes)
    for (const line of linesOf(change)) {
      const key = JSON.stringify(line);
      const known = lines.get(key);
      if (known === undefined) lines.set(key, { ...line, partners: [change.partner] });
      else known.partners.push(change.partner);
    }
  return [...lines.values()].map(({ what, after, partners }) => {
    const about = partners.length === 1 ? `${partners[0]}  ${what}` : `${what}, for ${handlesText(partners)}`;
    return [about, ...after].join('; ');
  });
}

function handlesText(partners: readonly string[]): string {
  return `${count(partners.length, 'partner')}: ${firstOf(partners, mostNamed)}`;
}

function linesOf({ kind, handle, partner, from, fields }: HistoryChange): Line[] {
  const as = handle === partner ? '' : ` as ${handle}`;
  switch (kind) {
    case 'added': {
      const values = fields.map(({ field, after }) => `${field} ${statedText(after)}`);
      return [{ what: [`added${as}`, ...values].join(', '), after: appliedAlike(fields) }];
    }
    case 'removed':
      return [{ what: `removed from the files${as === '' ? '' : `, where it was ${handle}`}`, after: [] }];
    case 'changed': {
      const renamed = `renamed from ${from}${handle === partner ? '' : ` to ${handle}`}`;
      return [
        ...(from === null ? [] : [{ what: renamed, after: [] }]),
        ...fields.map((step) => ({
          what: stepText(step),
          after: [setterText(step.setIn), appliedText(step.applied)].filter((text) => text !== null),
        })),
      ];
    }
  }
}

/** What became of a new partner, where that is the same for all of its fields. */
function appliedAlike(fields: HistoryChange['fields']): string[] {
  const sent = fields.filter(({ field }) => !isBeyond(field));
  const became = new Set(sent.map(({ applied }) => appliedText(applied)));
  const [only = null] = became;
  return became.size === 1 && only !== null ? [only] : [];
}

const sources = { partner: '', defaults: ', by the defaults', catalog: ', by the catalog' } as const;

/** `tier: silver (tier_1) → gold (tier_2), by the defaults`. */
function stepText({ field, before, after, source }: FieldStep): string {
  return `${field}: ${statedText(before)} → ${statedText(after)}${sources[source]}`;
}

/** In a merge: who decided it on the branch. */
function setterText(setIn: CommitRef | null): string | null {
  return setIn === null ? null : `by ${setIn.author.name} in ${setIn.commit.slice(0, 8)}: ${setIn.subject}`;
}

export const runsTitle = 'Applies that are recorded (UTC)';

/** A run in one line: when it was, which commit it applied, and what it came to. */
export function runLines(runs: readonly Run[]): string[] {
  if (runs.length === 0) return ['none'];
  return runs.map(({ finishedAt, commit, url, stopped, results }) => {
    const counts = new Map<string, number>();
    for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
    const each = [...counts].map(([status, n]) => `${n} ${status}`);
    const done = each.length === 0 ? 'nothing to do' : each.join(', ');
    const end = stopped === null ? '' : `, stopped (${stopped})`;
    const minute = finishedAt.slice(0, 16).replace('T', ' ');
    return `${minute}  ${commit.slice(0, 8)}  ${done}${end}${url === null ? '' : `  ${url}`}`;
  });
}

/** git doesn't fetch notes by default. */
const fetchRecords = 'git fetch origin refs/notes/introw:refs/notes/introw';

/** What the reader must know about the history itself: commits that say nothing, and what isn't here. */
export function remarks({ begins, entries, invalid, answers, recorded }: History): string[] {
  return [
    ...(entries.length === 0 && answers.length === 0 ? ['Nothing changed.'] : []),
    ...invalidLines(invalid),
    ...(recorded === 'yes'
      ? []
      : [
          'What was applied, and when, is not known here: this clone has no record of an apply.',
          `If apply --record wrote some, fetch them: ${fetchRecords}`,
        ]),
    ...(begins?.reason === 'shallow'
      ? [
          `This clone is shallow: the history begins at ${begins.commit.slice(0, 8)}, ${dayOf(begins.date)}. Fetch the rest: git fetch --unshallow`,
        ]
      : []),
  ];
}

function invalidLines(invalid: History['invalid']): string[] {
  if (invalid.length === 0) return [];
  const lines = invalid.slice(0, mostNamed).map(({ commit, date, problem: { message, position } }) => {
    const place = position === null ? '' : `${position.file}:${position.line}: `;
    return `  ${commit.slice(0, 8)}, ${dayOf(date)}: ${place}${message}`;
  });
  const more = invalid.length > mostNamed ? [`  and ${invalid.length - mostNamed} more`] : [];
  const verb = invalid.length === 1 ? 'has' : 'have';
  return [`${count(invalid.length, 'commit')} ${verb} files that don't validate:`, ...lines, ...more];
}
