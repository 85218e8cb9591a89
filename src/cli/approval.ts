/** Asks for confirmation before anything irreversible. */
import { failure } from '../problem.ts';
import type { Given } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Fails at once, before anything is read, where a question would find nobody to answer it. */
export function refuseUnasked(args: Given<'auto-approve'>, terminal: Terminal): void {
  if (args['auto-approve'] || terminal.canAsk) return;
  throw failure('NEEDS_APPROVAL', 'There is no terminal to ask for confirmation on.');
}

/** Asks; any other answer than yes is a Failure. */
export async function confirm(question: string, terminal: Terminal): Promise<void> {
  const answer = await terminal.ask(`${question} Type 'yes' to confirm: `);
  if (terminal.stop.aborted)
    throw failure('INTERRUPTED', 'The run was interrupted before anything was done.');
  if (answer.trim() !== 'yes') throw failure('DECLINED', 'The answer was not yes.');
}
