import { namesOf } from '../desired/catalog-names.ts';
import type { DesiredPartner, DesiredState, MaxChanges } from '../desired/state.ts';
import type { Handle, LivePartner, LiveState } from '../partner.ts';
import { type Problem, problem, throwOnAny } from '../problem.ts';
import { type Comparison, compare, createdFields } from './compare.ts';
import { mergingCreates, sharedPartners } from './duplicates.ts';
import { guard } from './guard.ts';
import { indexLive } from './live.ts';
import { type Match, matchPartners } from './match.ts';
import type { Change, FieldChange, Missing, PartnerRef, Plan } from './plan.ts';
import { matchedIds, partnersAtBase, releasedPartners } from './released.ts';
import { summarise } from './summary.ts';
import { matchedByName, renamedEntirely, unreadableWarnings } from './warnings.ts';

/** What a plan is made from. */
export type PlanInput = {
  readonly kind: Plan['kind'];
  readonly desired: DesiredState;
  /** The files at the base, where --base gives one. */
  readonly base: DesiredState | null;
  readonly live: LiveState;
  /** The handles to plan; null for all. */
  readonly selection: ReadonlySet<Handle> | null;
  readonly options: PlanOptions;
};

export type PlanOptions = {
  /** --publish: send these handles' portals in any case. */
  readonly publish: ReadonlySet<Handle>;
  /** `proposed` leaves out what only Introw has moved. */
  readonly only: 'all' | 'proposed';
  readonly overwriteConflicts: boolean;
  readonly recreate: boolean;
  /** --max-changes; null leaves it to the files. */
  readonly maxChanges: MaxChanges | null;
};

/** What holds where nobody says otherwise. */
export const planDefaults: PlanOptions = {
  publish: new Set(),
  only: 'all',
  overwriteConflicts: false,
  recreate: false,
  maxChanges: null,
};

/** What planning finds out; the rest of the document is where and when it was made. */
export type Planned = Pick<
  Plan,
  | 'kind'
  | 'organisation'
  | 'complete'
  | 'summary'
  | 'changes'
  | 'unmanaged'
  | 'released'
  | 'missing'
  | 'settled'
  | 'blocked'
  | 'warnings'
>;

/**
 * (desired, live, base) → what differs. Throws a Failure that holds every doubt about who is who; a pinned partner
 * that isn't live is one for a plan, and a finding for drift.
 */
export function makePlan(input: PlanInput): Planned {
  const { desired, base, selection, options } = input;
  const live = indexLive(input.live);
  checkOrganisation(desired, input.live);
  const partners =
    input.live.complete || selection === null ? desired.partners : only(desired.partners, selection);
  const matches = matchPartners(partners.values(), live, base, options.recreate);
  const chosen = [...partners.values()].filter(({ handle }) => selection === null || selection.has(handle));
  throwOnAny(
    [
      ...chosen.flatMap(({ handle }) => doubts(matches.get(handle), input.kind)),
      ...sharedPartners(partners, matches),
      ...mergingCreates(partners, matches, live),
    ],
    new Map(desired.files.map((file) => [file.path, file.text])),
  );

  const names = namesOf(desired.catalog);
  const baseByPartner = partnersAtBase(base, live);
  const unreadable: Comparison['unreadable'][number][] = [];
  const changes = chosen.flatMap((partner): Change[] => {
    const match = matches.get(partner.handle);
    if (match?.kind === 'create') {
      return [change(partner, 'create', null, createdFields(partner, names, base !== null))];
    }
    if (match?.kind !== 'matched') return [];
    const compared = compare(partner, match.live, {
      names,
      hasBase: base !== null,
      atBase: base?.partners.get(partner.handle),
      portalAtBase: baseByPartner.get(match.live.id),
      publish: options.publish.has(partner.handle),
    });
    unreadable.push(...compared.unreadable);
    const rows = compared.rows.filter((row) => options.only === 'all' || row.origin !== 'drift');
    const found = change(partner, rows.length > 0 ? 'update' : 'none', match.live, rows);
    const doubt = base?.partners.has(partner.handle) ? [] : matchedByName(partner, match.live, rows);
    return [{ ...found, warnings: [...found.warnings, ...doubt] }];
  });

  const taken = matchedIds(matches);
  const released = releasedPartners(base, desired.partners, input.live, live, taken);
  const claimed = new Set([...taken, ...released.map(({ id }) => id)]);
  const unmanaged = input.live.complete
    ? input.live.partners.filter(({ id }) => !claimed.has(id)).map(reference)
    : [];
  const missing = chosen.flatMap((partner) => missingPartner(partner, matches.get(partner.handle)));
  const blocked = guard({
    ...options,
    desired,
    base,
    changes,
    unmanaged: selection === null ? unmanaged.length : 0,
  });
  return {
    kind: input.kind,
    organisation: desired.organisation,
    complete: selection === null,
    summary: summarise(changes, {
      unmanaged: unmanaged.length,
      released: released.length,
      missing: missing.length,
      hasBase: base !== null,
    }),
    changes,
    unmanaged: selection === null && desired.settings.unmanaged !== 'ignore' ? unmanaged : [],
    released,
    missing,
    settled: [],
    blocked,
    warnings: unreadableWarnings(unreadable),
  };
}

/** Nothing is planned against an organisation that lacks the partner that must be there. */
function checkOrganisation({ organisation, files }: DesiredState, live: LiveState): void {
  const { contains, name } = organisation;
  if (contains === null || live.partners.some(({ id }) => id === contains)) return;
  if (!live.complete && live.partners.length === 0) return;
  const which = name === null ? 'the organisation of these files' : name;
  const sources = new Map(files.map((file) => [file.path, file.text]));
  throwOnAny(
    [
      problem(
        'WRONG_ORGANISATION',
        `This key opens an organisation without ${contains}, so it isn't ${which}.`,
      ),
    ],
    sources,
  );
}

function only<T>(partners: ReadonlyMap<Handle, T>, selection: ReadonlySet<Handle>): Map<Handle, T> {
  return new Map([...partners].filter(([handle]) => selection.has(handle)));
}

function doubts(match: Match | undefined, kind: Plan['kind']): Problem[] {
  if (match?.kind === 'doubtful' || (match?.kind === 'missing' && kind === 'plan')) return [match.problem];
  return [];
}

function missingPartner(partner: DesiredPartner, match: Match | undefined): Missing[] {
  if (match?.kind !== 'missing') return [];
  const { handle, position } = partner;
  return [{ address: handle, name: partner.name, pin: partner.id ?? partner.externalId, position }];
}

function change(
  partner: DesiredPartner,
  action: Change['action'],
  live: LivePartner | null,
  rows: readonly FieldChange[],
): Change {
  return {
    address: partner.handle,
    name: partner.name,
    action,
    partner: live === null ? null : reference(live),
    fields: rows,
    position: partner.position,
    warnings: live === null ? [] : renamedEntirely(partner, live, rows),
  };
}

function reference({ id, name, domain }: LivePartner): PartnerRef {
  return { id, name, domain };
}
