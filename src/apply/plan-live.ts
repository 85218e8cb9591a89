/** Reads what is live and plans: the steps between files that were read and a plan document, for commands and programs. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SourceFile } from '../files/read.ts';
import type { ReadConnection } from '../introw/connection.ts';
import { readLive } from '../introw/reader.ts';
import type { LiveState } from '../partner.ts';
import { planDocument } from '../plan/document.ts';
import { makePlan, type PlanInput, planDefaults } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { chooseReading, needsList } from '../plan/read-strategy.ts';
import type { Warning } from '../problem.ts';

/** What is to be planned; what is left out is a plan of all handles without a base. */
export type PlanLiveInput = Pick<PlanInput, 'desired'> &
  Partial<Pick<PlanInput, 'kind' | 'base' | 'selection' | 'options'>> & {
    /** The git ref and commit that `base` was read from. */
    readonly baseRef?: { readonly ref: string; readonly commit: string } | null;
    /** The commit that is checked out; asked for after the last request, so that it may still be looked up. */
    readonly commit?: Promise<string | null> | null;
    /** Whether the document is saved to be applied later: its credits are judged by that. */
    readonly saved?: boolean;
    /** Warnings from before the planning, apart from those about the files. */
    readonly warnings?: readonly Warning[];
    /** The version of introwctl that the document names. */
    readonly version: string;
  };

/**
 * One request for a page of a hundred partners, or one for each handle where they are pinned and few. Throws a Failure
 * for what Introw refuses and for a list that may be incomplete. The caller closes the connection.
 */
export async function planLive(
  connection: ReadConnection,
  input: PlanLiveInput,
): Promise<{ readonly plan: Plan; readonly live: LiveState }> {
  const { desired, kind = 'plan', base = null, selection = null, options = planDefaults } = input;
  const question = { kind, desired, base, selection };
  const [chosen, fileWarnings] = await Promise.all([
    readLive(connection, chooseReading(question)),
    soon(() => desired.warnings),
  ]);
  const live = needsList(question, chosen) ? await readLive(connection, { kind: 'list' }) : chosen;
  const plan = planDocument(makePlan({ ...question, live, options }), {
    files: desired.files.map((file) => file.path),
    sha256: fingerprint(desired.files),
    base: input.baseRef ?? null,
    api: connection.origin,
    commit: (await input.commit) ?? null,
    live,
    saved: input.saved ?? false,
    budget: connection.budget(),
    warnings: [...fileWarnings, ...(input.warnings ?? [])],
    createdAt: new Date().toISOString(),
    version: input.version,
  });
  return { plan, live };
}

/** Does what no request depends on once the first is under way, instead of before it. */
async function soon<T>(task: () => T): Promise<T> {
  await setTimeout(5);
  return task();
}

/** A fingerprint of what the files say: their names and texts. */
export function fingerprint(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(JSON.stringify([file.path, file.text]));
  return hash.digest('hex');
}
