import { type Applied, applyPlan } from '../../apply/apply-plan.ts';
import { affordable } from '../../apply/budget.ts';
import { outcomeDocument } from '../../apply/outcome-document.ts';
import { readDocument, throwOnUnknownFields } from '../../apply/saved-document.ts';
import { checkFresh } from '../../apply/saved-plan.ts';
import type { DesiredState } from '../../desired/state.ts';
import type { Connection } from '../../introw/connection.ts';
import { readLive } from '../../introw/reader.ts';
import { writer } from '../../introw/writer.ts';
import type { Change, Plan } from '../../plan/plan.ts';
import { savedReading } from '../../plan/read-strategy.ts';
import { Failure, failure } from '../../problem.ts';
import { formats } from '../../render/formats.ts';
import { refuseOvertaken } from '../applied.ts';
import { confirm, refuseUnasked } from '../approval.ts';
import type { Run } from '../command.ts';
import { connectToWrite } from '../connect.ts';
import { pinsTarget } from '../edit-targets.ts';
import { readDesired } from '../load-files.ts';
import type { Args } from '../options.ts';
import { checkPlaces, showOutcome, showPlan } from '../output.ts';
import { pinCreated } from '../pin-created.ts';
import { prepare, prepareWith } from '../plan-run.ts';
import { exitCodeOf } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';

/** What is to be done, however it was found: planned now, or saved earlier and still true. */
type Work = { readonly plan: Plan; readonly changes: readonly Change[]; readonly connection: Connection };

export const run: Run = async (args, terminal) => {
  const [saved] = args.positionals;
  await checkPlaces(args, terminal.env);
  if (saved === undefined && args['dry-run']) return dryRun(args, terminal);
  if (!args['dry-run']) refuseUnasked(args, terminal);
  const pins = args.pin ? pinsTarget(args) : null;
  const desired = pins === null ? null : await readDesired(pins.file);
  // What was read for the pins is what is planned, unless --into adds a file to it.
  const given = pins?.file === args.file ? (desired ?? undefined) : undefined;
  const work =
    saved === undefined ? await planNow(args, terminal, given) : await takeSaved(saved, args, terminal);
  try {
    return await carryOut(work, desired, pins?.into ?? null, args, terminal);
  } finally {
    await work.connection.close();
  }
};

async function dryRun(args: Args, terminal: Terminal): Promise<number> {
  const { plan, connection } = await prepare('plan', args, terminal);
  await connection.close();
  await showPlan(plan, args, terminal);
  return 0;
}

async function planNow(args: Args, terminal: Terminal, given?: DesiredState): Promise<Work> {
  const { plan, connection } = await prepareWith(connectToWrite, 'plan', args, terminal, given);
  return { plan, changes: plan.changes, connection };
}

/** A saved plan is taken as it stands, or not at all. */
async function takeSaved(path: string, args: Args, terminal: Terminal): Promise<Work> {
  const plan = await readDocument(path);
  if (plan.kind !== 'plan')
    throw failure(
      'PLAN_NOT_APPLICABLE',
      `${path} is a ${plan.kind} document; it says what is, not what to do.`,
    );
  await refuseOvertaken(plan, args.applied);
  throwOnUnknownFields(plan, path);
  const connection = await connectToWrite(args, terminal);
  try {
    const { contains } = plan.organisation;
    const live = await readLive(connection, savedReading(plan));
    if (
      contains !== null &&
      (live.complete || live.partners.length > 0) &&
      !live.partners.some(({ id }) => id === contains)
    ) {
      throw failure(
        'WRONG_ORGANISATION',
        `${path} is for an organisation with ${contains}, and this key opens one without it.`,
      );
    }
    const { changes, stale } = checkFresh(plan, live);
    const [first, ...rest] = stale;
    if (first !== undefined) throw new Failure([first, ...rest]);
    return { plan, changes, connection };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function carryOut(
  { plan, changes, connection }: Work,
  desired: DesiredState | null,
  pinsInto: string | null,
  args: Args,
  terminal: Terminal,
): Promise<number> {
  const todo = changes.filter((change) => change.action !== 'none');
  if (args.format === 'text')
    terminal.note(formats.text.plan(plan, terminal.noteStyle, { verbose: args.verbose }));
  if (args['dry-run']) return 0;
  refuseBlocked(plan, args);
  const limit = affordable(todo, connection.budget(), args.partial);
  if (todo.length > 0 && !args['auto-approve']) await confirm('Apply these changes?', terminal);

  const began = connection.budget().firstAnswerAt ?? new Date().toISOString();
  let done = 0;
  const applied = await applyPlan(todo, writer(connection), {
    concurrency: args.concurrency,
    limit,
    began,
    stop: terminal.stop,
    onResult: () => terminal.progress(`Applying: ${++done} of ${todo.length}`),
  });
  terminal.endProgress();
  const outcome = outcomeDocument(applied, {
    startedAt: began,
    finishedAt: new Date().toISOString(),
    budget: connection.budget(),
    version,
  });
  await showOutcome(outcome, args, terminal);
  const pinned = desired === null || (await pinCreated(desired, outcome, pinsInto, terminal));
  return exitCode(applied) || (pinned ? 0 : 1);
}

/** The guards of a saved plan are those of the day it was made; the options can lift them now. */
function refuseBlocked(plan: Plan, args: Args): void {
  const lifted: Readonly<Record<string, boolean>> = {
    CONFLICT: args['overwrite-conflicts'],
    TOO_MANY_CHANGES: args['max-changes'] !== undefined && args.positionals.length > 0,
  };
  const [first, ...rest] = plan.blocked
    .filter(({ code }) => lifted[code] !== true)
    .map((each) => ({ ...each, position: null }));
  if (first !== undefined) throw new Failure([first, ...rest]);
}

function exitCode({ stopped, summary }: Applied): number {
  if (stopped !== null) return exitCodeOf(stopped.code);
  return summary.failed > 0 ? 1 : 0;
}
