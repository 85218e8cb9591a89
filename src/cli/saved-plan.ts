/** A plan that was saved, made ready to be applied: it is taken exactly as it is, or refused. */
import { readApplicablePlan, recheckPlan } from '../apply/recheck.ts';
import type { MaxChanges } from '../desired/state.ts';
import type { Connection } from '../introw/connection.ts';
import type { LiveState } from '../partner.ts';
import { tooManyChanges } from '../plan/guard.ts';
import type { Blocked, Change, Plan } from '../plan/plan.ts';
import { failure } from '../problem.ts';
import { refuseOvertaken } from './applied.ts';
import type { Args } from './command.ts';
import type { ConnectArgs } from './connect.ts';
import type { OptionName } from './options.ts';
import { maxChangesFrom } from './selection.ts';
import type { Terminal } from './terminal.ts';

export type SavedPlan = {
  readonly plan: Plan;
  /** What is left to do of it. */
  readonly changes: readonly Change[];
  /** What of it is in place already, as after a run that was interrupted. */
  readonly done: readonly Change[];
  readonly live: LiveState;
  readonly connection: Connection;
};

/** Reads a saved plan and compares it with what Introw has now. Files and options are checked before the first request. */
export async function openSavedPlan(
  open: (args: ConnectArgs, terminal: Terminal) => Promise<Connection>,
  path: string,
  args: Args<'apply'>,
  terminal: Terminal,
): Promise<SavedPlan> {
  refuseIdleOptions(args);
  const limit = maxChangesFrom(args['max-changes']);
  const plan = await readApplicablePlan(path);
  await refuseOvertaken(plan, args.applied);
  const connection = await open(args, terminal);
  try {
    const { changes, done, live } = await recheckPlan(connection, plan, path);
    const blocked = stillBlocked(plan, changes, limit);
    return { plan: { ...plan, blocked }, changes, done, live, connection };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Options that decide how a plan is made: they can't change one that is saved. */
const planning = [
  'target',
  'exclude',
  'file',
  'only',
  'publish',
  'base',
  'changed',
  'recreate',
] as const satisfies readonly OptionName[];

function refuseIdleOptions(args: Args<'apply'>): void {
  const isGiven = (name: (typeof planning)[number]) => args[name] !== undefined && !args.defaulted.has(name);
  // The ids of new partners are written to files.
  const idle = planning.filter((name) => isGiven(name) && !(name === 'file' && args.pin));
  const [first] = idle;
  if (first === undefined) return;
  const names = idle.map((name) => (name === 'file' ? '-f' : `--${name}`)).join(', ');
  throw failure('USAGE', `${names} can't change a plan that is saved.`, {
    hint: `Make the plan again with introwctl plan, ${idle.length === 1 ? 'this option' : 'these options'} and --out; then apply it.`,
  });
}

/** The guards that the plan was over when it was made, but for its size where --max-changes judges that now. */
function stillBlocked(plan: Plan, changes: readonly Change[], limit: MaxChanges | null): Blocked[] {
  const { create, update, unchanged } = plan.summary;
  const size = limit === null ? [] : tooManyChanges(changes.length, create + update + unchanged, limit);
  const kept = plan.blocked.filter(({ code }) => limit === null || code !== 'TOO_MANY_CHANGES');
  return [...size, ...kept].map((each) => ({
    ...each,
    hint: hints[each.code] ?? `${each.hint} ${planAgain}`,
  }));
}

const planAgain = 'Then make the plan again with introwctl plan --out, and apply that.';

/** What can be done about a guard without making the plan again. */
const hints: Readonly<Record<string, string>> = {
  TOO_MANY_CHANGES:
    'Read the plan; if it is what you mean, pass --max-changes with the number of its changes.',
  PUBLISH_NOT_ASKED:
    'Partners would see them: if that is right, make the plan again with introwctl plan --out and --publish for these handles, and apply that.',
  CONFLICT:
    'Pass --overwrite-conflicts to let the plan win, or accept the live values and make the plan again.',
};
