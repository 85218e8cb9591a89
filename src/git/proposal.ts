/** Changed files as one commit on a branch of their own. */
import { failure } from '../problem.ts';
import { type GitResult, git } from './git.ts';
import { gitAt, type PushTarget } from './push.ts';

/** No program of the repository's choosing makes the diff. */
const plainDiff = ['--no-ext-diff', '--no-textconv'];

/** A fingerprint of the changed lines, wherever in the files they are; null where nothing has changed. */
export async function changeMark(files: readonly string[]): Promise<string | null> {
  const { stdout } = await run(['diff', ...plainDiff, '--unified=0', '--', ...files]);
  if (stdout.length === 0) return null;
  const named = await run(['patch-id', '--stable'], { input: stdout.toString() });
  return named.stdout.toString().split(' ')[0] ?? null;
}

/** Commits the changed files on top of HEAD; the commit. HEAD, the index and the files stay as they are. */
export async function commitChanges(
  files: readonly string[],
  subject: string,
  author: { readonly name: string; readonly email: string },
): Promise<string> {
  const identity = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  await run(['add', '--', ...files]);
  const tree = (await run(['write-tree'])).stdout.toString().trim();
  await run(['reset', '--quiet', '--', ...files]);
  const { stdout } = await run(['commit-tree', tree, '-p', 'HEAD', '-m', subject], { env: identity });
  return stdout.toString().trim();
}

/** Whether the branch at the remote already holds exactly this change. */
export async function isPushed(commit: string, branch: string): Promise<boolean> {
  const { code } = await git('.', ['diff', ...plainDiff, '--quiet', `refs/remotes/origin/${branch}`, commit]);
  return code === 0;
}

/** Pushes the commit to the branch, in place of what it held. */
export async function pushBranch(commit: string, branch: string, target: PushTarget): Promise<void> {
  throwOnError(
    'push',
    await gitAt(target, ['push', '--quiet', '--force', target.url, `${commit}:refs/heads/${branch}`]),
  );
}

async function run(args: readonly string[], more: { input?: string; env?: Record<string, string> } = {}) {
  return throwOnError(args[0], await git('.', args, more.input, more.env));
}

function throwOnError(command: string | undefined, result: GitResult): GitResult {
  if (result.code === 0) return result;
  const why = result.stderr.trim().split('\n')[0] ?? '';
  throw failure('GIT_FAILED', `git ${command} failed: ${why}.`);
}
