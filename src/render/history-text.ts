/** A history for people: first the answers, then what changed, the newest first. */
import type { FieldStep, Stated } from '../history/changes.ts';
import type {
  Answer,
  Applied,
  CommitRef,
  History,
  HistoryChange,
  HistoryEntry,
  Run,
} from '../history/history.ts';
import { isBeyond } from '../history/history-fields.ts';
import { count } from './english.ts';
import { look, type Style } from './style.ts';
import { named, shortened } from './value.ts';
import { wrap } from './wrap.ts';

export function historyText(history: History, style: Style): string {
  const blocks = [
    answersText(history, style),
    ...history.entries.map((entry) => entryText(entry, style)),
    runsText(history, style),
    endings(history).join('\n'),
  ];
  return wrap(`${blocks.filter((block) => block !== '').join('\n\n')}\n`, style);
}

/** The answers to one question on three lines; to several on a line each. */
function answersText(history: History, style: Style): string {
  const parts = history.answers.map((answer) => answerParts(answer, history, style));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.map(sentence).join('\n  ');
  return parts.map((each) => sentence(each.join('; '))).join('\n');
}

function sentence(text: string, index = 0): string {
  return `${index === 0 ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`}`;
}

/** Since when a value is what it is, who decided it, and whether it was applied. */
function answerParts(
  { partner, field, value, since, setIn, applied }: Answer,
  history: History,
  style: Style,
): string[] {
  const what = `${look(style, 'bold', partner)}: ${field} is ${look(style, 'bold', statedText(value))}`;
  if (since === null)
    return [`${what} since before ${dayOf(history.begins?.date ?? '')}, where this history begins`];
  const by = setIn ?? since;
  return [
    `${what} since ${dayOf(since.date)}`,
    `set by ${by.author.name} in ${commitText(by)}`,
    ...(history.recorded === 'no' ? [] : [appliedText(applied) ?? 'there is nothing to apply']),
  ];
}

const becoming = {
  applied: 'applied',
  adopted: 'applied, by adopting a partner that Introw had',
  kept: 'sent, but Introw kept another value,',
  failed: 'not applied: it failed',
  unknown: 'perhaps applied: the answer was lost',
  skipped: 'not applied: it was never sent',
  unchanged: 'in Introw already',
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

function commitText({ commit, subject, url, review }: CommitRef): string {
  const link = review?.url ?? url;
  return `${commit.slice(0, 8)}: ${subject}${link === null ? '' : `  ${link}`}`;
}

function entryText(entry: HistoryEntry, style: Style): string {
  const { author, committer, commit, subject, bridged } = entry;
  const by = author.name === committer.name ? author.name : `${author.name}, committed by ${committer.name}`;
  const link = entry.review?.url ?? entry.url;
  const lines = [
    `${look(style, 'bold', dayOf(entry.date))}  ${look(style, 'yellow', commit.slice(0, 8))}  ${by}: ${subject}`,
    ...(link === null ? [] : [`  ${look(style, 'dim', link)}`]),
    ...(bridged.length === 0 ? [] : [`  ${bridgedText(bridged)}`]),
    ...changesText(entry.changes),
  ];
  return lines.join('\n');
}

function bridgedText(bridged: readonly string[]): string {
  const commits = bridged.slice(0, 3).map((commit) => commit.slice(0, 8));
  const more = bridged.length > 3 ? ` and ${bridged.length - 3} more` : '';
  return `Here or in ${commits.join(', ')}${more}, whose files don't validate:`;
}

/** Notes are not fetched by themselves. */
const fetchRecords = 'git fetch origin refs/notes/introw:refs/notes/introw';

const mostNamed = 10;

