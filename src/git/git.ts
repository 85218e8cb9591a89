import { execFile } from 'node:child_process';
import { failure } from '../problem.ts';

export type GitResult = { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

/** Runs git in a folder, without a shell and in plain English; any exit code is a result. */
export function git(
  folder: string,
  args: readonly string[],
  input?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', ...more };
    const child = execFile(
      'git',
      [...args],
      { cwd: folder, env, encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code === 'string') {
          const hint = error.code === 'ENOENT' ? 'Install git, or leave --base out.' : undefined;
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
    if (input !== undefined) child.stdin?.end(input);
  });
}
