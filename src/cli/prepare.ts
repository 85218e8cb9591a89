/** What plan, apply and drift do alike: read the files, read what is live, plan. */
import type { DesiredState, MaxChanges } from '../desired/state.ts';
import { type Base, readBase } from '../git/base.ts';
import type { Connection } from '../introw/connection.ts';
import type { Handle } from '../partner.ts';
import type { LiveState } from '../plan/live.ts';
import { makePlan, type Planned, type PlanOptions } from '../plan/make-plan.ts';
import type { Cost, Plan } from '../plan/plan.ts';
import { planFormatVersion } from '../plan/plan.ts';
import { chooseReading } from '../plan/reading.ts';
import { touchedHandles } from '../plan/touched.ts';
import { Failure, fail, hints, type Warning } from '../problem.ts';
import { connect } from './connect.ts';
import { fingerprint, handlesFrom, readDesired } from './files.ts';
import type { Args } from './options.ts';
import { readLive } from './read-live.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

export type Prepared = {
  readonly plan: Plan;
  readonly desired: DesiredState;
  readonly live: LiveState;
  readonly connection: Connection;
};

/**
 * Files and options are read and checked before the first request, since what is wrong locally should cost nothing.
 * The caller closes the connection, and may have read the files already (`given`).
 */
export async function prepare(
  kind: Plan['kind'],
  args: Args,
  terminal: Terminal,
  given?: DesiredState,
): Promise<Prepared> {
  const desired = given ?? (await readDesired(args.file));
  const base = await baseOf(args, desired);
  const options = planOptions(args, desired);
  const selection = selectionOf(args, desired, base?.state ?? null);
  const targets =
    selection === null ? null : [...desired.partners.values()].filter(({ handle }) => selection.has(handle));
  const connection = await connect(args, terminal, desired.settings.reserveCredits);
  try {
    terminal.progress('Reading partners from Introw');
    const live = await readLive(
      connection,
      chooseReading(targets, desired.partners.size, desired.organisation.contains),
    );
    terminal.endProgress();
    const planned = makePlan({ kind, desired, base: base?.state ?? null, live, selection, options });
    return { plan: documentOf(planned, desired, base, connection), desired, live, connection };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** What the requests so far have cost, and what so many more would. */
export function costOf(connection: Connection, requestsToApply: number): Cost {
  const { requestsSpent, creditsRemaining, creditsLimit } = connection.budget();
  return { requestsSpent, requestsToApply, creditsRemaining, creditsLimit };
}

function documentOf(
  planned: Planned,
  desired: DesiredState,
  base: LoadedBase | null,
  connection: Connection,
): Plan {
  const { kind, organisation, complete, summary, ...findings } = planned;
  const cost = costOf(connection, summary.create + summary.update);
  return {
    formatVersion: planFormatVersion,
    kind,
    tool: { name: 'introwctl', version },
    createdAt: new Date().toISOString(),
    organisation,
    source: {
      files: desired.files.map((file) => file.path),
      sha256: fingerprint(desired.files),
      base: base === null || base.state === null ? null : { ref: base.ref, commit: base.commit },
    },
    complete,
    summary,
    ...findings,
    cost,
    warnings: [...(base?.warnings ?? []), ...findings.warnings, ...shortOfCredits(cost)],
  };
}

type LoadedBase = Pick<Base, 'ref' | 'commit'> & {
  readonly state: DesiredState | null;
  readonly warnings: readonly Warning[];
};

/** The files at --base. With --changed they decide what is planned, so there nothing about them may be in doubt. */
async function baseOf(args: Args, desired: DesiredState): Promise<LoadedBase | null> {
  if (args.base === undefined) {
    if (args.changed || args.only === 'proposed')
      throw fail('USAGE', `--${args.changed ? 'changed' : 'only proposed'} needs --base.`);
    return null;
  }
  const { loadDesired } = await import('../desired/load.ts');
  const { ref, commit, files, isAncestor } = await readBase(args.file, args.base);
  const warnings: Warning[] = [];
  const doubt = (code: 'BASE_INVALID' | 'BASE_NOT_ANCESTOR', message: string, cause?: unknown) => {
    if (args.changed) throw fail(code, message, { cause });
    warnings.push({ code, message: `${message} ${hints[code]}`, position: null });
  };
  if (files.length === 0) {
    const message = `${ref} has no ${args.file.join(' and no ')}, so every handle counts as new.`;
    warnings.push({ code: 'BASE_WITHOUT_FILES', message, position: null });
  }
  if (isAncestor === 'unknown') {
    const message = `In this shallow clone it can't be told whether ${ref} is an ancestor of HEAD; if it isn't, what only ${ref} has looks like drift. More history tells: git fetch --unshallow.`;
    warnings.push({ code: 'SHALLOW_CLONE', message, position: null });
  } else if (!isAncestor)
    doubt(
      'BASE_NOT_ANCESTOR',
      `${ref} is not an ancestor of HEAD, so what only ${ref} has looks like drift.`,
    );
  try {
    return { ref, commit, state: files.length === 0 ? emptyLike(desired) : loadDesired(files), warnings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [first] = error.problems;
    const where =
      first.position === null ? '' : ` (${first.position.file}:${first.position.line}: ${first.message})`;
    doubt('BASE_INVALID', `The files at ${ref} don't validate${where}, so nothing has an origin.`, error);
    return { ref, commit, state: null, warnings };
  }
}

/** Where no file existed at the base, every handle is new. */
function emptyLike(desired: DesiredState): DesiredState {
  return { ...desired, partners: new Map(), files: [] };
}

/** The handles that --target, --exclude and --changed leave; null when none of them is given. */
function selectionOf(args: Args, desired: DesiredState, base: DesiredState | null): Set<Handle> | null {
  const targets = handlesFrom('target', args.target, desired);
  const excluded = handlesFrom('exclude', args.exclude, desired);
  const touched = args.changed && base !== null ? touchedHandles(base, desired) : null;
  if (targets.size === 0 && excluded.size === 0 && touched === null) return null;
  const chosen = [...desired.partners.keys()].filter(
    (handle) =>
      (targets.size === 0 || targets.has(handle)) && !excluded.has(handle) && (touched?.has(handle) ?? true),
  );
  return new Set(chosen);
}

function planOptions(args: Args, desired: DesiredState): PlanOptions {
  return {
    publish: handlesFrom('publish', args.publish, desired),
    only: args.only,
    overwriteConflicts: args['overwrite-conflicts'],
    recreate: args.recreate,
    maxChanges: maxChangesFrom(args['max-changes']),
  };
}

function maxChangesFrom(text: string | undefined): MaxChanges | null {
  if (text === undefined) return null;
  const match = /^(\d{1,6})(%?)$/.exec(text);
  if (match === null)
    throw fail('USAGE', `--max-changes takes a number or a share such as 30%, not ${JSON.stringify(text)}.`);
  return match[2] === '%' ? { percent: Number(match[1]) } : { partners: Number(match[1]) };
}

function shortOfCredits({ requestsToApply, creditsRemaining }: Cost): Warning[] {
  if (creditsRemaining === null || creditsRemaining >= requestsToApply) return [];
  const message = `Applying takes ${requestsToApply} credits, and ${creditsRemaining} of this month's are left.`;
  return [{ code: 'CREDITS_SHORT', message, position: null }];
}
