import { count } from '../english.ts';
import type { Diagnosis, ListFound, NextKey } from '../plan/diagnosis.ts';
import { look, type Style } from './style.ts';

/** The longest month: a budget for it is always enough. */
const days = 31;

export function doctorText(found: Diagnosis, style: Style): string {
  const { creditsLimit, creditsRemaining, planCost, nextKey, list } = found;
  const sign = signs(style);
  const budget = (requests: number) => {
    if (creditsLimit === null) return '';
    return requests > creditsLimit
      ? look(style, 'red', `, more than the ${creditsLimit} of a month`)
      : `, of ${creditsLimit}`;
  };
  const credits =
    creditsRemaining === null
      ? 'no limit reported'
      : `${creditsRemaining}${creditsLimit === null ? '' : ` of ${creditsLimit}`} left this month`;
  const lines = [
    `  key           ${found.fingerprint}`,
    ...(found.proxy === null ? [] : [`  proxy         ${found.proxy.url} (${found.proxy.from})`]),
    `${sign(found.read)} partners:read`,
    `${sign(found.write)} partners:write${found.write === null ? '  (--probe-write finds out)' : ''}`,
    ...(found.contains === null
      ? []
      : [
          `${sign(found.contains.there)} organisation  ${found.contains.there ? 'contains' : 'does not contain'} ${found.contains.id}`,
        ]),
    ...(found.partners === null ? [] : [`  partners      ${found.partners}`]),
    ...(list === null ? [] : listLines(list)),
    `  credits       ${credits}`,
    `  a plan        ${count(planCost, 'request')}`,
    `  daily drift   ${planCost * days} requests a month${budget(planCost * days)}`,
    `  hourly drift  ${planCost * 24 * days} requests a month${budget(planCost * 24 * days)}`,
    ...(nextKey === null ? [] : nextKeyLines(nextKey, sign)),
    `  doctor itself ${count(found.requestsSpent, 'request')}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** How the list came: names of members only, so that it can be pasted into a report of a bug. */
function listLines(list: ListFound): string[] {
  const { paging, probes, pageSize, listMembers, owner, experience, unknownMembers } = list;
  const saving =
    probes === 0
      ? ''
      : ` (found out with ${count(probes, 'request')}; settings.paging: ${paging} saves them)`;
  const names = (label: string, members: readonly string[]) =>
    members.length === 0 ? [] : [`  ${label.padEnd(13)} ${members.join(', ')}`];
  const places = (label: string, members: readonly string[]) =>
    `  ${label.padEnd(13)} ${members.length === 0 ? 'not shown for any partner' : `in ${members.join(', ')}`}`;
  return [
    paging === null
      ? `  paging        not seen: all on one page`
      : `  paging        ${paging}, ${pageSize} on the first page${saving}`,
    ...names('list says', listMembers),
    places('owner', owner),
    places('experience', experience),
    ...names('undocumented', unknownMembers),
  ];
}

function nextKeyLines(next: NextKey, sign: (is: boolean | null) => string): string[] {
  const { problem } = next;
  const verdict = next.mayReplace
    ? '  The current key can be revoked once the next one is deployed.'
    : `  Do not revoke the current key: ${next.because}.`;
  if (problem !== null)
    return [
      `  next key      ${next.fingerprint}`,
      `${sign(false)} ${problem.code}: ${problem.message}`,
      `    ${problem.hint}`,
      verdict,
    ];
  return [
    `  next key      ${next.fingerprint}`,
    `${sign(next.read)} partners:read`,
    `${sign(next.write)} partners:write`,
    `${sign(next.sameOrganisation)} same organisation`,
    verdict,
  ];
}

function signs(style: Style): (is: boolean | null) => string {
  return (is) => {
    if (is === null) return look(style, 'dim', '?');
    return is ? look(style, 'green', '✔') : look(style, 'red', '✖');
  };
}
