import { type Applied, applyPlan } from '../../apply/apply-plan.ts';
import { affordable } from '../../apply/budget.ts';
import { lookUpOver } from '../../apply/look-up.ts';
import { outcomeDocument } from '../../apply/outcome-document.ts';
import type { DesiredState } from '../../desired/state.ts';
import { unpinned } from '../../edit/pin.ts';
import { count } from '../../english.ts';
import type { Connection } from '../../introw/connection.ts';
import { writer } from '../../introw/writer.ts';
import type { LiveState } from '../../partner.ts';
import type { Change, Plan } from '../../plan/plan.ts';
import { Failure } from '../../problem.ts';
import { codes, findCode } from '../../problem-codes.ts';
import { formats } from '../../render/formats.ts';
import { shellWord } from '../../shell-word.ts';
import { askable, confirm } from '../approval.ts';
import type { Args, Run } from '../command.ts';
import { connectToWrite } from '../connect.ts';
import { pinsTarget } from '../edit-targets.ts';
import { readDesired } from '../load-files.ts';
import { checkPlaces, showOutcome, showPlan } from '../output.ts';
import { pinCreated, suggestPins } from '../pin-created.ts';
import { prepare, prepareWith } from '../plan-run.ts';
import { recordApply, refuseUncommitted, refuseWithoutCommit } from '../record-apply.ts';
import { openSavedPlan } from '../saved-plan.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';

/** What is to be done, however it was found: planned now, or saved earlier and still valid. */
type Work = {
  readonly plan: Plan;
  readonly changes: readonly Change[];
  readonly connection: Connection;
  /** What of a saved plan is in place already. */
  readonly done: readonly Change[];
  /** What was read before: it says how much reading it again costs. */
  readonly live: LiveState;
  /** The handles of the files that have no pin; null where the files weren't read. */
  readonly unpinned: ReadonlySet<string> | null;
};

export const run: Run<'apply'> = async (args, terminal) => {
  const [saved] = args.positionals;
  await checkPlaces(args, terminal.env);
  if (saved === undefined && args['dry-run']) return dryRun(args, terminal);
  if (args.record) await refuseWithoutCommit();
  const pins = args.pin ? pinsTarget(args) : null;
  const desired = pins === null ? null : await readDesired(pins.file);
  // What was read for the pins is what is planned, unless --into adds a file to it.
  const given = pins?.file === args.file ? (desired ?? undefined) : undefined;
  const work =
    saved === undefined
      ? await planNow(args, terminal, given)
      : { ...(await openSavedPlan(openFor(args), saved, args, terminal)), unpinned: null };
  try {
    return await carryOut(work, desired, pins?.into ?? null, args, terminal);
  } finally {
    await work.connection.close();
  }
};

async function dryRun(args: Args<'apply'>, terminal: Terminal): Promise<number> {
  const { plan, connection } = await prepare('plan', args, terminal);
  await connection.close();
  await showPlan(plan, args, terminal);
  return 0;
}

async function planNow(args: Args<'apply'>, terminal: Terminal, given?: DesiredState): Promise<Work> {
  const { plan, desired, live, connection } = await prepareWith(openFor(args), 'plan', args, terminal, given);
  return { plan, changes: plan.changes, done: [], connection, live, unpinned: new Set(unpinned(desired)) };
}

/** Refuses where nobody could approve, after what is wrong locally and before the first request. */
function openFor(args: Args<'apply'>): typeof connectToWrite {
  const [saved] = args.positionals;
  const look = saved === undefined ? 'plan' : `show ${shellWord(saved)}`;
  const hint = `Look first with introwctl ${look}, then pass --auto-approve.`;
  return args['dry-run'] ? connectToWrite : askable(connectToWrite, args, hint);
}

async function carryOut(
  { plan, changes, done, connection, live, unpinned }: Work,
  desired: DesiredState | null,
  pinsInto: string | null,
  args: Args<'apply'>,
  terminal: Terminal,
): Promise<number> {
  const todo = changes.filter((change) => change.action !== 'none');
  if (args.format === 'text')
    terminal.err(formats.text.plan(terminal.doors, plan, terminal.noteStyle, { verbose: args.verbose }));
  if (done.length > 0) terminal.note(inPlace(done.length, todo.length));
  if (args['dry-run']) return 0;
  refuseBlocked(plan, args);
  if (args.record) await refuseUncommitted(plan);
  const limit = affordable(todo, connection.budget(), args.partial);
  if (todo.length > 0 && !args['auto-approve']) await confirm('Apply these changes?', terminal);

  const began = connection.budget().firstAnswerAt ?? new Date().toISOString();
  let answered = 0;
  const applied = await applyPlan(todo, writer(connection), {
    concurrency: args.concurrency,
    limit,
    began,
    stop: terminal.stop,
    lookUp: lookUpOver(connection, live),
    onResult: () => terminal.progress(`Applying: ${++answered} of ${todo.length}`),
  });
  terminal.endProgress();
  const outcome = outcomeDocument(applied, {
    startedAt: began,
    finishedAt: new Date().toISOString(),
    budget: connection.budget(),
    version,
  });
  let pinned = true;
  await showOutcome(outcome, args, terminal, [
    async () => {
      if (desired !== null) pinned = await pinCreated(desired, outcome, pinsInto, args, terminal);
    },
    async () => {
      if (desired === null && args.format === 'text') suggestPins(unpinned, outcome, args, terminal);
    },
    async () => {
      if (args.record) await recordApply(outcome, plan, terminal);
    },
  ]);
  return exitCode(applied) || (pinned ? 0 : 1);
}

function inPlace(done: number, left: number): string {
  const rest = left === 0 ? 'nothing is left to do' : `${left} ${left === 1 ? 'is' : 'are'} left to do`;
  return `${count(done, 'change')} of this plan ${done === 1 ? 'is' : 'are'} in place already; ${rest}.`;
}

/** The guards of a saved plan are those of the day it was made; the options can lift them now. */
function refuseBlocked(plan: Plan, args: Args<'apply'>): void {
  const given: Readonly<Record<string, unknown>> = args;
  const isLifted = (code: string) => given[findCode(code)?.liftedBy ?? ''] === true;
  const [first, ...rest] = plan.blocked
    .filter(({ code }) => !isLifted(code))
    .map((each) => ({ ...each, position: each.position ?? null }));
  if (first !== undefined) throw new Failure([first, ...rest]);
}

function exitCode({ stopped, summary }: Applied): number {
  if (stopped !== null) return codes[stopped.code].exitCode;
  return summary.failed + summary.unknown > 0 ? 1 : 0;
}
