/** What plan, apply and drift have in common: read the files, read what is live, plan. */
import { planLive } from '../apply/plan-live.ts';
import type { DesiredState, Settings } from '../desired/state.ts';
import { checkedOutCommit } from '../git/base.ts';
import type { ReadConnection } from '../introw/connection.ts';
import type { LiveState } from '../partner.ts';
import type { Plan } from '../plan/plan.ts';
import { resolveApplied } from './applied.ts';
import { type ConnectArgs, connect } from './connect.ts';
import { loadBase } from './load-base.ts';
import { readDesired } from './load-files.ts';
import type { Given, MaybeGiven } from './options.ts';
import { repeatFilesIn } from './repeat-files.ts';
import { type JudgementArgs, planOptions, type SelectionArgs, selectionOf } from './selection.ts';
import type { Terminal } from './terminal.ts';
import { unreadWarnings } from './unread-warnings.ts';
import { version } from './version.ts';

/** What is planned, by the options of the command that asks for it. */
export type PlanArgs = ConnectArgs &
  Given<'file'> &
  MaybeGiven<'applied' | 'base' | 'out'> &
  SelectionArgs &
  JudgementArgs & { /** The options that nobody gave. */ readonly defaulted: ReadonlySet<string> };

export type Prepared<Connection = ReadConnection> = {
  readonly plan: Plan;
  readonly desired: DesiredState;
  readonly live: LiveState;
  readonly connection: Connection;
};

/**
 * Files and options are read and checked before the first request, since what is wrong locally should cost nothing.
 * The caller closes the connection, and may have read the files already (`given`).
 */
export function prepare(
  kind: Plan['kind'],
  args: PlanArgs,
  terminal: Terminal,
  given?: DesiredState,
): Promise<Prepared> {
  return prepareWith(connect, kind, args, terminal, given);
}

/** The same over a connection of the caller's choice, which is in the result. */
export async function prepareWith<Connection extends ReadConnection>(
  open: (args: ConnectArgs, terminal: Terminal, settings: Settings) => Promise<Connection>,
  kind: Plan['kind'],
  asked: PlanArgs,
  terminal: Terminal,
  given?: DesiredState,
): Promise<Prepared<Connection>> {
  const desired = given ?? (await readDesired(asked.file));
  const { args, warnings } = await resolveApplied(asked);
  const base = await loadBase(args, desired);
  const options = planOptions(args, desired);
  const selection = selectionOf(args, desired, base?.state ?? null);
  const connection = await open(args, terminal, desired.settings);
  try {
    terminal.progress('Reading partners from Introw');
    const commit = checkedOutCommit();
    const { plan, live } = await planLive(connection, {
      kind,
      desired,
      base: base?.state ?? null,
      baseRef: base === null || base.state === null ? null : { ref: base.ref, commit: base.commit },
      selection,
      options,
      commit,
      saved: args.out !== undefined && kind === 'plan',
      warnings: [...warnings, ...(await unreadWarnings(args.file, desired)), ...(base?.warnings ?? [])],
      version,
    });
    terminal.endProgress();
    return { plan: repeatFilesIn(plan, asked), desired, live, connection };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Looking up who set values is an extra, so a log says nothing of it. */
export function noteSearch(terminal: Terminal): void {
  if (terminal.live) terminal.progress('Looking up who set the values in the files');
}
