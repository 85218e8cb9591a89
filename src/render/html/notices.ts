/** What must be read before anything else, the most important first, each with what to do. */
import type { Blocked, PartnerRef, Plan } from '../../plan/plan.ts';
import type { Position, Problem } from '../../problem.ts';
import { leads } from '../../problem-codes.ts';
import { spelledOut } from '../../spelled-out.ts';
import { type Html, html } from './html.ts';
import { type LineLink, placeOf } from './links.ts';

/** More than these are folded. */
const mostOpen = 20;

export function planNotices(plan: Plan, link: LineLink): Html | null {
  const own = plan.changes.flatMap((change) => change.warnings);
  const leading = own.filter(({ code }) => leads(code));
  return listOf([
    ...leading.map((each) => item('Look twice', each.message, each.position, link)),
    ...plan.blocked.map((each) => blockedItem(each, link)),
    ...plan.warnings.map((each) => item('Warning', each.message, each.position, link)),
  ]);
}

/** What went wrong, and what to do about it. */
export function problemNotices(
  label: string,
  problems: readonly Pick<Problem, 'code' | 'message' | 'hint' | 'position'>[],
  link: LineLink,
): Html | null {
  return listOf(problems.map((each) => blockedItem(each, link, label)));
}

function listOf(items: readonly Html[]): Html | null {
  if (items.length === 0) return null;
  const rest = items.slice(mostOpen);
  const more =
    rest.length === 0
      ? null
      : html`<details><summary>${rest.length} more</summary><ul class="notices">${rest}</ul></details>`;
  return html`<ul class="notices">${items.slice(0, mostOpen)}</ul>${more}`;
}

function blockedItem(
  { code, message, hint, position, candidates = [] }: Blocked,
  link: LineLink,
  label = 'Apply would refuse',
): Html {
  const found = candidates.length === 0 ? null : html`<br>Candidates: ${candidates.map(candidate)}`;
  return html`<li class="bad"><strong>${label}:</strong> ${message} ${placeOf(position, link)} <small>${code}</small><br>${hint}${found}</li>
`;
}

function candidate({ id, name, domain }: PartnerRef): Html {
  return html`<br><bdi>${name === null ? '(no name)' : spelledOut(name)}</bdi> ${domain === null ? '' : spelledOut(domain)} <code>${id}</code>`;
}

function item(label: string, message: string, position: Position | null, link: LineLink): Html {
  return html`<li><strong>${label}:</strong> ${message} ${placeOf(position, link)}</li>
`;
}
