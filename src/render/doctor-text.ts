import { count } from './english.ts';
import { look, type Style } from './style.ts';

/** What doctor found; printed as it stands with --format json. */
export type Diagnosis = {
  /** The first four characters, to tell two keys apart. */
  readonly key: string;
  readonly read: boolean;
  /** Null where it wasn't probed. */
  readonly write: boolean | null;
  readonly contains: { readonly id: string; readonly there: boolean } | null;
  /** Null where the key may not read. */
  readonly partners: number | null;
  readonly creditsRemaining: number | null;
  readonly creditsLimit: number | null;
  readonly requestsSpent: number;
  /** Requests of one full plan or drift check. */
  readonly planCost: number;
  readonly nextKey: {
    readonly read: boolean;
    readonly write: boolean | null;
    /** Null where nothing can be said: one of the two sees no partner. */
    readonly sameOrganisation: boolean | null;
  } | null;
};

/** The longest month: who plans for it is never short. */
const days = 31;

export function doctorText(found: Diagnosis, style: Style): string {
  const { creditsLimit, creditsRemaining, planCost, nextKey } = found;
  const sign = (is: boolean | null) =>
    is === null ? look(style, 'dim', '?') : is ? look(style, 'green', '✔') : look(style, 'red', '✖');
  const budget = (requests: number) => {
    if (creditsLimit === null) return '';
    return requests > creditsLimit
      ? look(style, 'red', `, more than the ${creditsLimit} of a month`)
      : `, of ${creditsLimit}`;
  };
  const credits =
    creditsRemaining === null
      ? 'Introw names no limit'
      : `${creditsRemaining}${creditsLimit === null ? '' : ` of ${creditsLimit}`} left this month`;
  const lines = [
    `  key           ${found.key}…`,
    `${sign(found.read)} partners:read`,
    `${sign(found.write)} partners:write${found.write === null ? '  (--probe-write finds out)' : ''}`,
    ...(found.contains === null
      ? []
      : [
          `${sign(found.contains.there)} organisation  ${found.contains.there ? 'contains' : 'does not contain'} ${found.contains.id}`,
        ]),
    ...(found.partners === null ? [] : [`  partners      ${found.partners}`]),
    `  credits       ${credits}`,
    `  a plan        ${count(planCost, 'request')}`,
    `  daily drift   ${planCost * days} requests a month${budget(planCost * days)}`,
    `  hourly drift  ${planCost * 24 * days} requests a month${budget(planCost * 24 * days)}`,
    ...(nextKey === null ? [] : nextKeyLines(found, nextKey, sign)),
    `  doctor itself ${count(found.requestsSpent, 'request')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function nextKeyLines(
  found: Diagnosis,
  next: NonNullable<Diagnosis['nextKey']>,
  sign: (is: boolean | null) => string,
): string[] {
  const scopes = next.read === found.read && next.write === found.write;
  const safe = scopes && next.sameOrganisation === true && found.write !== null;
  return [
    `${sign(scopes)} next key has the same scopes${found.write === null ? ' for reading  (--probe-write for writing)' : ''}`,
    `${sign(next.sameOrganisation)} next key opens the same organisation`,
    safe ? '  The old key can be revoked once the new one is deployed.' : '  Do not revoke the old key yet.',
  ];
}
