/** The program's inputs and outputs: streams, signals, environment. Commands get them as an argument. */
import { failure } from '../problem.ts';
import type { Doors, Passed } from '../render/doors.ts';
import type { Style } from '../render/style.ts';
import { reasonOf } from '../system-error.ts';
import { isClosed, streamOf, terminalOf, writeStdout } from './standard-streams.ts';

export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The result, on stdout. Throws OUTPUT_NOT_WRITABLE. */
  readonly out: (text: Passed) => Promise<void>;
  /** Whether a result has been written. */
  readonly hasResult: () => boolean;
  /** Everything else, on stderr, as complete lines. */
  readonly err: (text: Passed) => void;
  /** One line on stderr. Odd characters in it are made visible. */
  readonly note: (line: string) => void;
  /** What makes text and data fit to leave, here and in files. */
  readonly doors: Doors;
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
export function openTerminal(color: boolean | undefined, interrupts: Interrupts, doors: Doors): Terminal {
  const { env } = process;
  const [out, notes] = [terminalOf('stdout'), terminalOf('stderr')];
  const style = (stream: NodeJS.WriteStream | null): Style => ({
    color: color ?? (stream !== null && !env.NO_COLOR && env.TERM !== 'dumb'),
    width: stream === null ? Number.POSITIVE_INFINITY : stream.columns || 80,
  });
  // Some pseudo-terminals have no columns, and a spinner there redraws without end.
  const spinner = notes !== null && notes.columns > 0 ? lazySpinner(notes) : null;
  let line = '';
  let hasResult = false;
  const endProgress = () => {
    spinner?.stop();
    line = '';
  };
  const err = (text: Passed) => {
    endProgress();
    if (text !== '') streamOf('stderr').write(text.endsWith('\n') ? text : `${text}\n`);
  };
  return {
    env,
    doors,
    outStyle: style(out),
    noteStyle: style(notes),
    stop: interrupts.stop,
    abort: interrupts.abort,
    out: async (text) => {
      endProgress();
      await writeOut(text);
      hasResult = true;
    },
    hasResult: () => hasResult,
    err,
    note: (line) => err(doors.line(line)),
    live: spinner !== null,
    // In this order: to name stdin opens it, which takes longer than parsing the options.
    canAsk: notes !== null && process.stdin.isTTY === true,
    ask: async (question) => {
      endProgress();
      const { createInterface } = await import('node:readline/promises');
      const prompt = createInterface({ input: process.stdin, output: streamOf('stderr') });
      // While it reads, Ctrl-C and Ctrl-D come to the prompt and not to the program.
      prompt.on('SIGINT', interrupts.interrupt);
      const left = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
      try {
        return await Promise.race([prompt.question(doors.line(question), { signal: interrupts.stop }), left]);
      } catch {
        return '';
      } finally {
        prompt.close();
      }
    },
    progress: (text) => {
      const shown = doors.line(text);
      if (spinner !== null) spinner.show(shown);
      else if (shown !== line) streamOf('stderr').write(`${shown}\n`);
      line = shown;
    },
    endProgress,
  };
}

/** Throws OUTPUT_NOT_WRITABLE; a reader that closes a pipe early, as head does, is no error. */
async function writeOut(text: string): Promise<void> {
  const error = await writeStdout(text);
  if (error === null || isClosed(error)) return;
  throw failure('OUTPUT_NOT_WRITABLE', `The result could not be written to stdout: ${reasonOf(error)}.`, {
    cause: error,
  });
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
function lazySpinner(stream: NodeJS.WriteStream) {
  let text: string | null = null;
  let spinner: import('ora').Ora | null = null;
  const load = import('ora').then(({ default: ora }) => {
    spinner = ora({ stream, discardStdin: false });
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
