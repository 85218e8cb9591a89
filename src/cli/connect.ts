import type { Settings } from '../desired/state.ts';
import type { WireEvent } from '../introw/api.ts';
import type { Connection, ReadConnection } from '../introw/connection.ts';
import { pagingForms } from '../introw/paging-forms.ts';
import { type Paging, readPaging } from '../introw/paging-name.ts';
import { mostAtOnce } from '../introw/rate-window.ts';
import { failure } from '../problem.ts';
import type { Given } from './options.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const production = 'https://api.introw.io';
const minute = 60_000;
const longestMs = 60 * minute;

/** The options of every command that talks to Introw. */
export type ConnectArgs = Given<
  'api-url' | 'api-key-file' | 'insecure-http' | 'assume-complete' | 'paging' | 'concurrency' | 'verbose'
>;

/** What the files say about reading. */
type ReadSettings = Pick<Settings, 'reserveCredits' | 'paging'>;

const noSettings: ReadSettings = { reserveCredits: 0, paging: null };

/** Opens a connection that can only read; nothing is sent yet. */
export async function connect(
  args: ConnectArgs,
  terminal: Terminal,
  settings = noSettings,
): Promise<ReadConnection> {
  const { readOnly } = await import('../introw/connection.ts');
  return readOnly(await connectToWrite(args, terminal, settings));
}

/**
 * Checks the options and opens a connection that can write too; nothing is sent yet. The key is read, unless the caller
 * has done so.
 */
export async function connectToWrite(
  args: ConnectArgs,
  terminal: Terminal,
  settings = noSettings,
  given?: string,
): Promise<Connection> {
  const { env } = terminal;
  const [{ openConnection }, { readKey }] = await Promise.all([
    import('../introw/connection.ts'),
    import('../introw/key.ts'),
  ]);
  const key = given ?? (await readKey({ env, keyFile: args['api-key-file'], hide: terminal.doors.hide }));
  const connection = openConnection({
    url: args['api-url'] ?? (env.INTROW_API_URL || production),
    urlFrom: args['api-url'] === undefined ? 'INTROW_API_URL' : '--api-url',
    key,
    userAgent: `introwctl/${version}`,
    concurrency: checkedConcurrency(args.concurrency),
    windowMs: millisecondsIn('INTROW_RATE_WINDOW_MS', env) ?? minute,
    timeoutMs: millisecondsIn('INTROW_TIMEOUT_MS', env) ?? minute,
    env,
    insecureHttp: args['insecure-http'],
    assumeComplete: args['assume-complete'],
    paging: checkedPaging(args.paging ?? settings.paging),
    reserveCredits: settings.reserveCredits,
    stop: terminal.stop,
    signal: terminal.abort,
    onEvent: showing(args.verbose, terminal),
  });
  const { proxy } = connection;
  if (args.verbose && proxy !== null) terminal.note(`Through the proxy ${proxy.shown} (${proxy.from}).`);
  return connection;
}

function checkedPaging(text: string | null): Paging | null {
  const paging = text === null ? null : readPaging(text);
  if (paging !== null || text === null) return paging;
  throw failure('USAGE', `--paging ${JSON.stringify(text)} is not a form of paging.`, {
    hint: `It takes ${pagingForms.map(({ name }) => name).join(', ')}, followed by a colon and the parameter where it has another name.`,
  });
}

function checkedConcurrency(concurrency: number): number {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= mostAtOnce) return concurrency;
  throw failure('USAGE', `--concurrency takes a whole number from 1 to ${mostAtOnce}.`);
}

/** What a variable of the environment sets in whole milliseconds; null where it isn't set. */
function millisecondsIn(name: string, env: Terminal['env']): number | null {
  const text = env[name] ?? '';
  if (text === '') return null;
  const milliseconds = Number(text);
  if (Number.isInteger(milliseconds) && milliseconds > 0 && milliseconds <= longestMs) return milliseconds;
  throw failure('USAGE', `${name} is ${JSON.stringify(text)}; it takes whole milliseconds, at most an hour.`);
}

/** Pages come faster than anybody reads, and writing a line for each takes longer than judging it. */
const betweenPagesMs = 200;

/** A wait is shown as its time goes down, in a log only once; of pages that come fast only some are shown. */
function showing(verbose: boolean, terminal: Terminal): (event: WireEvent) => void {
  let waiting = false;
  let pageShownAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    const again = waiting && event.kind === 'waiting';
    waiting = event.kind === 'waiting';
    if (waiting) pageShownAt = Number.NEGATIVE_INFINITY;
    if (event.kind === 'page') {
      const now = performance.now();
      if (now - pageShownAt < betweenPagesMs) return;
      pageShownAt = now;
    }
    if (!again || terminal.live) show(event, verbose, terminal);
  };
}

function show(event: WireEvent, verbose: boolean, terminal: Terminal): void {
  if (event.kind === 'waiting') {
    terminal.progress(`Waiting ${seconds(event.milliseconds)} (${event.because})`);
  } else if (event.kind === 'page') {
    const of = event.total === null ? '' : ` of ${event.total}`;
    terminal.progress(`Reading partners: ${event.partners}${of}`);
  } else if (event.kind === 'probed') {
    terminal.note(
      `The list of partners doesn't say how it pages: ${event.requests} more requests found that it pages by ${event.paging}. Set settings.paging: ${event.paging} to save them.`,
    );
  } else if (verbose) {
    const budget = [
      event.rateRemaining === null ? [] : `${event.rateRemaining} left this minute`,
      event.creditsRemaining === null ? [] : `${event.creditsRemaining} credits left`,
    ].flat();
    const credits = budget.length === 0 ? '' : `  (${budget.join(', ')})`;
    terminal.note(
      `${event.method} ${event.path} → ${event.status} in ${Math.round(event.milliseconds)} ms${credits}`,
    );
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.ceil(milliseconds / 1000)} s`;
}
