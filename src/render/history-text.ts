/** A history for people: first the answers, then what changed, the newest first. */
import type { FieldStep, Stated } from '../history/changes.ts';
import type { Answer, CommitRef, History, HistoryChange, HistoryEntry } from '../history/history.ts';
import { count } from './english.ts';
import { look, type Style } from './style.ts';
import { named, shortened } from './value.ts';
import { wrap } from './wrap.ts';

export function historyText(history: History, style: Style): string {
  const blocks = [
    history.answers.map((answer) => answerText(answer, history, style)).join('\n'),
    ...history.entries.map((entry) => entryText(entry, style)),
    endings(history).join('\n'),
  ];
  return wrap(`${blocks.filter((block) => block !== '').join('\n\n')}\n`, style);
}

/** `acme: tier is silver since 2026-03-02, set by Jamie Doe in 1a2b3c4d: Promote Acme (#42)`. */
function answerText({ partner, field, value, since, setIn }: Answer, history: History, style: Style): string {
  const what = `${look(style, 'bold', partner)}: ${field} is ${look(style, 'bold', statedText(value))}`;
  if (since === null)
    return `${what} since before ${dayOf(history.begins?.date ?? '')}, where this history begins.`;
  const by = setIn ?? since;
  return `${what} since ${dayOf(since.date)}, set by ${by.author.name} in ${commitText(by)}`;
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
      return [[`added`, ...called, ...values].join(', ')];
    }
    case 'removed':
      return [['removed from the files', ...called].join(', ')];
    case 'changed':
      return [
        ...(from === null ? [] : [`renamed from ${from}${handle === partner ? '' : ` to ${handle}`}`]),
        ...fields.map(stepText),
      ];
  }
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

function endings({ begins, entries, invalid, answers }: History): string[] {
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
