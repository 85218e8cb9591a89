/** A plan as the body of a pull-request comment, an issue or a job summary. */

import { count } from '../english.ts';
import { identities, isPublishing } from '../fields.ts';
import { isNone, type Json } from '../json.ts';
import type { Change, FieldChange, Plan } from '../plan/plan.ts';
import type { Position, Problem } from '../problem.ts';
import { leads } from '../problem-codes.ts';
import { spelledOut } from '../spelled-out.ts';
import { fenced, markdownText, roomFor } from './markdown-text.ts';
import { summaryOfMoves } from './moves-lines.ts';
import { type Part, partsOf } from './sections.ts';
import { headline, totals } from './summary-lines.ts';
import { blameText, conflictText, named, namedValue, shortened, sourceText } from './value.ts';

/** The most that GitHub takes as a comment or an issue, in characters. */
export const commentLimit = 65_536;

/** What surrounds the changes: headings, table heads, fences and folds. */
const framing = 700;

/** By this, the comment is found again and updated in place. */
export const marker = (kind: Plan['kind']) => `<!-- introwctl:${kind} -->`;

export function planMarkdown(plan: Plan, limit = commentLimit): string {
  const head = [marker(plan.kind), `### ${headline(plan)}`, ...alerts(plan, limit / 4), ...moves(plan)].join(
    '\n\n',
  );
  const tail = [...totals(plan), about(plan)].filter((line) => line !== '').join('  \n');
  const room = roomFor(limit - head.length - tail.length - framing);
  const [first, second] = partsOf(plan);
  const fitting = (part: Part) => ({
    ...part,
    changes: room.take(part.changes, (change) => lengthOf(change, part.moved)),
  });
  const parts = [fitting(first), fitting(second)] as const;
  const left = [first, second].reduce(
    (sum, part, index) => sum + part.changes.length - (parts[index]?.changes.length ?? 0),
    0,
  );
  const body = [
    head,
    leading(parts[0]),
    following(parts[1], second.changes.length),
    left === 0
      ? ''
      : `${count(left, 'more change')} did not fit here; the ${plan.kind} in the job's log has them all.`,
    ...lists(plan).flatMap(({ title, rows, all }) => foldedList(title, rows, all ?? rows.length, room.take)),
    tail,
  ];
  return `${body.filter((part) => part !== '').join('\n\n')}\n`;
}

export function problemsMarkdown(problems: readonly Problem[]): string {
  const rows = problems.map(({ code, message, hint, position }) => {
    const place =
      position === null ? '' : `${markdownText(position.file)}:${position.line}:${position.column} `;
    return `- ${place}**${code}** ${markdownText(message)} ${markdownText(hint)}`;
  });
  return `### ${count(problems.length, 'problem')}\n\n${rows.join('\n')}\n`;
}

/** What must be read before anything else, in the order of its weight. */
function alerts(plan: Plan, limit: number): string[] {
  const own = plan.changes.flatMap((change) => change.warnings);
  const [leading, others] = [true, false].map((is) => own.filter(({ code }) => leads(code) === is));
  const all = [
    ...(leading ?? []).map(({ message }) => `> **Look twice:** ${markdownText(message)}`),
    ...plan.blocked.map(
      ({ message, hint, position }) =>
        `> **Apply would refuse:** ${markdownText(message)}${placeOf(position)} ${markdownText(hint)}`,
    ),
    ...[...plan.warnings, ...(others ?? [])].map(({ message }) => `> ${markdownText(message)}`),
  ];
  const shown = roomFor(limit).take(all.slice(0, 20), (alert) => alert.length + 2);
  const left = all.length - shown.length;
  return left === 0 ? shown : [...shown, `> ${count(left, 'more warning')}: see the job's log.`];
}

