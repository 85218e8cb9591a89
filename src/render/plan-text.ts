/** A plan for the terminal and for logs. */
import { padColumns } from '../columns.ts';
import { isPublishing } from '../fields.ts';
import type { Blocked, Change, FieldChange, Plan } from '../plan/plan.ts';
import type { Warning } from '../problem.ts';
import { leads } from '../problem-codes.ts';
import { spelledOut } from '../spelled-out.ts';
import { widest } from './column-widths.ts';
import { summaryOfMoves } from './moves-lines.ts';
import { type Part, partsOf } from './sections.ts';
import { look, type Style } from './style.ts';
import { headline, totals } from './summary-lines.ts';
import { blameText, conflictText, sourceText, valueText } from './value.ts';
import { wrap } from './wrap.ts';

export type PlanTextOptions = { readonly verbose: boolean };

const mostListed = 10;

export function planText(plan: Plan, style: Style, { verbose }: PlanTextOptions): string {
  const shown = plan.changes.filter(
    (change) => change.action !== 'none' || verbose || change.warnings.length > 0,
  );
  const leading = shown.flatMap((change) => change.warnings.filter(({ code }) => leads(code)));
  const blocks = [
    look(style, 'bold', title(plan)),
    ...leading.map((warning) => warningText(warning, style)),
    ...sections(plan, shown).map(({ heading, changes }) => section(heading, changes, style)),
    list(
      'In the files, not in Introw (missing):',
      plan.missing.map(
        (each) =>
          `${each.address}  ${each.name}${known(each.known)}${each.pin === null ? '' : `  (${each.pin})`}  ${each.position.file}:${each.position.line}`,
      ),
      style,
    ),
    list(
      'Released (they stay in Introw, unmanaged):',
      plan.released.map(
        (each) => `${each.address}  ${each.name ?? ''}${each.id === null ? '' : `  (${each.id})`}`,
      ),
      style,
    ),
    leftAlone(plan, style, verbose),
    unmanaged(plan, style, verbose),
    list(
      'Resolved since:',
      plan.settled.map((each) => `${each.address}${each.field === null ? '' : `  ${each.field}`}`),
      style,
    ),
    plan.warnings.map((warning) => warningText(warning, style)).join('\n'),
    moves(plan, style),
    [look(style, 'bold', headline(plan)), ...totals(plan)].join('\n'),
    blockedText(plan.blocked, style),
  ];
  return wrap(`${blocks.filter((block) => block !== '').join('\n\n')}\n`, style);
}

/** What apply refuses at, each with the place, the reason and the way out. */
function blockedText(blocked: readonly Blocked[], style: Style): string {
  return blocked
    .map(({ message, hint, position }) => {
      const place = position == null ? '' : ` (${position.file}:${position.line})`;
      return `${look(style, ['bold', 'red'], 'Apply would refuse:')} ${message}${place}\n  ${hint}`;
    })
    .join('\n');
}

function title(plan: Plan): string {
  const name = plan.organisation.name === null ? '' : ` · ${plan.organisation.name}`;
  const base = plan.source.base === null ? '' : ` · since ${plan.source.base.ref}`;
  const sides = plan.kind === 'drift' ? ' · in Introw → in the files' : '';
  return `introwctl ${plan.kind}${name}${base}${sides}`;
}

/** What differs, in the order in which it should be read, and then the rest of what is to be shown. */
function sections(plan: Plan, shown: readonly Change[]): readonly Part[] {
  const [first, second] = partsOf(plan);
  const same = { heading: '', moved: false, changes: shown.filter((change) => change.action === 'none') };
  if (first.heading !== '') return [first, second, same];
  return [{ ...first, changes: shown }];
}

function section(heading: string, changes: readonly Change[], style: Style): string {
  if (changes.length === 0) return '';
  const widths = {
    handle: widest(
      changes.map((change) => change.address),
      style,
    ),
    name: widest(
      changes.map((change) => change.name),
      style,
    ),
    field: widest(
      changes.flatMap((change) => change.fields.map((row) => row.field)),
      style,
    ),
  };
  const rows = changes.map((change) => changeText(change, widths, style)).join('\n');
  return heading === '' ? rows : `${heading}\n\n${rows}`;
}

