/** A plan, an outcome or problems as a page that people read, search, print and sign. */

import { count } from '../../english.ts';
import type { Outcome, ResultStatus } from '../../plan/outcome.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Problem } from '../../problem.ts';
import { spelledOut } from '../../spelled-out.ts';
import { countsOf, remarks, resultWords } from '../outcome-text.ts';
import { partsOf } from '../sections.ts';
import { costLine, headline, totals } from '../summary-lines.ts';
import { changeTables } from './changes.ts';
import { type Html, html } from './html.ts';
import type { LineLink } from './links.ts';
import { movesOf } from './moves.ts';
import { planNotices, problemNotices } from './notices.ts';
import { pageOf } from './shell.ts';
import { type Tone, tablesOf } from './table.ts';

export type PlanPageOptions = { readonly verbose: boolean; readonly link: LineLink };

export function planPage(plan: Plan, { verbose, link }: PlanPageOptions): string {
  const [first = '', ...rest] = headline(plan).split(/(?<=\.) /);
  const kind = plan.kind === 'plan' ? 'Plan' : 'Drift';
  const name = plan.organisation.name === null ? [] : [plan.organisation.name];
  return pageOf({
    title: [`${kind}: ${first.replace(/^\w+: /, '')}`, ...name].join(' · '),
    body: [
      heading([kind, ...name, timeOf(plan.createdAt)], first, rest),
      ...present(planNotices(plan, link)),
      figures(planFigures(plan)),
      ...present(movesOf(plan)),
      ...(plan.kind === 'plan' ? [signature(plan)] : []),
      ...tablesOf(changeTables(plan, verbose), link),
      ...lists(plan),
      html`<footer>${[...totals(plan), sourceOf(plan)].map((line) => html`<p>${line}</p>`)}</footer>`,
    ],
  });
}

export function outcomePage(outcome: Outcome, link: LineLink): string {
  const { cost, results, stopped, finishedAt } = outcome;
  const title = `${countsOf(outcome)}.`;
  const notice = stopped === null ? null : problemNotices('Stopped', [{ ...stopped, position: null }], link);
  const rows = results.map((result) => ({
    kind: result.status,
    tone: tones[result.status],
    address: result.address,
    name: result.name,
    partnerId: result.partnerId,
    fields: result.fields,
    what: [resultWords({ ...result, partnerId: null }), ...remarks(result)].map(
      (line) => html`<div>${line}</div>`,
    ),
    position: null,
  }));
  const worst = (status: ResultStatus) => Object.keys(tones).indexOf(status);
  rows.sort((one, other) => worst(one.kind) - worst(other.kind));
  const table = { id: 'results', heading: 'Results', what: 'What became of it', hasPlaces: false, rows };
  return pageOf({
    title: `Outcome: ${title}`,
    body: [
      heading(['Outcome', timeOf(finishedAt)], title, []),
      ...present(notice),
      ...tablesOf([table], link),
      html`<footer><p>${costLine({ kind: 'outcome', cost })}</p></footer>`,
    ],
  });
}

export function problemsPage(problems: readonly Problem[], link: LineLink): string {
  const title = count(problems.length, 'problem');
  return pageOf({
    title,
    body: [heading(['introwctl'], title, []), ...present(problemNotices('Problem', problems, link))],
  });
}

/** What needs somebody's attention comes first. */
const tones: Readonly<Record<ResultStatus, Tone>> = {
  failed: 'bad',
  unknown: 'bad',
  skipped: 'quiet',
  applied: 'good',
};

function heading(above: readonly string[], title: string, rest: readonly string[]): Html {
  const lead = rest.length === 0 ? null : html`<p class="lead">${rest.join(' ')}</p>`;
  return html`<header><p class="eyebrow">${above.join(' · ')}</p><h1>${title}</h1>${lead}</header>`;
}

function present(part: Html | null): Html[] {
  return part === null ? [] : [part];
}

type Figure = readonly [label: string, figure: number | null];

/** The usual figures, and the unusual ones where there are any. */
function planFigures(plan: Plan): Figure[] {
  const { kind, summary, cost, blocked } = plan;
  const { create, update, unchanged, missing, publishes, conflicts, released, unmanaged } = summary;
  const usual: Figure[] =
    kind === 'plan'
      ? [
          ['to create', create],
          ['to update', update],
          ['unchanged', unchanged],
          ['requests to apply', cost.requestsToApply],
        ]
      : [
          ['partners differ', partsOf(plan)[0].changes.length],
          ['unchanged', unchanged],
        ];
  const unusual: Figure[] = [
    ['reasons to refuse', blocked.length],
    ['missing in Introw', missing],
    ['portals published', kind === 'plan' ? publishes : 0],
    ['conflicts', conflicts],
    ['released', released],
    ['unmanaged', unmanaged],
  ];
  const credits: Figure = ['credits left', cost.creditsRemaining];
  return [...usual, ...unusual.filter(([, figure]) => figure !== 0), credits];
}

function figures(all: readonly Figure[]): Html {
  const known = all.filter(([, figure]) => figure !== null);
  return html`<dl class="figures">${known.map(([label, figure]) => html`<div><dt>${label}</dt><dd>${figure}</dd></div>`)}</dl>`;
}

/** On paper only, on the first page: the name of the person who decides, and what exactly was signed. */
function signature({ source, createdAt }: Plan): Html {
  return html`<section class="sign" aria-label="Signature"><span>Name</span><span>Date</span><span>Signature</span><p>For the plan of ${timeOf(createdAt)} from files with the SHA-256 ${source.sha256}.</p></section>`;
}

function sourceOf({ source, tool }: Plan): string {
  const commit = source.commit === null ? [] : [`commit ${source.commit.slice(0, 12)}`];
  const base = source.base === null ? [] : [`compared with ${source.base.ref}`];
  return [source.files.join(', '), ...commit, ...base, source.api, `introwctl ${tool.version}`].join(' · ');
}

/** `2026-11-25 04:50 UTC` */
function timeOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function lists(plan: Plan): Html[] {
  const all: readonly (readonly [title: string, rows: readonly string[]])[] = [
    ['In the files, and not in Introw', plan.missing.map(({ address, name }) => `${address} · ${name}`)],
    ['Released: no longer in the files, still in Introw', plan.released.map(({ address }) => address)],
    [
      'Left as it is in Introw by --only proposed',
      (plan.leftAlone ?? []).map(({ address, fields }) => `${address}: ${fields.join(', ') || 'absent'}`),
    ],
    ['Resolved since', plan.settled.map(({ address, field }) => `${address} ${field ?? ''}`)],
    [
      'In Introw, not in any file',
      plan.unmanaged.map(({ id, name, domain }) =>
        [name === null ? '(no name)' : spelledOut(name), domain === null ? '' : spelledOut(domain), id].join(
          ' · ',
        ),
      ),
    ],
  ];
  return all
    .filter(([, rows]) => rows.length > 0)
    .map(
      ([title, rows]) =>
        html`<details><summary>${title} (${rows.length})</summary><ul>${rows.map((row) => html`<li><bdi>${row}</bdi></li>`)}</ul></details>`,
    );
}
