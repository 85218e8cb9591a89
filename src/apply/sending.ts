/** Sends changes in the order of the files, so many at once, until all are sent or something ends the run. */
import type { Writer } from '../introw/api.ts';
import type { Change } from '../plan/plan.ts';
import { type Problem, problem } from '../problem.ts';
import { requestBody } from './body.ts';
import type { Fate } from './fate.ts';
import { judge } from './judge.ts';
import { watchForEnd } from './stopping.ts';

export type Sent = {
  /** Of every change that was begun. */
  readonly fates: ReadonlyMap<Change, Fate>;
  readonly stopped: Problem | null;
};

export async function sendChanges(
  changes: readonly Change[],
  writer: Writer,
  options: {
    readonly concurrency: number;
    readonly began: string;
    readonly stop: AbortSignal;
    readonly onFate: (change: Change, fate: Fate) => void;
  },
): Promise<Sent> {
  const { concurrency, began, stop, onFate } = options;
  const fates = new Map<Change, Fate>();
  const why = watchForEnd();
  const halt = new AbortController();
  let stopped: Problem | null = null;
  const end = (problem: Problem) => {
    stopped ??= problem;
    halt.abort();
  };
  let next = 0;

  async function work(): Promise<void> {
    while (stopped === null && next < changes.length) {
      if (stop.aborted) return end(interruption());
      const change = changes[next++];
      if (change === undefined) return;
      const body = requestBody(change);
      const written =
        change.partner === null
          ? await writer.create(body, halt.signal)
          : await writer.update(change.partner.id, body, halt.signal);
      const fate = judge(change, written, began, performance.now());
      fates.set(change, fate);
      if (fate.known !== 'never sent') onFate(change, fate);
      const cause = why(change, written, fate);
      if (cause !== null) end(cause);
      if (written.ended === 'cut short') end(interruption());
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work));
  return { fates, stopped };
}

export function interruption(): Problem {
  return problem('INTERRUPTED', 'The run was interrupted.');
}
