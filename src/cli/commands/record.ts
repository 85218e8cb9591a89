import { existsSync } from 'node:fs';
import { readApplicablePlan } from '../../apply/recheck.ts';
import type { Recorded } from '../../apply/record.ts';
import { readDocument } from '../../apply/saved-document.ts';
import { codeHostTokens, detectPushAccess } from '../../code-host/detect.ts';
import { count } from '../../english.ts';
import { moveForward, type PushTarget, pushNotes } from '../../git/push.ts';
import type { Plan } from '../../plan/plan.ts';
import { failure } from '../../problem.ts';
import type { Run } from '../command.ts';
import { tryAll } from '../output.ts';
import { recordApply, refuseUncommitted } from '../record-apply.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Pushes what became of a plan: its outcome as a note on the commit, and with --applied the branch, where all of the
 * plan was done. Without an outcome there must have been nothing to do. Nothing is forced, and nothing moves back.
 */
export const run: Run<'record'> = async (args, terminal) => {
  const [planPath = '', outcomePath = ''] = args.positionals;
  for (const token of codeHostTokens(terminal.env)) terminal.doors.hide(token);
  const branch = args.applied === undefined ? null : branchOf(args.applied);
  const plan = await readApplicablePlan(planPath);
  const outcome = existsSync(outcomePath)
    ? await readOutcome(outcomePath, plan)
    : nothingToDo(plan, planPath, outcomePath);
  await refuseUncommitted(plan);
  const target = detectPushAccess(terminal.env) ?? { url: 'origin', header: null };
  await tryAll([
    () => pushRecord(outcome, plan, target, terminal),
    async () => {
      if (branch !== null) await pushApplied(outcome, plan, target, branch, terminal);
    },
  ]);
  return 0;
};

async function pushRecord(outcome: Recorded, plan: Plan, target: PushTarget, terminal: Terminal) {
  await recordApply(outcome, plan, terminal);
  await pushNotes(target);
  await say(`The outcome is recorded in a note on ${shortCommit(plan)}.`, terminal);
}

async function pushApplied(
  outcome: Recorded,
  plan: Plan,
  target: PushTarget,
  branch: string,
  terminal: Terminal,
): Promise<void> {
  const { commit } = plan.source;
  if (commit === null) return;
  if (!isDone(outcome, plan))
    return say(`${branch} stays where it is, since not everything was planned and applied.`, terminal);
  const moved = await moveForward(target, branch, commit);
  const where = moved === 'moved' ? `is at ${shortCommit(plan)}` : 'stays where it is, at a later commit';
  await say(`${branch} ${where}.`, terminal);
}

function say(text: string, { out, doors }: Terminal): Promise<void> {
  return out(doors.text(text, (clean) => `${clean}\n`));
}

const shortCommit = ({ source }: Plan) => source.commit?.slice(0, 8) ?? '';

/** Whether Introw is known to hold all that the commit says: a plan of chosen handles says nothing of the others. */
function isDone({ stopped, results }: Recorded, { complete }: Plan): boolean {
  return complete && stopped === null && results.every(({ status }) => status === 'applied');
}

/** A plan that found nothing to do has nothing to be applied: what Introw holds was seen when it was made. */
function nothingToDo({ summary, createdAt, blocked }: Plan, planPath: string, outcomePath: string): Recorded {
  const [refusal] = blocked;
  if (refusal !== undefined)
    throw failure('PLAN_NOT_APPLICABLE', `Apply refuses ${planPath}: ${refusal.message}`, {
      hint: 'Nothing was applied. Correct it, and plan again.',
    });
  const changes = summary.create + summary.update;
  if (changes === 0) return { startedAt: createdAt, finishedAt: createdAt, stopped: null, results: [] };
  throw failure(
    'FILE_NOT_FOUND',
    `There is no ${outcomePath}, so what became of the ${count(changes, 'change')} of ${planPath} is not known.`,
    { hint: 'Pass the file that apply --out wrote. If apply did not get that far, nothing was applied.' },
  );
}

/** The outcome; a problem where it is about handles that the plan doesn't change, or of a run before the plan. */
async function readOutcome(path: string, plan: Plan): Promise<Recorded> {
  const outcome = await readDocument(path);
  if (outcome.kind !== 'outcome')
    throw failure('PLAN_UNREADABLE', `${path} is a ${outcome.kind}, not an outcome.`, {
      hint: 'Pass the file that apply --out wrote.',
    });
  const hint = 'Pass the outcome of the same plan.';
  // Nothing was left to do in that run, so only its time shows which plan it can't have been about.
  if (outcome.results.length === 0 && Date.parse(outcome.finishedAt) < Date.parse(plan.createdAt))
    throw failure('PLAN_UNREADABLE', `${path} is of a run that ended before the plan was made.`, { hint });
  const planned = new Set(plan.changes.map(({ address }) => address));
  const foreign = outcome.results.find(({ address }) => !planned.has(address));
  if (foreign === undefined) return outcome;
  throw failure('PLAN_UNREADABLE', `${path} is about ${foreign.address}, which the plan doesn't change.`, {
    hint,
  });
}

/** The branch at the remote of what --applied names: `origin/introw-applied` is kept by fetches, and not pushed. */
function branchOf(applied: string): string {
  const [, branch] = /^(?:refs\/remotes\/)?origin\/([\w][\w./-]*)$/.exec(applied) ?? [];
  if (branch !== undefined && !branch.includes('..')) return branch;
  throw failure('USAGE', `--applied ${JSON.stringify(applied)} names no branch of origin.`, {
    hint: 'Pass one such as origin/introw-applied.',
  });
}
