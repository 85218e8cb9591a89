import { git } from './git.ts';

/** The branch that the remote calls its default; main where git doesn't know, or where there is no repository. */
export async function defaultBranch(folder: string): Promise<string> {
  const asked = ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'];
  const { code, stdout } = await git(folder, asked).catch(() => ({ code: 1, stdout: '' }));
  const branch = stdout
    .toString()
    .trim()
    .replace(/^origin\//, '');
  // A name with a quote or a bracket could say more in YAML than a name.
  return code === 0 && /^[\w./-]+$/.test(branch) ? branch : 'main';
}
