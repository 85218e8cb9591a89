/** A plan as the body of a pull-request comment or a job summary. */
import type { Change, FieldChange, Plan } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { fenced, markdownText } from './escape.ts';
import { harmless } from './harmless.ts';
import { headline, totals } from './plan-words.ts';
import { plain } from './style.ts';
import { valueText } from './value.ts';
import { count } from './words.ts';

/** The most that GitHub takes as a comment, in characters. */
export const commentLimit = 65_536;

/** By this, the comment is found again and updated in place. */
const marker = (kind: Plan['kind']) => `<!-- introwctl:${kind} -->`;

export function planMarkdown(plan: Plan, limit = commentLimit): string {
  const changed = plan.changes.filter((change) => change.action !== 'none');
  const { proposed, moved } = split(plan, changed);
  const head = [marker(plan.kind), `### ${headline(plan)}`, ...alerts(plan)].join('\n\n');
  const tail = [...folded(plan), totals(plan).join(' ')].join('\n\n');
  let room = limit - head.length - tail.length - 400;
  const take = (changes: readonly Change[]) => {
    const kept: Change[] = [];
    for (const change of changes) {
      const cost = tableRow(change).length + details([change]).length + 2;
      if (cost > room) break;
      room -= cost;
      kept.push(change);
    }
    return kept;
  };
  const first = take(proposed);
  const then = take(moved);
  const left = proposed.length + moved.length - first.length - then.length;
  const body = [
    head,
    first.length === 0 ? '' : `${table(first)}\n\n${fold('Details', details(first))}`,
    then.length === 0
      ? ''
      : fold(`What had already moved in Introw (${then.length})`, `${table(then)}\n\n${details(then)}`),
    left === 0
      ? ''
      : `${count(left, 'more change')} did not fit here; the plan in the job's log has them all.`,
    tail,
  ];
  return `${body.filter((part) => part !== '').join('\n\n')}\n`;
}

export function problemsMarkdown(problems: readonly Problem[]): string {
  const rows = problems.map(({ code, message, hint, position }) => {
    const place =
      position === null ? '' : `${markdownText(position.file)}&#58;${position.line}&#58;${position.column} `;
    return `- ${place}**${code}** ${markdownText(message)} ${markdownText(hint)}`;
  });
  return `### ${count(problems.length, 'problem')}\n\n${rows.join('\n')}\n`;
}

/** What this change does, and what Introw had already moved: a partner may be in both, with its own fields. */
function split(plan: Plan, changed: readonly Change[]) {
  if (plan.source.base === null) return { proposed: changed, moved: [] };
  const part = (fits: (row: FieldChange) => boolean) =>
    changed
      .map((change) => ({ ...change, fields: change.fields.filter(fits) }))
      .filter((change) => change.fields.length > 0);
  return { proposed: part((row) => row.origin !== 'drift'), moved: part((row) => row.origin === 'drift') };
}

function alerts(plan: Plan): string[] {
  const renamed = plan.changes
    .flatMap((change) => change.warnings)
    .filter(({ code }) => code === 'RENAMED_ENTIRELY');
  const others = plan.changes
    .flatMap((change) => change.warnings)
    .filter(({ code }) => code !== 'RENAMED_ENTIRELY');
  return [
    ...renamed.map(({ message }) => `> **Look twice:** ${markdownText(message)}`),
    ...plan.blocked.map(
      ({ message, hint }) => `> **Apply would refuse:** ${markdownText(message)} ${markdownText(hint)}`,
    ),
    ...[...plan.warnings, ...others].slice(0, 20).map(({ message }) => `> ${markdownText(message)}`),
  ];
}

function table(changes: readonly Change[]): string {
  return ['| | Partner | Fields | Where |', '|---|---|---|---|', ...changes.map(tableRow)].join('\n');
}

function tableRow(change: Change): string {
  const fields = change.fields.map((row) => {
    const publishes = row.field === 'portal.experience' ? ' **(publishes)**' : '';
    return `${row.field}${publishes}${row.origin === 'conflict' ? ' **(conflict)**' : ''}${row.known ? ' (known)' : ''}`;
  });
  const where = `${markdownText(change.position.file)}&#58;${change.position.line}`;
  return `| ${change.action} | ${markdownText(change.address)} · ${markdownText(change.name)} | ${fields.join(', ')} | ${where} |`;
}

/** Diff-coloured: what is there goes out, what is desired comes in. */
function details(changes: readonly Change[]): string {
  const lines = changes.flatMap((change) => [
    `  ${harmless(change.address)}`,
    ...change.fields.flatMap((row) =>
      change.action === 'create' || row.writeOnly
        ? [`+   ${row.field}  ${valueText(row, true, plain)}`]
        : [`!   ${row.field}  ${valueText(row, false, plain)}`, ...history(row)],
    ),
  ]);
  return fenced('diff', lines);
}

function history(row: FieldChange): string[] {
  return [
    row.since == null ? [] : [`    partner last changed in Introw on ${row.since.slice(0, 10)}`],
    row.blame == null
      ? []
      : [
          `    the file's value is from ${row.blame.commit.slice(0, 8)}, ${row.blame.date.slice(0, 10)}: ${harmless(row.blame.subject)}`,
        ],
  ].flat();
}

function folded(plan: Plan): string[] {
  const lists = [
    {
      title: 'In the files, and not in Introw',
      rows: plan.missing.map((each) => `${each.address}${each.known ? ' (known)' : ''}`),
    },
    {
      title: 'Released: no longer in the files, still in Introw',
      rows: plan.released.map((each) => each.address),
    },
    {
      title: 'Settled since',
      rows: plan.settled.map((each) => `${each.address}${each.field === null ? '' : ` ${each.field}`}`),
    },
  ];
  return lists.flatMap(({ title, rows }) => {
    if (rows.length === 0) return [];
    const shown = rows.slice(0, 100).map((row) => `- ${markdownText(row)}`);
    return [
      fold(
        `${title} (${rows.length})`,
        [...shown, ...(rows.length > 100 ? [`- and ${rows.length - 100} more`] : [])].join('\n'),
      ),
    ];
  });
}

function fold(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
