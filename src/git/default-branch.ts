import { git } from './git.ts';

/**
 * The branch that the remote calls its default. Where git doesn't know (it does after a clone, and not after init and
 * push): main, or else master, or else the one branch that there is. Main too where there is no repository.
 */
export async function defaultBranch(folder: string): Promise<string> {
  const [remote] = await linesOf(folder, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  const branches =
    remote === undefined
      ? await linesOf(folder, ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads'])
      : [remote.replace(/^origin\//, '')];
  const usual = ['main', 'master'].find((name) => branches.includes(name));
  const branch = usual ?? (branches.length === 1 ? branches[0] : undefined);
  // A name with a quote or a bracket could say more in YAML than a name.
  return branch !== undefined && /^[\w./-]+$/.test(branch) ? branch : 'main';
}

async function linesOf(folder: string, args: readonly string[]): Promise<string[]> {
  const { code, stdout } = await git(folder, args).catch(() => ({ code: 1, stdout: '' }));
  return code === 0
    ? stdout
        .toString()
        .split('\n')
        .filter((line) => line !== '')
    : [];
}