/** Each change, with those that are the same for many partners on one line. */
function changesText(changes: readonly HistoryChange[]): string[] {
  const lines = new Map<string, string[]>();
  for (const change of changes)
    for (const line of linesOf(change)) lines.set(line, [...(lines.get(line) ?? []), change.partner]);
  return [...lines].map(([line, partners]) => {
    if (partners.length === 1) return `  ${partners[0]}  ${line}`;
    const shown = partners.slice(0, mostNamed).join(', ');
    const more = partners.length > mostNamed ? ` and ${partners.length - mostNamed} more` : '';
    return `  ${line}, for ${count(partners.length, 'partner')}: ${shown}${more}`;
  });
}

function linesOf({ kind, handle, partner, from, fields }: HistoryChange): string[] {
  const called = handle === partner ? [] : [`then called ${handle}`];
  switch (kind) {
    case 'added': {
      const values = fields.map(({ field, after }) => `${field} ${statedText(after)}`);
      const became = new Set(fields.flatMap(({ applied }) => appliedText(applied) ?? []));
      const all =
        became.size === 1 && fields.every(({ applied, field }) => applied !== null || isBeyond(field));
      return [[[`added`, ...called, ...values].join(', '), ...(all ? became : [])].join('; ')];
    }
    case 'removed':
      return [['removed from the files', ...called].join(', ')];
    case 'changed':
      return [
        ...(from === null ? [] : [`renamed from ${from}${handle === partner ? '' : ` to ${handle}`}`]),
        ...fields.map((step) =>
          [stepText(step), setterText(step.setIn) ?? [], appliedText(step.applied) ?? []].flat().join('; '),
        ),
      ];
  }
}

/** In a merge: who decided it on the branch. */
function setterText(setIn: CommitRef | null): string | null {
  return setIn === null ? null : `by ${setIn.author.name} in ${setIn.commit.slice(0, 8)}: ${setIn.subject}`;
}

const sources = { partner: '', defaults: ', by the defaults', catalog: ', by the catalog' } as const;

/** `tier: silver → gold (tier_1 → tier_2)`. */
function stepText({ field, before, after, source }: FieldStep): string {
  return `${field}: ${statedText(before)} → ${statedText(after)}${sources[source]}`;
}

/** A value by its catalog name and id. */
function statedText(stated: Stated): string {
  if (stated === null) return '(not stated)';
  const text = shortened(named(stated.name, stated.value));
  return stated.name === null ? text : `${text} (${shortened(named(null, stated.value))})`;
}

/** A run in one line: when it was, what it applied, and what it came to. */
function runText({ finishedAt, commit, url, stopped, results }: Run): string {
  const counts = new Map<string, number>();
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
  const done =
    results.length === 0 ? 'nothing to do' : [...counts].map(([status, n]) => `${n} ${status}`).join(', ');
  const end = stopped === null ? '' : `, stopped (${stopped})`;
  const minute = finishedAt.slice(0, 16).replace('T', ' ');
  return `  ${minute}  ${commit.slice(0, 8)}  ${done}${end}${url === null ? '' : `  ${url}`}`;
}

function runsText({ runs }: History, style: Style): string {
  if (runs === undefined) return '';
  const lines = runs.length === 0 ? ['  none'] : runs.map(runText);
  return [look(style, 'bold', 'Applies that are recorded (UTC)'), ...lines].join('\n');
}

function endings({ begins, entries, invalid, answers, recorded }: History): string[] {
  return [
    ...(entries.length === 0 && answers.length === 0 ? ['Nothing changed.'] : []),
    ...(invalid.length === 0
      ? []
      : [
          `${count(invalid.length, 'commit')} ${invalid.length === 1 ? 'has' : 'have'} files that don't validate:`,
          ...invalid.slice(0, mostNamed).map(({ commit, date, problem: { message, position } }) => {
            const place = position === null ? '' : `${position.file}:${position.line}: `;
            return `  ${commit.slice(0, 8)}, ${dayOf(date)}: ${place}${message}`;
          }),
          ...(invalid.length > mostNamed ? [`  and ${invalid.length - mostNamed} more`] : []),
        ]),
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

export function dayOf(date: string): string {
  return date.slice(0, 10);
}
