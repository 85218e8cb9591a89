/** Real git repositories for tests: the same commits every time, whatever the machine's git is set to. */
import { execFileSync } from 'node:child_process';
import { folder, write } from './command.ts';

/** No setting of this machine, one author, one time: so that even the hashes are known. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Pat',
  GIT_AUTHOR_EMAIL: 'pat@example.com',
  GIT_AUTHOR_DATE: '2026-10-01T09:00:00Z',
  GIT_COMMITTER_NAME: 'Pat',
  GIT_COMMITTER_EMAIL: 'pat@example.com',
  GIT_COMMITTER_DATE: '2026-10-01T09:00:00Z',
  // Nobody stays to profit from tidying up.
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'maintenance.auto',
  GIT_CONFIG_VALUE_0: 'false',
  GIT_CONFIG_KEY_1: 'gc.auto',
  GIT_CONFIG_VALUE_1: '0',
};

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env: { ...process.env, ...gitEnvironment }, encoding: 'utf8' });
}

/** A repository on main with these files committed. */
export function repository(files: Readonly<Record<string, string>>): string {
  const path = folder(files);
  git(path, 'init', '--quiet', '-b', 'main');
  commit(path, 'Take over the partners');
  return path;
}

export function commit(path: string, subject: string, files: Readonly<Record<string, string>> = {}): void {
  write(path, files);
  git(path, 'add', '-A');
  git(path, 'commit', '--quiet', '-m', subject);
}