const signs = { create: '+', update: '~', none: ' ' } as const;
const colours = { create: 'green', update: 'yellow', none: 'dim' } as const;

function changeText(
  change: Change,
  widths: { handle: number; name: number; field: number },
  style: Style,
): string {
  const place = `${change.position.file}:${change.position.line}`;
  const sign = look(style, colours[change.action], signs[change.action]);
  const handle = look(style, 'bold', padColumns(change.address, widths.handle));
  const head =
    `  ${sign} ${handle}  ${padColumns(change.name, widths.name)}  ${look(style, 'dim', place)}`.trimEnd();
  const since = change.fields.find((row) => row.since != null)?.since;
  const changed =
    since == null ? [] : [look(style, 'dim', `      last changed in Introw on ${since.slice(0, 10)}`)];
  const rows = change.fields.map((row, index) => {
    const text = rowText(row, change, widths.field, style);
    const next = change.fields[index + 1]?.blame;
    return next != null && next.commit === row.blame?.commit ? text : [text, ...setBy(row, style)].join('\n');
  });
  const others = change.warnings
    .filter(({ code }) => !leads(code))
    .map((warning) => `      ${warningText(warning, style)}`);
  return [head, ...changed, ...rows, ...others].join('\n');
}

function rowText(row: FieldChange, change: Change, width: number, style: Style): string {
  const source = sourceText(row);
  const notes = [
    row.origin === 'conflict'
      ? look(style, 'red', `← both this change and Introw changed it${conflictText(row)}`)
      : '',
    source === null || change.action === 'create' ? '' : look(style, 'dim', `← ${source}`),
    isPublishing(row.field) ? look(style, 'magenta', '← publishes the portal') : '',
    known(row.known).trim(),
  ].filter((note) => note !== '');
  const text = `      ${padColumns(row.field, width)}  ${valueText(row, change.action === 'create', style)}${notes.map((note) => `  ${note}`).join('')}`;
  return row.known ? look(style, 'dim', text) : text;
}

/** Who last set what the files say; once for fields that one commit set. */
function setBy({ blame }: FieldChange, style: Style): string[] {
  return blame == null ? [] : [look(style, 'dim', `        ${blameText(blame)}`)];
}

function moves(plan: Plan, style: Style): string {
  const lines = summaryOfMoves(plan);
  const width = widest(
    lines.map(({ field }) => field),
    style,
  );
  const rows = lines.map(({ field, text }) => `  ${padColumns(field, width)}  ${text}`);
  return rows.length === 0 ? '' : [plan.kind === 'plan' ? 'Moves:' : 'Moved in Introw:', ...rows].join('\n');
}

function leftAlone({ leftAlone: all = [] }: Plan, style: Style, verbose: boolean): string {
  const rows = all.map(({ address, name, fields }) =>
    [address, name, fields.length === 0 ? 'not in Introw' : fields.join(', ')].join('  '),
  );
  return list('Left as it is in Introw (--only proposed):', bounded(rows, verbose), style);
}

/** The first rows, and how many more there are. */
function bounded(rows: readonly string[], verbose: boolean): readonly string[] {
  const more = rows.length - mostListed;
  return verbose || more <= 0
    ? rows
    : [...rows.slice(0, mostListed), `and ${more} more (--verbose lists them)`];
}

function unmanaged(plan: Plan, style: Style, verbose: boolean): string {
  const rows = plan.unmanaged.map(({ id, name, domain }) => {
    const at = domain === null ? '' : `  ${spelledOut(domain)}`;
    return `${name === null ? '(no name)' : spelledOut(name)}${at}  (${id})`;
  });
  return list('In Introw, not in any file (unmanaged):', bounded(rows, verbose), style);
}

function list(heading: string, rows: readonly string[], style: Style): string {
  return rows.length === 0 ? '' : [heading, ...rows.map((row) => look(style, 'dim', `  ${row}`))].join('\n');
}

function warningText({ code, message, position }: Warning, style: Style): string {
  const place = position === null ? '' : ` (${position.file}:${position.line})`;
  return `${look(style, 'yellow', 'Warning:')} ${message}${place} [${code}]`;
}

function known(is: boolean | undefined): string {
  return is === true ? '  (known)' : '';
}