/** Above the table: who moves where, where that is more than a few partners. */
function moves(plan: Plan): string[] {
  const lines = summaryOfMoves(plan, markdownText).map(({ field, text }) => `- **${field}** ${text}`);
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function placeOf(position: Position | null | undefined): string {
  return position == null ? '' : ` (${markdownText(position.file)}:${position.line})`;
}

function leading({ heading, changes, moved }: Part): string {
  if (changes.length === 0) return '';
  const title = heading === '' ? '' : `**${heading}**\n\n`;
  return `${title}${table(changes, moved)}\n\n${fold('Details: − in Introw, + in the files', details(changes))}`;
}

function following({ heading, changes, moved }: Part, all: number): string {
  return changes.length === 0
    ? ''
    : fold(`${heading} (${count(all, 'partner')})`, `${table(changes, moved)}\n\n${details(changes)}`);
}

/** What a change adds; the fence that all share is part of the framing, unless backticks make it longer. */
function lengthOf(change: Change, moved: boolean): number {
  return tableRow(change, moved).length + details([change]).length - fenced('diff', []).length + 1;
}

function table(changes: readonly Change[], moved: boolean): string {
  const rows = changes.map((change) => tableRow(change, moved));
  return [`| | Partner | ${moved ? 'Field' : 'Change'} | Where |`, '|---|---|---|---|', ...rows].join('\n');
}

function tableRow(change: Change, moved: boolean): string {
  const shown = change.fields.filter(
    (row) => change.action !== 'create' || row.field !== identities.name.name,
  );
  const fields = shown.map((row) => (moved ? movedCell(row) : cell(row, change.action === 'create')));
  const where = `${markdownText(change.position.file)}:${change.position.line}`;
  const word = moved ? { create: 'absent', update: 'moved', none: '' }[change.action] : change.action;
  return `| ${word} | ${markdownText(change.address)} · ${markdownText(change.name)} | ${fields.join('<br>')} | ${where} |`;
}

function cell(row: FieldChange, isCreate: boolean): string {
  const from = isCreate || row.writeOnly ? '' : `${valueCell(row.beforeName, row.before)} → `;
  const publishes = isPublishing(row.field) ? ', **publishes the portal**' : '';
  const source = isCreate ? null : sourceText(row, markdownText);
  return `${row.field}: ${from}${valueCell(row.afterName, row.after)}${publishes}${source === null ? '' : `, ${source}`}${notes(row)}`;
}

/** An arrow would read as what Introw did, and mean what apply would do. */
function movedCell(row: FieldChange): string {
  if (row.writeOnly) return cell(row, false);
  return `${row.field} is ${valueCell(row.beforeName, row.before)}, the files say ${valueCell(row.afterName, row.after)}${notes(row)}`;
}

function valueCell(name: string | null, value: Json): string {
  return name === null && isNone(value) ? '*none*' : markdownText(shortened(named(name, value)));
}

function notes(row: FieldChange): string {
  const conflict =
    row.origin === 'conflict' ? `, **changed on both sides**${markdownText(conflictText(row))}` : '';
  return `${conflict}${row.known === true ? ' (known)' : ''}`;
}

/** Coloured as a diff: what Introw has goes out, what the files say comes in. */
function details(changes: readonly Change[]): string {
  return fenced('diff', changes.flatMap(detailsOf));
}

function detailsOf(change: Change): string[] {
  const id = change.partner === null ? '' : `  (${change.partner.id})`;
  const since = change.fields.find((row) => row.since != null)?.since;
  const changed = since == null ? '' : `  last changed in Introw on ${since.slice(0, 10)}`;
  const width = Math.max(...change.fields.map((row) => row.field.length));
  const rows = change.fields.flatMap((row) => {
    const field = row.field.padEnd(width);
    const before = `-   ${field}  ${namedValue(row.beforeName, row.before)}`;
    const after = `+   ${field}  ${namedValue(row.afterName, row.after)}`;
    const lines = change.action === 'create' || row.writeOnly ? [after] : [before, after];
    return row.blame == null ? lines : [...lines, `      ${blameText(row.blame)}`];
  });
  const sign = change.action === 'create' ? '+' : ' ';
  return [`${sign} ${change.address}  ${change.name}${id}${changed}`, ...rows];
}

/** Far more than anybody reads in a comment, and little of its room. */
const mostUnmanaged = 50;

type List = { readonly title: string; readonly rows: readonly string[]; readonly all?: number };

function lists(plan: Plan): List[] {
  return [
    {
      title: 'In the files, and not in Introw',
      rows: plan.missing.map((each) => `${each.address}${each.known ? ' (known)' : ''}`),
    },
    {
      title: 'Released: no longer in the files, still in Introw',
      rows: plan.released.map((each) => each.address),
    },
    {
      title: 'Left as it is in Introw by --only proposed',
      rows: (plan.leftAlone ?? []).map(
        ({ address, fields }) => `${address}: ${fields.join(', ') || 'absent'}`,
      ),
    },
    {
      title: 'Resolved since',
      rows: plan.settled.map((each) => `${each.address}${each.field === null ? '' : ` ${each.field}`}`),
    },
    {
      title: 'In Introw, not in any file',
      rows: plan.unmanaged.slice(0, mostUnmanaged).map(({ id, name, domain }) => {
        const at = domain === null ? '' : ` (${spelledOut(domain)})`;
        return `${name === null ? '(no name)' : spelledOut(name)}${at} ${id}`;
      }),
      all: plan.unmanaged.length,
    },
  ];
}

function foldedList(
  title: string,
  rows: readonly string[],
  all: number,
  take: ReturnType<typeof roomFor>['take'],
) {
  if (rows.length === 0) return [];
  const items = rows.map((row) => `- ${markdownText(row)}`);
  const shown = take(items, (item) => item.length + 1);
  const left = all - shown.length;
  return [fold(`${title} (${all})`, [...shown, ...(left === 0 ? [] : [`- and ${left} more`])].join('\n'))];
}

function fold(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Which organisation, and compared with what. */
function about({ organisation, source }: Plan): string {
  const base =
    source.base === null
      ? []
      : [`compared with ${markdownText(source.base.ref)} (${markdownText(source.base.commit.slice(0, 8))})`];
  return [...(organisation.name === null ? [] : [markdownText(organisation.name)]), ...base].join(' · ');
}
