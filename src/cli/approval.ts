/** Asks for confirmation before anything irreversible. */
import { failure } from '../problem.ts';
import type { ConnectArgs } from './connect.ts';
import type { Given } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Fails where a question would find nobody to answer it; `hint` says what to do in place of what all commands say. */
export function refuseUnasked(args: Given<'auto-approve'>, terminal: Terminal, hint?: string): void {
  if (args['auto-approve'] || terminal.canAsk) return;
  const more = hint === undefined ? {} : { hint };
  throw failure('NEEDS_APPROVAL', 'There is no terminal to ask for confirmation on.', more);
}

/** The same way to connect, but refused where nobody could approve: what is wrong locally is reported before that. */
export function askable<Rest extends unknown[], Opened extends { readonly close: () => Promise<void> }>(
  open: (args: ConnectArgs, terminal: Terminal, ...rest: Rest) => Promise<Opened>,
  asking: Given<'auto-approve'>,
  hint?: string,
): (args: ConnectArgs, terminal: Terminal, ...rest: Rest) => Promise<Opened> {
  return async (args, terminal, ...rest) => {
    const connection = await open(args, terminal, ...rest);
    try {
      refuseUnasked(asking, terminal, hint);
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  };
}

/** Asks; any other answer than yes is a Failure. */
export async function confirm(question: string, terminal: Terminal): Promise<void> {
  const answer = await terminal.ask(`${question} Type 'yes' to confirm: `);
  if (terminal.stop.aborted)
    throw failure('INTERRUPTED', 'The run was interrupted at the question: nothing was sent or written.', {
      hint: 'Run the command again to go on.',
    });
  if (answer.trim() !== 'yes') throw failure('DECLINED', 'The answer was not yes.');
}
