/** The rim of the program: what it reads from and writes to its surroundings. Commands get it as an argument. */
import { createInterface } from 'node:readline/promises';
import type { Style } from '../render/style.ts';

export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The result, on stdout. */
  readonly out: (text: string) => Promise<void>;
  /** Everything else, on stderr, as whole lines. */
  readonly note: (text: string) => void;
  readonly outStyle: Style;
  readonly noteStyle: Style;
  /** Whether somebody is there to be asked. */
  readonly canAsk: boolean;
  readonly ask: (question: string) => Promise<string>;
  /** Whether progress is shown in place; elsewhere every progress is a line of a log. */
  readonly live: boolean;
  /** Shows what is going on until the next note; on a terminal as a spinner, elsewhere as a line. */
  readonly progress: (text: string) => void;
  readonly endProgress: () => void;
  /** Aborted by the first Ctrl-C: start nothing new. */
  readonly stop: AbortSignal;
  /** Aborted by the second, or when the grace period after the first is over: leave at once. */
  readonly abort: AbortSignal;
};

/** The real one. `color` is what --color says; left out, it depends on the terminal and NO_COLOR. */
export function openTerminal(color: boolean | undefined, interrupts: Interrupts): Terminal {
  const { env, stdin, stdout, stderr } = process;
  const colored = (stream: NodeJS.WriteStream) =>
    color ?? (stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb');
  const style = (stream: NodeJS.WriteStream): Style => ({
    color: colored(stream),
    width: stream.isTTY === true ? stream.columns || 80 : Number.POSITIVE_INFINITY,
  });
  // Some pseudo-terminals have no columns, and a spinner there redraws without end.
  const spinner = stderr.isTTY === true && stderr.columns > 0 ? lazySpinner() : null;
  let line = '';
  const endProgress = () => {
    spinner?.stop();
    line = '';
  };
  return {
    env,
    outStyle: style(stdout),
    noteStyle: style(stderr),
    stop: interrupts.stop,
    abort: interrupts.abort,
    out: async (text) => {
      endProgress();
      await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
    },
    note: (text) => {
      endProgress();
      stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    live: spinner !== null,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    ask: async (question) => {
      endProgress();
      const prompt = createInterface({ input: stdin, output: stderr });
      // While it reads, Ctrl-C and Ctrl-D come to the prompt and not to the program.
      prompt.on('SIGINT', interrupts.interrupt);
      const left = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
      try {
        return await Promise.race([prompt.question(question, { signal: interrupts.stop }), left]);
      } catch {
        return '';
      } finally {
        prompt.close();
      }
    },
    progress: (text) => {
      if (spinner !== null) spinner.show(text);
      else if (text !== line) stderr.write(`${text}\n`);
      line = text;
    },
    endProgress,
  };
}

/**
 * Ctrl-C, once and twice; SIGTERM and SIGHUP are the same. `stop` asks for an orderly end. `abort` asks for an end now:
 * after the second signal, or soon after the first, since CI systems kill what doesn't end within about ten seconds.
 */
export type Interrupts = {
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
};

export function listenForInterrupts(): Interrupts {
  const stop = new AbortController();
  const abort = new AbortController();
  const interrupt = () => {
    if (!stop.signal.aborted) {
      setTimeout(() => abort.abort(), graceMs).unref();
      return stop.abort();
    }
    abort.abort();
    // What hangs in the system, such as a file that never answers, would hold up process.exit too.
    setTimeout(endByForce, reportMs).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  return { stop: stop.signal, abort: abort.signal, interrupt };
}

/** How long writes that are under way may take after the first signal, in milliseconds. */
const graceMs = 4_000;

/** How long a run may take after the second signal to print what became of it, in milliseconds. */
const reportMs = 2_000;

/** Ends as a program does that doesn't listen to Ctrl-C: a shell says 130. */
function endByForce(): void {
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

/** ora is loaded when the first progress is shown, and dropped if that is over before it has come. */
function lazySpinner() {
  let text: string | null = null;
  let spinner: import('ora').Ora | null = null;
  const load = import('ora').then(({ default: ora }) => {
    spinner = ora({ stream: process.stderr, discardStdin: false });
    if (text !== null) spinner.start(text);
  });
  load.catch(() => undefined);
  return {
    show(now: string) {
      text = now;
      if (spinner === null) return;
      spinner.text = now;
      if (!spinner.isSpinning) spinner.start();
    },
    stop() {
      text = null;
      spinner?.stop();
    },
  };
}
