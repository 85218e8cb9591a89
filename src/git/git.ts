import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { failure } from '../problem.ts';

export type GitResult = { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

/**
 * What git and the programs that it may run get of the environment: what they need to find their files and the network.
 * All else stays here, above all the key and the tokens of a pipeline.
 */
const handedOn =
  /^(PATH(EXT)?|HOME(DRIVE|PATH)?|USER(NAME|PROFILE)?|LOGNAME|TMPDIR|TE?MP|LANG|LC_.*|TZ|XDG_.*|SYSTEMROOT|WINDIR|COMSPEC|(LOCAL)?APPDATA|PROGRAM(DATA|FILES.*)|LD_LIBRARY_PATH|DYLD_.*|SSH_AUTH_SOCK|((HTTPS?|NO|ALL)_PROXY)|SSL_CERT_(FILE|DIR)|GIT_(?!.*(TOKEN|SECRET|PASSW)).*)$/i;

/**
 * What a repository's configuration could make git run is switched off: hooks, a file-system monitor, and helpers that
 * ask for passwords. Commands that read files of the work tree must also do without filters and textconv.
 */
const nothingOfTheirs = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'credential.helper='].flatMap(
  (setting) => ['-c', setting],
);

/**
 * Nothing is fetched on the way: what a partial clone left out, git would bring in by programs that the repository names,
 * one object after the other. `src/git/missing.ts` does it in its place.
 */
const nothingFetched = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' };

/** For the few commands that go to a remote: by git's own transports and ssh. */
export const overNetwork = {
  GIT_NO_LAZY_FETCH: '0',
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
} as const;

/** Runs git in a folder, without a shell and in plain English; any exit code is a result. */
export function git(
  folder: string,
  args: readonly string[],
  input?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = childProcess().execFile(
      'git',
      [...nothingOfTheirs, ...args],
      { cwd: folder, env: environment(more), encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code === 'string') {
          const hint =
            error.code === 'ENOENT' ? 'Install git, or leave out the option that asks it.' : undefined;
          return reject(
            failure('NOT_A_GIT_REPOSITORY', `git could not be run (${error.code}).`, {
              cause: error,
              ...(hint === undefined ? {} : { hint }),
            }),
          );
        }
        resolve({
          code: typeof error?.code === 'number' ? error.code : 0,
          stdout,
          stderr: stderr.toString(),
        });
      },
    );
    // A git that ends before it has read everything says why by its exit code.
    child.stdin?.on('error', () => undefined);
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** Starts git in a folder, under the same rules, to be written to and read from while it runs. */
export function startGit(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return childProcess().spawn('git', [...nothingOfTheirs, ...args], { cwd: folder, env: environment({}) });
}

function environment(more: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => handedOn.test(name));
  const plain = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  return { ...Object.fromEntries(own), ...plain, ...nothingFetched, ...more };
}

/** Loaded when git is first run: many runs never do, and it takes as long as checking some partners. */
function childProcess() {
  return process.getBuiltinModule('node:child_process');
}
